/** Points at a place in an item: words, seconds, a page or a rectangle; a sheet takes what was chosen. */
import { account, choosePassage, startPointing, takeText } from "../account/sentence-selection";
import { type Passage, wordsOf } from "../account/passage-offsets";
import { type Values } from "../forms/field-values";
import { type Deed, fixedDeed } from "../keyboard/keys";
import { deedOf } from "../keyboard/short-cuts";
import { clock } from "../recordings/timecode";
import { type Player, playerOf, presentPlayer } from "../recordings/player";
import { hasBegun, markHere, markSpans, settle, unmark } from "../recordings/span-marker";
import { areaIn, endAreas, markAgain, markerOf, startAreas } from "./area-offers";
import { type Place, type Sheet } from "./place";

const spanEnds: Record<Deed<"span">, "from" | "to"> = { "from here": "from", "to here": "to" };

let sheet: Sheet | null = null;
let players: Player[] = [];
let lastPlace = 0;
let isListening = false;

/** The players of the item that is pointed in. */
export const pointedPlayers = (): readonly Player[] => players;
/** Where in the text a place was chosen last. */
export const lastPointed = (): number => lastPlace;

/** Lets places of the item in `root` be chosen for `taker`; whatever was pointed in before is let go. */
export function pointIn(root: ParentNode, taker: Sheet): void {
  sheet = taker;
  players = [...root.querySelectorAll<HTMLElement>("[data-player]")].map(playerOf);
  for (const player of players) markSpans(player, offerSpan);
  startAreas(root, taker, {
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
  listen();
}

function listen(): void {
  if (isListening) return;
  isListening = true;
  startPointing((passage, focused) => {
    if (passage) lastPlace = passage.start;
    offerWords(passage, focused);
  });
  document.addEventListener("click", ({ target, detail }) => {
    if (!(target instanceof Element)) return;
    if (target.closest("[data-claim-whole]")) return sheet?.offer({ kind: "whole" }, detail === 0);
    const shown = target.closest("[data-claim-page]")?.closest<HTMLElement>("[data-document-page]");
    if (shown) offerPage(shown, detail === 0);
  });
  document.addEventListener("keydown", (event) => {
    if (fixedDeed("chooser", event) === "close" && sheet?.offered()) sheet.close();
    const deed = deedOf("span", event);
    const player = presentPlayer();
    if (deed && player && players.includes(player)) markHere(player, spanEnds[deed], offerSpan, true);
  });
}

/** Lets go of every place that was chosen and not taken. */
export function letGo(): void {
  choosePassage(null);
  for (const player of players) unmark(player);
  endAreas();
}

function offerWords(passage: Passage | null, focused: boolean): void {
  const text = account();
  if (!passage || !text) return sheet?.close();
  for (const player of players) unmark(player);
  sheet?.offer({ kind: "words", ...passage, words: wordsOf(text, passage), ...pageOf(text) }, focused);
  endAreas();
  if (!focused) keepInSight(passage);
}

/** Of the words of a page: which page of which file. */
function pageOf(text: HTMLElement): { page?: string; file?: string } {
  const { page, file } = text.dataset;
  return page && file ? { page, file } : {};
}

/** On a phone the sheet covers the lower part of the page; the words stay above it. */
function keepInSight(passage: Passage): void {
  clear(account()?.querySelector<HTMLElement>(`.sentence[data-from="${passage.start}"], .sentence.is-selected`));
}

function clear(element: HTMLElement | null | undefined): void {
  const shown = sheet?.element();
  if (!element || !shown || getComputedStyle(shown).position !== "fixed") return;
  const { top, height } = element.getBoundingClientRect();
  if (top < 60 || top + Math.min(height, 120) > shown.getBoundingClientRect().top) window.scrollBy({ top: top - 76 });
}

/** Where the sheet stands beside the picture, both begin at the top of the window, so that its button is in sight. */
function beside(picture: HTMLElement): void {
  const shown = sheet?.element();
  if (!shown || getComputedStyle(shown).position === "fixed") return;
  const room = Math.min(window.innerHeight, shown.closest(".split")?.getBoundingClientRect().bottom ?? Infinity);
  if (shown.getBoundingClientRect().bottom > room) window.scrollBy({ top: picture.getBoundingClientRect().top - 76 });
}

function offerSpan(player: Player, begins: number, ends: number, byKey: boolean): void {
  choosePassage(null);
  for (const other of players) if (other !== player) unmark(other);
  const area = areaIn(player);
  sheet?.offer({ kind: "span", begins, ends, file: player.file, words: `${clock(begins)}–${clock(ends)}`, area }, byKey);
  endAreas(markerOf(player.file));
  if (!byKey) clear(player.element);
}

function offerPage(shown: HTMLElement, byKey: boolean): void {
  choosePassage(null);
  for (const player of players) unmark(player);
  const { documentPage: page = "", file = "", called = `Page ${page}` } = shown.dataset;
  sheet?.offer({ kind: "page", page, file, words: called }, byKey);
  endAreas();
  if (!byKey) clear(shown.querySelector<HTMLElement>("figcaption"));
}

/** What a page is called: “Page 3”, “Slide 3”. */
function calledOf(page: string, file: string): string {
  const shown = document.querySelector<HTMLElement>(`[data-document-page="${CSS.escape(page)}"][data-file="${CSS.escape(file)}"]`);
  return shown?.dataset["called"] ?? `Page ${page}`;
}

/** A rectangle is marked in one picture of the film: that at the beginning of the seconds, or where it is now. */
function standStill(player: Player): void {
  player.media.pause();
  const begins = hasBegun(player);
  if (begins === null) markHere(player, "from", offerSpan, false);
  else player.media.currentTime = begins;
}

/** Offers once more the place that these values of a form name; false where the item has it no more. */
export function pointAgain(values: Values): boolean {
  const [start, end, begins, ends] = ["start", "end", "begins", "ends"].map((name) => values[name] || null);
  const [page, file] = [values["page"] ?? "", values["file"] ?? ""];
  if (start && end) {
    takeText(page ? file : "", page);
    const text = account();
    const passage = { start: Number(start), end: Number(end) };
    if (!text || !wordsOf(text, passage)) return false;
    choosePassage(passage);
    sheet?.offer({ kind: "words", ...passage, words: wordsOf(text, passage), ...pageOf(text) }, true);
  } else if (begins && ends) {
    const player = players.find((one) => one.file === values["file"]);
    if (!player) return false;
    markAgain(values);
    offerSpan(player, Number(begins), Number(ends), true);
  } else if (values["left"] && markAgain(values)) return true;
  else if (page) sheet?.offer({ kind: "page", page, file, words: calledOf(page, file) }, true);
  else if (values["left"]) return false;
  else sheet?.offer({ kind: "whole" }, true);
  return true;
}

/** Brings the cursor back to a place that was taken or let go. */
export function backTo(place: Place): boolean {
  const at =
    place.kind === "span" ? players.find((one) => one.file === place.file)?.element.querySelector<HTMLElement>("[data-mark]")
    : place.kind === "page" ? document.querySelector<HTMLElement>(`[data-document-page="${CSS.escape(place.page)}"][data-file="${CSS.escape(place.file)}"] [data-claim-page]`)
    : place.kind === "whole" ? document.querySelector<HTMLElement>("[data-claim-whole]") : null;
  if (place.kind === "area") markerOf(place.file, place.page)?.focus();
  else at?.focus({ preventScroll: true });
  return at !== null || place.kind === "area";
}
