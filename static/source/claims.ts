/** The learner's item: point at a place, choose the points it proves, save, all without leaving the page. */
import { chooser, isOffering, closeChooser, offer, startChooser } from "./scripts/claims/point-chooser";
import type { Place } from "./scripts/claims/place-fields";
import { areaIn, endAreas, markAgain, markerOf, startAreas } from "./scripts/claims/area-offers";
import { clock } from "./scripts/recordings/timecode";
import { type Values } from "./scripts/forms/field-values";
import { announce } from "./scripts/page/messages";
import { type Deed, fixedDeed } from "./scripts/keyboard/keys";
import { deedOf } from "./scripts/keyboard/short-cuts";
import { type Passage, wordsOf } from "./scripts/account/passage-offsets";
import { send } from "./scripts/forms/send-form";
import { findPlaces, showPlaces } from "./scripts/claims/claimed-places";
import { type Player, playerOf, presentPlayer } from "./scripts/recordings/player";
import { redrawPages } from "./scripts/claims/document-pages";
import { account, choosePassage, focusSentence, prepareSentences, startPointing, takeText } from "./scripts/account/sentence-selection";
import { hasBegun, markHere, markSpans, settle, unmark } from "./scripts/recordings/span-marker";

const spanEnds: Record<Deed<"span">, "from" | "to"> = { "from here": "from", "to here": "to" };
const players = [...document.querySelectorAll<HTMLElement>("#item [data-player]")].map(playerOf);

function offerWords(passage: Passage | null, focused: boolean): void {
  const text = account();
  if (!passage || !text) return closeChooser();
  for (const player of players) unmark(player);
  offer({ kind: "words", ...passage, words: wordsOf(text, passage), ...pageOf(text) }, focused);
  endAreas();
  if (!focused) keepInSight(passage);
}

/** Of the words of a page: which page of which file. */
function pageOf(text: HTMLElement): { page?: string; file?: string } {
  const { page, file } = text.dataset;
  return page && file ? { page, file } : {};
}

/** On a phone the chooser covers the lower part of the page; the words stay above it. */
function keepInSight(passage: Passage): void {
  clear(account()?.querySelector<HTMLElement>(`.sentence[data-from="${passage.start}"], .sentence.is-selected`));
}

function clear(element: HTMLElement | null | undefined): void {
  const sheet = chooser();
  if (!element || !sheet || getComputedStyle(sheet).position !== "fixed") return;
  const { top, height } = element.getBoundingClientRect();
  if (top < 60 || top + Math.min(height, 120) > sheet.getBoundingClientRect().top) window.scrollBy({ top: top - 76 });
}

function offerSpan(player: Player, begins: number, ends: number, byKey: boolean): void {
  choosePassage(null);
  for (const other of players) if (other !== player) unmark(other);
  const area = areaIn(player);
  offer({ kind: "span", begins, ends, file: player.file, words: `${clock(begins)}–${clock(ends)}`, area }, byKey);
  endAreas(markerOf(player.file));
  if (!byKey) clear(player.element);
}

function offerPage(shown: HTMLElement, byKey: boolean): void {
  choosePassage(null);
  for (const player of players) unmark(player);
  const { documentPage: page = "", file = "", called = `Page ${page}` } = shown.dataset;
  offer({ kind: "page", page, file, words: called }, byKey);
  endAreas();
  if (!byKey) clear(shown.querySelector<HTMLElement>("figcaption"));
}

/** What a page is called: “Page 3”, “Slide 3”. */
function calledOf(page: string, file: string): string {
  const shown = document.querySelector<HTMLElement>(`[data-document-page="${CSS.escape(page)}"][data-file="${CSS.escape(file)}"]`);
  return shown?.dataset["called"] ?? `Page ${page}`;
}

/** Offers once more what was chosen and not saved. */
function reopen(values: Values): boolean {
  const [start, end, begins, ends] = ["start", "end", "begins", "ends"].map((name) => values[name] || null);
  const [page, file] = [values["page"] ?? "", values["file"] ?? ""];
  if (start && end) {
    takeText(page ? file : "", page);
    const text = account();
    const passage = { start: Number(start), end: Number(end) };
    if (!text || !wordsOf(text, passage)) return false;
    choosePassage(passage);
    offer({ kind: "words", ...passage, words: wordsOf(text, passage), ...pageOf(text) }, true);
  } else if (begins && ends) {
    const player = players.find((one) => one.file === values["file"]);
    if (!player) return false;
    markAgain(values);
    offerSpan(player, Number(begins), Number(ends), true);
  } else if (values["left"] && markAgain(values)) return true;
  else if (page) offer({ kind: "page", page, file, words: calledOf(page, file) }, true);
  else if (values["left"]) return false;
  else offer({ kind: "whole" }, true);
  return true;
}

