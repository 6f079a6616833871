/** On which places a verdict rests: the learner's by a tick, and those that the assessor marked; both in a hidden field of its form. */
import { fieldsOf, type Place } from "../claims/place";
import { keepForm } from "../drafts/draft-store";
import { button } from "../page/button";
import { announce } from "../page/messages";
import { type Fields, wordsFor } from "./marked-places";
import { called, placeShown, pointInHand, shownEvent } from "../marking/point-in-hand";
import { formOf } from "../marking/verdicts";

interface Marked {
  readonly version: number;
  readonly fields: Fields;
}
interface Grounds {
  /** Ids of claims; null for all of the point. */
  readonly relied: readonly string[] | null;
  readonly marked: readonly Marked[];
}

const most = 20;
const field = (form: HTMLFormElement): HTMLInputElement | null => form.querySelector<HTMLInputElement>("[name=grounds]");
const sectionOf = (id: string): HTMLElement | null => document.getElementById(`where-${id}`);
const ticksOf = (id: string): HTMLInputElement[] => [...(sectionOf(id)?.querySelectorAll<HTMLInputElement>("[data-rests]") ?? [])];
const idOf = (form: HTMLFormElement): string => form.closest<HTMLElement>("[data-verdict-for]")?.dataset["verdictFor"] ?? "";

/** Starts listening to the ticks beside the places, and to what comes back into the forms. */
export function startGrounds(): void {
  document.addEventListener(shownEvent, drawAll);
  document.addEventListener("change", ({ target }) => target instanceof HTMLInputElement && target.dataset["rests"] !== undefined && ticked(target));
  document.addEventListener("input", ({ target }) => target instanceof HTMLInputElement && target.name === "grounds" && target.form && draw(target.form));
  document.addEventListener("click", ({ target }) => {
    const line = target instanceof Element ? target.closest<HTMLElement>("[data-unmark]")?.closest("li") : null;
    if (line) takeOut(placeIn(line));
  });
}

function read(form: HTMLFormElement): Grounds {
  const value = field(form)?.value;
  const told = (value ? JSON.parse(value) : {}) as { relied?: number[]; marked?: Record<string, string | number>[] };
  const marked = (told.marked ?? []).map(({ version, ...fields }) => ({
    version: Number(version),
    fields: Object.fromEntries(Object.entries(fields).map(([name, said]) => [name, String(said)])),
  }));
  return { relied: told.relied ? stillClaimed(idOf(form), told.relied.map(String)) : null, marked };
}

/** Claims of another hand-in are none here; where nothing else was chosen, all of this one count. */
function stillClaimed(id: string, relied: readonly string[]): readonly string[] | null {
  const known = new Set(ticksOf(id).map((one) => one.dataset["rests"] ?? ""));
  const left = relied.filter((one) => known.has(one));
  return relied.length && !left.length ? null : left;
}

/** As the server writes it, so that what is as before counts as unchanged. */
function written({ relied, marked }: Grounds): string {
  const places = marked.map(({ version, fields }) => sorted({ ...Object.fromEntries(Object.entries(fields).filter(([, said]) => said).map(([name, said]) => [name, name === "file" ? said : Number(said)])), version }));
  const told = { ...(places.length ? { marked: places } : {}), ...(relied ? { relied: relied.map(Number).sort((one, other) => one - other) } : {}) };
  return Object.keys(told).length ? JSON.stringify(told) : "";
}

function write(form: HTMLFormElement, grounds: Grounds): void {
  const hidden = field(form);
  if (!hidden) return;
  hidden.value = written(grounds);
  form.dataset["touched"] = "y";
  hidden.dispatchEvent(new Event("input", { bubbles: true }));
  keepForm(form);
}

const sorted = <T>(one: Record<string, T>): Record<string, T> => Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Sets the ticks, and the lines of what was marked, of every form as it has them: pieces that came anew show what is saved. */
function drawAll(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-judge]:not([data-undo])")) draw(form);
}

