/** Phrases in feedback: a list under the field, opened by a sign at the beginning of a word, looked through as one types. */
import { fixedDeed, type FixedDeed } from "../keyboard/keys";
import { announce } from "../page/messages";
import { savedEvent } from "./passing-on";
import { askPhrases, find, type Found, type Phrase } from "./phrase-search";

/** Where the sign stands that opened the list, and what is typed after it. */
interface Sought {
  readonly at: number;
  readonly typed: string;
}

interface Offer {
  readonly field: HTMLTextAreaElement;
  readonly list: HTMLElement;
  readonly phrases: readonly Phrase[];
  chosen: number;
}

const feedback = "form[data-judge] textarea[name=feedback]";
const sign = /(?:^|[\s([“‘])\/((?!\s)[^\n/]{0,60})$/u;
const whose = { own: "yours", shared: "shared", misconception: "misconception" } as const;
const told = ["aria-haspopup", "aria-autocomplete", "aria-controls", "aria-activedescendant"];

let all: readonly Phrase[] | null = null;
let asked: Promise<void> | null = null;
let failed = false;
let offer: Offer | null = null;
/** The sign that somebody closed the list at: it is left alone. */
let left: { readonly field: HTMLTextAreaElement; readonly at: number } | null = null;

/** Starts listening to the fields of feedback. */
export function startPhrases(): void {
  document.addEventListener("focusin", ({ target }) => void (isFeedback(target) && load(failed)));
  document.addEventListener("focusout", ({ target }) => target === offer?.field && close());
  document.addEventListener("input", ({ target }) => void (isFeedback(target) && typed(target)));
  document.addEventListener("selectionchange", () => offer && draw(offer.field));
  document.addEventListener("keydown", pressed, { capture: true });
  document.addEventListener("mousedown", (event) => event.target instanceof Element && event.target.closest(".phrase-list") && event.preventDefault());
  document.addEventListener("click", ({ target }) => {
    if (!(target instanceof Element)) return;
    const option = target.closest<HTMLElement>(".phrase-list [role=option]");
    if (option) insert(Number(option.dataset["at"]));
    if (target.closest("[data-phrases-open]")) offerPhrases(target.closest("form")?.querySelector<HTMLTextAreaElement>(feedback) ?? null);
  });
}

/** Writes the sign into the field, so that the list opens; says so where there is nothing to offer. */
export async function offerPhrases(field: Element | null): Promise<void> {
  if (!isFeedback(field)) return;
  field.focus();
  await load();
  if (!all?.length) return announce(all ? "There are no phrases here yet." : "The phrases cannot be had now. Try again in a moment.");
  if (seek(field)) return draw(field);
  const before = field.value.slice(0, field.selectionStart);
  field.setRangeText(`${/\S$/u.test(before) ? " " : ""}/`, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** What a verdict said is offered from then on, where many are given on one page. */
document.addEventListener(savedEvent, () => (asked = null));

const isFeedback = (target: EventTarget | null): target is HTMLTextAreaElement => target instanceof HTMLTextAreaElement && target.matches(feedback);

/** Where the field says again what it was drawn with, nothing is put in. */
function typed(field: HTMLTextAreaElement): void {
  const inserted = insertedIn(field);
  if (inserted && field.value === field.defaultValue) inserted.value = inserted.dataset["drawn"] ?? "";
  void load().then(() => draw(field));
}

const insertedIn = (field: HTMLTextAreaElement): HTMLInputElement | null => field.form?.querySelector<HTMLInputElement>("[name=phrases]") ?? null;

/** Asks for the phrases once; where that failed, `again` as somebody comes to a field. */
function load(again = false): Promise<void> {
  if (again) [asked, failed] = [null, false];
  const desk = document.querySelector<HTMLElement>("[data-marking]")?.dataset["marking"] ?? "";
  asked ??= askPhrases(`/marking/${desk}/phrases`).then((found) => void (all = found), () => void (failed = true));
  return asked;
}

function seek(field: HTMLTextAreaElement): Sought | null {
  if (field.selectionStart !== field.selectionEnd) return null;
  const before = field.value.slice(0, field.selectionStart);
  const typed = sign.exec(before)?.[1];
  return typed === undefined ? null : { at: before.length - typed.length - 1, typed };
}

function draw(field: HTMLTextAreaElement): void {
  const sought = seek(field);
  if (!sought) left = null;
  const isLeft = left?.field === field && left.at === sought?.at;
  const found = sought && all && !isLeft && document.activeElement === field ? find(unsaid(all, field), refOf(field), sought.typed) : [];
  if (!found.length) return close();
  const phrases = found.flatMap((one) => one.phrases);
  if (offer?.field === field && phrases.length === offer.phrases.length && phrases.every((one, at) => one === offer?.phrases[at])) return;
  const count = found.reduce((sum, one) => sum + one.phrases.length + one.more, 0);
  if (!offer) announce(`${count} ${count === 1 ? "phrase" : "phrases"} to insert.`);
  close();
  const list = listed(field, found);
  field.after(list);
  offer = { field, list, phrases, chosen: 0 };
  tell(field, list);
  choose(0);
}

/** What the field does not say yet. */
const unsaid = (phrases: readonly Phrase[], { value }: HTMLTextAreaElement): Phrase[] => phrases.filter(({ words }) => !value.includes(words));
const refOf = (field: Element): string => field.closest("[data-verdict-for]")?.querySelector(".point-ref")?.textContent ?? "";

function listed(field: HTMLTextAreaElement, found: readonly Found[]): HTMLElement {
  const list = made("div", "phrase-list", "listbox");
  list.id = `phrases-${field.id}`;
  list.setAttribute("aria-label", "Phrases");
  let at = 0;
  for (const { title, phrases, more } of found) {
    const group = made("div", "phrase-group", "group");
    group.setAttribute("aria-label", title);
    group.append(seenOnly("label", title), ...phrases.map((phrase) => option(list, phrase, at++)));
    if (more) group.append(seenOnly("phrase-more", `${more} more: type the beginning of a word.`));
    list.append(group);
  }
  return list;
}

function option(list: HTMLElement, { words, kind }: Phrase, at: number): HTMLElement {
  const line = made("div", "phrase", "option");
  line.id = `${list.id}-${at}`;
  line.dataset["at"] = String(at);
  const source = made("span", "phrase-whose");
  source.textContent = whose[kind];
  line.append(words, " ", source);
  return line;
}

function seenOnly(look: string, words: string): HTMLElement {
  const line = made("p", look);
  line.setAttribute("aria-hidden", "true");
  line.textContent = words;
  return line;
}

function made(tag: string, look: string, role = ""): HTMLElement {
  const element = document.createElement(tag);
  element.className = look;
  if (role) element.setAttribute("role", role);
  return element;
}

/** What a field of several lines may say of its list: it is no combobox (ARIA in HTML, textarea), so that it opened is said aloud. */
function tell(field: HTMLTextAreaElement, list: HTMLElement): void {
  const facts = { "aria-haspopup": "listbox", "aria-autocomplete": "list", "aria-controls": list.id };
  for (const [name, value] of Object.entries(facts)) field.setAttribute(name, value);
}

function close(): void {
  for (const name of told) offer?.field.removeAttribute(name);
  offer?.list.remove();
  offer = null;
}

function choose(at: number): void {
  if (!offer) return;
  offer.chosen = (at + offer.phrases.length) % offer.phrases.length;
  for (const line of offer.list.querySelectorAll<HTMLElement>("[role=option]")) {
    const isChosen = line.dataset["at"] === String(offer.chosen);
    line.setAttribute("aria-selected", String(isChosen));
    if (!isChosen) continue;
    offer.field.setAttribute("aria-activedescendant", line.id);
    line.scrollIntoView({ block: "nearest" });
  }
}

/** Puts the phrase in the place of the sign and what was typed after it. */
function insert(at: number): void {
  const field = offer?.field;
  const phrase = offer?.phrases[at];
  const sought = field && seek(field);
  if (!field || !phrase || !sought) return;
  close();
  const goesOn = /^\s/u.test(field.value.slice(field.selectionStart));
  field.setRangeText(phrase.words + (goesOn ? "" : " "), sought.at, field.selectionStart, "end");
  const inserted = insertedIn(field);
  if (inserted) inserted.value = `${inserted.value} ${phrase.id}`.trim();
  announce(`Inserted: ${phrase.words}`);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function leave({ field }: Offer): void {
  const sought = seek(field);
  if (sought) left = { field, at: sought.at };
  close();
}

/** What keys do while the list stands there; whether they did something. */
const atList: Record<FixedDeed<"phrases">, (open: Offer) => boolean> = {
  "offer phrases; letters look for words": () => false,
  "next phrase": ({ chosen }) => (choose(chosen + 1), true),
  "phrase before": ({ chosen }) => (choose(chosen - 1), true),
  "insert the phrase": ({ chosen }) => (insert(chosen), true),
  "close the list": (open) => (leave(open), true),
};

function pressed(event: KeyboardEvent): void {
  const deed = fixedDeed("phrases", event);
  if (!offer || event.target !== offer.field || event.isComposing || !deed || !atList[deed](offer)) return;
  event.preventDefault();
  event.stopPropagation();
}
