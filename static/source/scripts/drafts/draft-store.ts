/** What is typed into a form and not saved, here and at the centre: each open page has a place of its own (`draft:form:sitting`), so that none writes over another's. */
import { differs, isChanged, valuesOf, type Values } from "../forms/field-values";
import { keyOf, newKey } from "../forms/form-key";
import { waits } from "../tray/waiting-numbers";
import { endAtCentre, sendSoon, sittingOf, stopSending } from "./at-centre";
import { keep, kept, keptKeys, letGo } from "./device-storage";

/** The words of one form, as they stood at one moment. */
export interface Draft {
  readonly at: string;
  readonly values: Values;
  /** Where the form is, and what its page is called: for whoever asks what is not saved. */
  readonly page: string;
  readonly title: string;
  /** The version on which the words are based, where the form changes something. */
  readonly basis?: string | undefined;
  /** The number of the sending, where just these words were sent: they were saved when the server knows it. */
  readonly sent?: string | undefined;
  /** The key of the form: should an earlier sending have been saved after all, nothing is made twice. */
  readonly key?: string | undefined;
  /** The names of the files that arrived, by their ids, as JSON. */
  readonly names?: string | undefined;
  /** How often the words were kept in this sitting, and the turn of it that the centre has. */
  readonly turn?: number;
  readonly safe?: number;
  /** Turns of other sittings that were taken over, which the centre was not told yet. */
  readonly instead?: readonly string[];
  /** Name of who typed the words, where they were handed on to this person. */
  readonly whose?: string | undefined;
}

/** A draft with where it is kept; `elsewhere`: on another device, and so at the centre alone. */
export interface Found {
  readonly place: string;
  readonly draft: Draft;
  readonly elsewhere: boolean;
}

/** How the keys of all drafts begin. */
export const draftPrefix = "draft:";
/** How the keys begin of what was thrown away while the centre could not be reached: by sitting, its turn. */
const thrownPrefix = "thrown:";

const places = new WeakMap<HTMLFormElement, string>();
const atCentre = new Map<string, Draft>();
let tellKept: (place: string, here: boolean) => void = () => undefined;

/** Has `listener` told whenever words were kept, and whether this device keeps them. */
export const onKept = (listener: typeof tellKept): void => void (tellKept = listener);

/** What all drafts of such a form have in common. */
const nameOf = (form: HTMLFormElement): string => `${draftPrefix}${form.dataset["draft"] ?? ""}`;

/** Where this form of this page keeps its words. */
export const placeOf = (form: HTMLFormElement): string => places.get(form) ?? begin(form);

/** From now on the form keeps its words at a place where nothing is yet. */
export function begin(form: HTMLFormElement): string {
  const place = `${nameOf(form)}:${newKey()}`;
  places.set(form, place);
  return place;
}

/** The form that is drawn anew goes on in the place of the one before. */
export const goOnAs = (form: HTMLFormElement, before: HTMLFormElement): void => void places.set(form, placeOf(before));

/** The form of this page that keeps its words at `place`. */
export const formAt = (place: string): HTMLFormElement | undefined =>
  [...document.querySelectorAll<HTMLFormElement>("form[data-draft]")].find((form) => places.get(form) === place);

/** What was typed on this page, also where this device keeps nothing. */
const typed = new Map<string, Draft>();

/** What is kept at `place`, here or at the centre. */
export const draftAt = (place: string): Draft | null => kept<Draft>(place) ?? typed.get(place) ?? atCentre.get(place) ?? null;

/** Learns what the centre keeps of other devices, in the place of all that was known of forms of these names. */
export function learn(names: readonly string[], found: readonly (readonly [string, Draft])[]): void {
  for (const place of atCentre.keys()) if (names.includes(place.split(":")[1] ?? "")) atCentre.delete(place);
  const taken = keptKeys(draftPrefix).flatMap((place) => kept<Draft>(place)?.instead ?? []).map((one) => one.split("@"));
  const gone = [...taken.map(([one, last]) => [one, Number(last)] as const), ...thrown().map(([one, last]) => [one, last || Infinity] as const)];
  const isTaken = (place: string, turn: number): boolean => gone.some(([one, last]) => one === sittingOf(place) && turn <= last);
  for (const [place, draft] of found) if (!kept(place) && !isTaken(place, draft.turn ?? 1)) atCentre.set(place, draft);
}

/** The places of drafts of forms with this name. */
export const placesOf = (name: string): string[] =>
  [...new Set([...keptKeys(`${draftPrefix}${name}`), ...atCentre.keys()])].filter((key) => `${key}:`.startsWith(`${draftPrefix}${name}:`));

/** What is kept for such a form elsewhere than at its own place, the newest first. */
export function others(form: HTMLFormElement): Found[] {
  const found = placesOf(form.dataset["draft"] ?? "").flatMap((place) => {
    const draft = place === placeOf(form) ? null : draftAt(place);
    return draft && !waits(draft.sent) ? [{ place, draft, elsewhere: atCentre.has(place) }] : [];
  });
  return found.sort((one, other) => other.draft.at.localeCompare(one.draft.at));
}