function draw(form: HTMLFormElement): void {
  const [id, hidden] = [idOf(form), field(form)];
  const { relied, marked } = read(form);
  if (hidden?.value) hidden.value = written({ relied, marked });
  for (const tick of ticksOf(id)) tick.checked = !relied || relied.includes(tick.dataset["rests"] ?? "");
  for (const label of sectionOf(id)?.querySelectorAll<HTMLElement>(".rests") ?? []) label.hidden = !relied && ticksOf(id).length < 2 && !marked.length;
  const list = sectionOf(id)?.querySelector<HTMLElement>("[data-marked]");
  if (!list || !hidden || list.dataset["as"] === hidden.value) return;
  list.dataset["as"] = hidden.value;
  list.replaceChildren(...marked.map((one, at) => lineOf(one, at)));
  list.hidden = !marked.length;
}

function lineOf({ version, fields }: Marked, at: number): HTMLElement {
  const line = document.createElement("li");
  const link = document.createElement("a");
  const { quote, where } = wordsFor(String(version), fields);
  const item = document.getElementById(`pane-${version}`)?.dataset["called"] ?? "";
  link.className = "place is-marked";
  link.href = `#pane-${version}`;
  Object.assign(link.dataset, { go: String(version), own: "" }, fields);
  link.append(part("place-number", item), quote ? part("place-words", `“${quote}”`) : "", where ? part("place-where", where) : "");
  const out = button("Take out", "quiet small", () => takeOut(at));
  out.setAttribute("aria-label", `Take out ${item} ${quote || where}`);
  line.append(link, " ", out);
  return line;
}

function part(name: string, words: string): HTMLElement {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = words;
  return made;
}

function ticked(tick: HTMLInputElement): void {
  const id = tick.closest<HTMLElement>("[data-point-where]")?.dataset["pointWhere"] ?? "";
  const form = formOf(id);
  if (form) rest(form, ticksOf(id).filter((one) => one.checked).map((one) => one.dataset["rests"] ?? ""));
}

function rest(form: HTMLFormElement, ids: readonly string[]): void {
  const all = ticksOf(idOf(form)).length;
  write(form, { ...read(form), relied: ids.length === all ? null : ids });
}

/** Lets the verdict in hand rest on the place that is shown; the first time on that alone, then on each one more, or not any more. */
export function restHere(): void {
  const [form, place] = [formOf(pointInHand()), placeShown()];
  if (!form || !place) return announce("No place of this point is shown.");
  const line = place.closest("li");
  if (place.dataset["own"] !== undefined) return line ? takeOut(placeIn(line)) : undefined;
  const tick = line?.querySelector<HTMLInputElement>("[data-rests]");
  if (!tick) return announce("This place cannot be chosen here.");
  const own = tick.dataset["rests"] ?? "";
  const { relied, marked } = read(form);
  const isFirst = relied === null && !marked.length && ticksOf(pointInHand()).length > 1;
  const before = relied ?? ticksOf(pointInHand()).map((one) => one.dataset["rests"] ?? "");
  rest(form, isFirst ? [own] : before.includes(own) ? before.filter((id) => id !== own) : [...before, own]);
  tell(form);
}

/** Lets the verdict in hand rest on a place that was marked in a version. */
export function mark(version: string, place: Place): boolean {
  const form = formOf(pointInHand());
  if (!form) return announce("Nothing can be judged here now."), false;
  const known = read(form);
  if (known.marked.length >= most) return announce(`At most ${most} places can be marked for one verdict.`), false;
  const fields = Object.fromEntries(Object.entries(fieldsOf(place)).filter(([, said]) => said));
  write(form, { ...known, marked: [...known.marked, { version: Number(version), fields }] });
  tell(form);
  return true;
}

/** Which of the marked places a line stands for. */
const placeIn = (line: Element): number => [...(line.parentElement?.children ?? [])].indexOf(line);

function takeOut(at: number): void {
  const form = formOf(pointInHand());
  if (!form || at < 0) return;
  const known = read(form);
  write(form, { ...known, marked: known.marked.filter((_, each) => each !== at) });
  tell(form);
}

function tell(form: HTMLFormElement): void {
  const { relied, marked } = read(form);
  const claimed = relied === null ? "every claimed place" : relied.length === 1 ? "one claimed place" : `${relied.length} claimed places`;
  const own = marked.length ? ` and ${marked.length === 1 ? "one place" : `${marked.length} places`} of yours` : "";
  announce(`${called(pointInHand())}: rests on ${claimed}${own}. Not saved yet.`);
}