/** After the chooser closed: the focus goes back to the place. Where the next claim was begun meanwhile it is left alone. */
function done(place: Place | null, goesOn: boolean): void {
  if (goesOn) return redraw();
  choosePassage(null);
  for (const player of players) unmark(player);
  endAreas();
  if (place) redraw();
  back(place);
}

let lastPlace = 0;

function back(place: Place | null): void {
  if (place?.kind === "words") focusSentence(place.start);
  else if (place?.kind === "span") players.find((one) => one.file === place.file)?.element.querySelector<HTMLElement>("[data-mark]")?.focus({ preventScroll: true });
  else if (place?.kind === "page") pageButton(place)?.focus({ preventScroll: true });
  else if (place?.kind === "area") markerOf(place.file, place.page)?.focus();
  else if (place) document.querySelector<HTMLElement>("[data-claim-whole]")?.focus({ preventScroll: true });
  else if (account()) focusSentence(lastPlace);
}

const pageButton = (place: { file: string; page: string }): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-document-page="${CSS.escape(place.page)}"][data-file="${CSS.escape(place.file)}"] [data-claim-page]`);

function redraw(): void {
  void redrawPages().then((drawn) => drawn && prepareSentences());
  prepareSentences();
  for (const player of players) player.show();
  showPlaces();
}

startPointing((passage, focused) => {
  if (passage) lastPlace = passage.start;
  offerWords(passage, focused);
});
startChooser(done, reopen);
findPlaces();
for (const player of players) markSpans(player, offerSpan);
startAreas({
  begun: (marker) => {
    choosePassage(null);
    for (const player of players) {
      if (player.file !== marker.file) unmark(player);
      else standStill(player);
    }
  },
  settle: (marker, byKey) => {
    const player = players.find((one) => one.file === marker.file);
    if (player) settle(player, offerSpan, byKey);
  },
  clear: (picture) => {
    clear(picture);
    beside(picture);
  },
});

/** Where the chooser stands beside the picture, both begin at the top of the window, so that Save is in sight. */
function beside(picture: HTMLElement): void {
  const sheet = chooser();
  if (!sheet || getComputedStyle(sheet).position === "fixed") return;
  const room = Math.min(window.innerHeight, sheet.closest(".split")?.getBoundingClientRect().bottom ?? Infinity);
  if (sheet.getBoundingClientRect().bottom > room) window.scrollBy({ top: picture.getBoundingClientRect().top - 76 });
}

/** A rectangle is marked in one picture of the film: that at the beginning of the seconds, or where it is now. */
function standStill(player: Player): void {
  player.media.pause();
  const begins = hasBegun(player);
  if (begins === null) markHere(player, "from", offerSpan, false);
  else player.media.currentTime = begins;
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest("[data-claim-whole]")) return offer({ kind: "whole" }, event.detail === 0);
  const shown = event.target.closest("[data-claim-page]")?.closest<HTMLElement>("[data-document-page]");
  if (shown) offerPage(shown, event.detail === 0);
});

document.addEventListener("keydown", (event) => {
  if (fixedDeed("chooser", event) === "close" && isOffering()) closeChooser();
  const deed = deedOf("span", event);
  const player = presentPlayer();
  if (deed && player) markHere(player, spanEnds[deed], offerSpan, true);
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset["pieceForm"] === undefined) return;
  event.preventDefault();
  void change(form);
});

/** Takes a claim back, or puts it back. */
async function change(form: HTMLFormElement): Promise<void> {
  const said = form.dataset["done"] ?? "";
  const answer = await send(form);
  if (answer?.kind !== "saved") return;
  redraw();
  announce(said);
  (document.getElementById("undo") ?? document.querySelector<HTMLElement>("#places a, #places button, [data-claim-whole]"))?.focus();
}
