/** Points at words of an account, or of a page: a sentence by tap or key, any words by selecting them. */
import { fixedDeed, type FixedDeed } from "../keyboard/keys";
import { type Passage, passageOf, rangeOf } from "./passage-offsets";

interface Sentence extends Passage {
  readonly pieces: HTMLElement[];
}

/** What is called when words were chosen or let go of; `open` asks for the chooser to take the focus. */
type Chosen = (passage: Passage | null, open: boolean) => void;

const settle = 400;

let chosen: Passage | null = null;
let before: Passage | null = null;
let pressedWith = "mouse";
let tell: Chosen = () => undefined;

/** Which of the page's texts is in hand, by what tells it apart once it is drawn anew. */
let inHand = "";

const texts = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>("[data-account].is-pointing")];
const nameOf = (text: HTMLElement): string => `${text.dataset["file"] ?? ""} ${text.dataset["page"] ?? ""}`;

/** The text in hand: the one that was last pointed at, or the first. */
export const account = (): HTMLElement | null => texts().find((text) => nameOf(text) === inHand) ?? texts()[0] ?? null;

/** Takes the text in hand that words of this file and page stand in; the account without them. */
export function takeText(file = "", page = ""): void {
  inHand = `${file} ${page}`;
}

/** Takes the text in hand in which a node lies; false where it lies in none. */
function takeTextOf(node: Node | null): boolean {
  const text = texts().find((one) => node !== null && one.contains(node));
  if (text && nameOf(text) !== nameOf(account() ?? text)) {
    chosen = null;
    paint();
  }
  if (text) inHand = nameOf(text);
  return text !== undefined;
}

/** Starts listening on the item's page. */
export function startPointing(listener: Chosen): void {
  tell = listener;
  prepareSentences();
  document.addEventListener("pointerdown", (event) => (pressedWith = event.pointerType));
  document.addEventListener("mousedown", keepFromSelecting);
  document.addEventListener("mouseup", () => window.setTimeout(takeSelection));
  document.addEventListener("click", clicked);
  document.addEventListener("keydown", pressed);
  let timer = 0;
  document.addEventListener("selectionchange", () => {
    window.clearTimeout(timer);
    if (pressedWith === "touch") timer = window.setTimeout(takeSelection, settle);
  });
}

/** Gives the first piece of each sentence its role and key; call again after the account was drawn anew. */
export function prepareSentences(): void {
  for (const text of texts()) prepare(sentences(text));
  paint();
}

function prepare(all: Sentence[]): void {
  for (const [number, sentence] of all.entries()) {
    const lead = leadOf(sentence);
    lead.setAttribute("role", "button");
    lead.tabIndex = number === 0 ? 0 : -1;
    if (sentence.pieces.length > 1) lead.setAttribute("aria-label", sentence.pieces.map((piece) => piece.textContent).join(""));
  }
}

/** Chooses a passage, or lets go of the one that is chosen; says nothing to the listener. */
export function choosePassage(passage: Passage | null): void {
  chosen = passage;
  paint();
}

/** Puts the focus on the sentence in which a passage begins. */
export function focusSentence(start: number): void {
  const sentence = sentences().find((one) => one.start <= start && start < one.end);
  if (sentence) focus(sentence);
}

function sentences(text = account()): Sentence[] {
  const found = new Map<number, Sentence>();
  for (const piece of text?.querySelectorAll<HTMLElement>(".sentence") ?? []) {
    const start = Number(piece.dataset["from"]);
    const known = found.get(start);
    if (known) known.pieces.push(piece);
    else found.set(start, { start, end: Number(piece.dataset["to"]), pieces: [piece] });
  }
  return [...found.values()];
}

const leadOf = (sentence: Sentence): HTMLElement =>
  sentence.pieces.find((piece) => !piece.closest("a")) ?? (sentence.pieces[0] as HTMLElement);

function sentenceAt(target: EventTarget | null): Sentence | undefined {
  const piece = target instanceof Element ? target.closest<HTMLElement>(".sentence") : null;
  return piece && takeTextOf(piece) ? sentences().find((one) => one.pieces.includes(piece)) : undefined;
}