/** Whether the form came back because what it says could not be saved: what the server drew is not saved either. */
export const cameBack = (form: HTMLFormElement): boolean =>
  document.querySelector("[data-errors]") !== null || Boolean(form.closest("[data-verdict-for]")?.querySelector("[role=alert]"));

/** Keeps what stands in the form, unless just that is on its way; lets its place go where that is what the server drew. */
export function keepForm(form: HTMLFormElement): void {
  const before = draftAt(placeOf(form));
  if (before?.sent && !differs(form, before.values)) return;
  if (isChanged(form) || cameBack(form)) write(placeOf(form), draftOf(form));
  else if (draftAt(placeOf(form))) void throwAway(placeOf(form)), begin(form);
}

/** Gives what is sent now a number of its own, and keeps the words with it; what is saved ends their sittings up to this turn. */
export function keepSent(form: HTMLFormElement): string {
  const number = newKey();
  const { turn, instead = [] } = write(placeOf(form), draftOf(form, number));
  form.querySelectorAll("input[data-own]").forEach((field) => field.remove());
  form.append(hidden("draft", number), ...[`${sittingOf(placeOf(form))}@${turn}`, ...instead].map((one) => hidden("sitting", one)));
  return number;
}

function hidden(name: string, value: string): HTMLInputElement {
  const field = document.createElement("input");
  [field.type, field.name, field.value] = ["hidden", name, value];
  field.dataset["own"] = "";
  return field;
}

/** What stands in the form, as the next turn of its sitting; `sent` is the number of the sending. */
export function draftOf(form: HTMLFormElement, sent?: string): Draft {
  const { basis, names, page = location.pathname, title = document.title.replace(/ · Markwell$/, "") } = form.dataset;
  const { turn, safe, instead } = draftAt(placeOf(form)) ?? {};
  const [at, key] = [new Date().toISOString(), keyOf(form)?.value];
  return { at, values: valuesOf(form), page, title, basis, sent, key, names, turn: turn ?? 0, safe: safe ?? 0, instead: instead ?? [] };
}

/** Keeps a draft as the next turn of its sitting, which it gives: on this device at once, and at the centre after a pause. */
export function write(place: string, draft: Draft): Draft {
  const next = { ...draft, turn: (draft.turn ?? 0) + 1 };
  typed.set(place, next);
  tellKept(place, keep(place, next));
  sendKept(place, next);
  return next;
}

/** Has the centre keep a draft, too. */
export function sendKept(place: string, draft: Draft): void {
  const { turn = 1, safe: _safe, instead = [], ...words } = draft;
  sendSoon({ place, turn, words: JSON.stringify(words), instead });
}

/** Notes that the centre has this turn of a draft, and was told of what it took over. */
export function noteSafe(place: string, turn: number, told: readonly string[]): void {
  const draft = draftAt(place);
  if (!draft || atCentre.has(place)) return;
  const noted = { ...draft, safe: Math.max(draft.safe ?? 0, turn), instead: (draft.instead ?? []).filter((one) => !told.includes(one)) };
  if (typed.has(place)) typed.set(place, noted);
  keep(place, noted);
}

/** Notes that the centre has no later turn of a draft than this one, and sends it there. */
export function noteUnsafe(place: string, turn: number): void {
  const draft = draftAt(place);
  if (!draft || atCentre.has(place)) return;
  const noted = { ...draft, safe: turn };
  if (typed.has(place)) typed.set(place, noted);
  keep(place, noted);
  sendKept(place, noted);
}

/** Whether the centre has not all of a draft. */
export const isUnsent = ({ turn = 1, safe = 0 }: Draft): boolean => turn > safe;

/** The words at `place` were saved, or are kept elsewhere: nothing of it is kept here. */
export function saved(place: string): void {
  stopSending(place);
  typed.delete(place);
  atCentre.delete(place);
  letGo(place);
}

/** Nobody wants the words at these places: they go here and at the centre, where nothing was typed into them since. */
export function throwAway(...all: string[]): Promise<void> {
  for (const place of all) keep(`${thrownPrefix}${sittingOf(place)}`, draftAt(place)?.turn ?? 0);
  const named = all.map((place) => turnOf(sittingOf(place), draftAt(place)?.turn));
  all.forEach(saved);
  return endThrown(named);
}

/** Ends at the centre what was thrown away; what it does not confirm is kept here, to be ended by the next page. */
export async function endThrown(named: readonly string[] = []): Promise<void> {
  const turns = [...new Set([...thrown().map(([sitting, turn]) => turnOf(sitting, turn)), ...named])];
  if (turns.length && (await endAtCentre(turns))) turns.forEach((one) => letGo(`${thrownPrefix}${one.split("@")[0]}`));
}

/** What was thrown away and not confirmed yet: sittings, each with its turn; 0 where that is not known. */
const thrown = (): (readonly [string, number])[] =>
  keptKeys(thrownPrefix).map((key) => [key.slice(thrownPrefix.length), kept<number>(key) ?? 0] as const);

/** A turn of a sitting as the centre is told of it; without one, whatever is kept of it. */
const turnOf = (sitting: string, turn?: number): string => (turn ? `${sitting}@${turn}` : sitting);
