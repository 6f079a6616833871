/** Marks places in the evidence that is open: its pointed form stands in its stead until that is done. */
import { choosePassage, prepareSentences } from "../account/sentence-selection";
import { type Place, type Sheet } from "../claims/place";
import { letGo, pointIn } from "../claims/pointing";
import { commentAt } from "../conversations/comment-form";
import { fetchPiece } from "../forms/fetch-piece";
import { announce, flash } from "../page/messages";
import { mark } from "./resting";
import { openPane } from "../marking/point-in-hand";

const pointed = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-pointed]");
const openedPane = (): HTMLElement | null => [...document.querySelectorAll<HTMLElement>("[data-pane]:not([hidden])")].find((one) => one.checkVisibility()) ?? null;
const partOf = (name: string): HTMLElement | null => pointed()?.querySelector<HTMLElement>(`[data-sheet-${name}]`) ?? null;

let offered: Place | null = null;
let asked = "";

const sheet: Sheet = {
  offer(place, focused) {
    show(place);
    if (focused) partOf("rest")?.focus();
    else announce(`${wordsOf(place)}. Rest the verdict on it?`);
  },
  change: show,
  close() {
    show(null);
    letGo();
  },
  offered: () => offered,
  element: () => partOf("box"),
};

const wordsOf = (place: Place): string => (place.kind === "whole" ? "The whole item" : place.words);

function show(place: Place | null): void {
  offered = place;
  const words = partOf("words");
  if (words) words.textContent = place ? wordsOf(place) : (words.dataset["otherwise"] ?? "");
  for (const one of pointed()?.querySelectorAll<HTMLButtonElement>("[data-sheet-deed]") ?? []) one.disabled = !place;
}

/** Starts listening to the sheet, and to the pages of its documents. */
export function startMarkingPlaces(): void {
  document.addEventListener("click", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    if (target?.closest("[data-mark-places]")) return turnMarking();
    const link = target?.closest<HTMLAnchorElement>("[data-pointed] .document a[href^='?']");
    if (target?.closest("[data-sheet-done]")) done();
    else if (target?.closest("[data-sheet-rest]")) take();
    else if (target?.closest("[data-sheet-comment]")) comment();
    else if (link) (event.preventDefault(), void open(pointed()?.dataset["pointed"] ?? "", new URL(link.href).search));
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !form.matches("[data-pointed] .page-jump form")) return;
    event.preventDefault();
    const asks = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]));
    void open(pointed()?.dataset["pointed"] ?? "", `?${asks.toString()}`);
  });
}

/** Lets places be marked in the evidence that is open, or ends that. */
export function turnMarking(): void {
  if (pointed()) return done();
  const pane = openedPane();
  if (!pane?.dataset["marks"]) return announce("No place can be marked here now.");
  void open(pane.dataset["pane"] ?? "", "");
}

async function open(version: string, query: string): Promise<void> {
  const pane = document.getElementById(`pane-${version}`);
  const address = pane?.dataset["marks"];
  if (!pane || !address || asked === version + query) return;
  asked = version + query;
  const html = await fetchPiece(address + (query && address.includes("?") ? query.replace("?", "&") : query));
  asked = "";
  if (html === null) return flash("The evidence could not be opened for marking. Try it once more.", "error");
  if (pane.hidden && !pointed()) return;
  pointed()?.remove();
  pane.insertAdjacentHTML("afterend", html);
  const fresh = pointed();
  if (!fresh) return;
  openPane(version);
  choosePassage(null);
  prepareSentences();
  pointIn(fresh, sheet);
  show(null);
  const first = fresh.querySelector<HTMLElement>(".sentence[tabindex='0']") ?? fresh.querySelector<HTMLElement>("h3");
  first?.focus({ preventScroll: true });
  announce("Mark a place: choose a sentence, select words, or mark seconds, a page or a part of a picture.");
}

function take(): void {
  const version = pointed()?.dataset["pointed"] ?? "";
  if (offered && mark(version, offered)) sheet.close();
}

/** The form of a comment stands in the pane, so the evidence comes back first. */
function comment(): void {
  const [place, version] = [offered, pointed()?.dataset["pointed"] ?? ""];
  done();
  if (place) commentAt(version, place);
}

function done(): void {
  const version = pointed()?.dataset["pointed"] ?? "";
  letGo();
  offered = null;
  pointed()?.remove();
  openPane(version);
  document.getElementById(`pane-title-${version}`)?.focus({ preventScroll: true });
  announce("The evidence as it was handed in.");
}