/** Shift and a second press extend by sentences here, so the browser must not select words at the same time. */
function keepFromSelecting(event: MouseEvent): void {
  if (sentenceAt(event.target) && (event.shiftKey || event.detail > 1)) event.preventDefault();
}

function takeSelection(): void {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return;
  takeTextOf(selection.getRangeAt(0).commonAncestorContainer);
  const text = account();
  if (!text) return;
  const passage = passageOf(text, selection.getRangeAt(0));
  if (!passage || same(passage, chosen)) return;
  choosePassage(passage);
  tell(passage, false);
}

function clicked(event: MouseEvent): void {
  const sentence = sentenceAt(event.target);
  if (!sentence || (event.target instanceof Element && event.target.closest("a"))) return;
  if (!getSelection()?.isCollapsed && event.detail > 0) return;
  const reach = event.shiftKey ? chosen : event.detail === 2 ? before : null;
  if (event.detail < 2) before = chosen;
  if (event.detail > 2) return;
  take(reach ? around(reach, sentence) : sentence, false);
  roveTo(sentence);
}

function pressed(event: KeyboardEvent): void {
  const sentence = sentenceAt(document.activeElement);
  const deed = fixedDeed("sentences", event);
  if (!sentence || !deed || (deed === "let go" && !chosen)) return;
  deeds[deed](sentence);
  event.preventDefault();
}

const deeds: Record<FixedDeed<"sentences">, (sentence: Sentence) => void> = {
  "next sentence": (sentence) => move(sentence, 1, false),
  "sentence before": (sentence) => move(sentence, -1, false),
  "to the next sentence, too": (sentence) => move(sentence, 1, true),
  "to the sentence before, too": (sentence) => move(sentence, -1, true),
  "first sentence": (sentence) => move(sentence, -Infinity, false),
  "last sentence": (sentence) => move(sentence, Infinity, false),
  "choose points": (sentence) => take(chosen && overlaps(chosen, sentence) ? chosen : sentence, true),
  "let go": () => take(null, false),
};

function move(from: Sentence, step: number, extend: boolean): void {
  const all = sentences();
  const here = all.findIndex((one) => one.start === from.start);
  const next = all[Math.max(0, Math.min(all.length - 1, here + step))];
  if (!next) return;
  if (extend) choosePassage(chosen && overlaps(chosen, from) ? reachTo(chosen, from, next) : around(from, next));
  focus(next);
}

/** Extends a choice by keys: away from its other end it grows, towards it it shrinks. */
function reachTo(choice: Passage, from: Sentence, next: Sentence): Passage {
  if (next.start > from.start) return from.end >= choice.end ? around(choice, next) : { start: next.start, end: choice.end };
  return from.start <= choice.start ? around(choice, next) : { start: choice.start, end: next.end };
}

function take(passage: Passage | null, open: boolean): void {
  getSelection()?.removeAllRanges();
  const choice = passage && { start: passage.start, end: passage.end };
  choosePassage(choice);
  tell(choice, open);
}

function focus(sentence: Sentence): void {
  roveTo(sentence);
  leadOf(sentence).focus({ preventScroll: true });
  leadOf(sentence).scrollIntoView({ block: "nearest" });
}

function roveTo(sentence: Sentence): void {
  for (const one of account()?.querySelectorAll<HTMLElement>(".sentence[tabindex='0']") ?? []) one.tabIndex = -1;
  leadOf(sentence).tabIndex = 0;
}

function paint(): void {
  for (const sentence of sentences()) {
    const whole = chosen !== null && chosen.start <= sentence.start && sentence.end <= chosen.end;
    leadOf(sentence).setAttribute("aria-pressed", String(whole));
    for (const piece of sentence.pieces) piece.classList.toggle("is-selected", whole);
  }
  const text = account();
  if (!("highlights" in CSS) || !text) return;
  if (chosen) CSS.highlights.set("chosen", new Highlight(rangeOf(text, chosen)));
  else CSS.highlights.delete("chosen");
}

const around = (one: Passage, other: Passage): Passage => ({
  start: Math.min(one.start, other.start),
  end: Math.max(one.end, other.end),
});
const overlaps = (one: Passage, other: Passage): boolean => one.start < other.end && other.start < one.end;
const same = (one: Passage, other: Passage | null): boolean => one.start === other?.start && one.end === other.end;
