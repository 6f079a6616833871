/** What became of drafts: which were saved, which ended, what other devices keep; and what is sent when a page opens. */
import { differs, isChanged } from "../forms/field-values";
import { savedOf } from "../forms/sign-in-state";
import { askCentre, sittingOf, startKeeping, turnsOf, type Held, type Told, type Words } from "./at-centre";
import { kept, keptKeys } from "./device-storage";
import {
  begin, draftAt, draftOf, draftPrefix, endThrown, formAt, isUnsent, learn, noteSafe, noteUnsafe, onKept, placesOf, saved, sendKept, throwAway, type Draft,
} from "./draft-store";
import { tellSafe, tellTyped, tellWaits } from "./safe-line";
import { takeOver } from "./taking-over";

/** Is told of forms for which another device keeps words that were not known here. */
type Listener = (form: HTMLFormElement) => void;

let settled: Promise<string | null> | null = null;
const listeners: Listener[] = [];
const known = new Set<string>();

/** Has `listener` told of forms at which another device is at work, too. */
export const onOthers = (listener: Listener): void => void listeners.push(listener);

/** Begins to keep drafts at the centre, too. */
export function startStore(): void {
  startKeeping(heard);
  onKept((place, here) => {
    const form = formAt(place);
    if (form) tellTyped(form, here);
  });
}

/** Asks, once for this page, what was saved and lets go of it. Gives since when that is known; null when nobody answers. */
export const settle = (): Promise<string | null> => (settled ??= settleAll());

async function settleAll(): Promise<string | null> {
  await endThrown();
  const sent = all().flatMap(([, draft]) => draft.sent ?? []);
  const told = sent.length ? await savedOf(sent) : null;
  letGoOf(told?.saved ?? []);
  await lookAtCentre();
  for (const [place, draft] of all()) if (isUnsent(draft) && !formAt(place)) sendKept(place, draft);
  return told?.since ?? null;
}

/** Lets go of the drafts whose sendings are among `numbers`. */
export function letGoOf(numbers: readonly string[]): void {
  for (const [place, draft] of all()) if (numbers.includes(draft.sent ?? "none")) saved(place);
}

/** Throws away the drafts whose sendings are among `numbers`, here and at the centre. */
export const throwAwayOf = (numbers: readonly string[]): Promise<void> =>
  throwAway(...all().flatMap(([place, draft]) => (numbers.includes(draft.sent ?? "none") ? [place] : [])));

const all = (): (readonly [string, Draft])[] =>
  keptKeys(draftPrefix).flatMap((place) => {
    const draft = kept<Draft>(place);
    return draft && /:[\w-]{16,64}$/.test(place) ? [[place, draft] as const] : [];
  });

/** Learns what is kept there for the forms of this page, and which of this device's drafts ended on another one, or are not there any more. */
export async function lookAtCentre(forms: readonly HTMLElement[] = [...document.querySelectorAll<HTMLElement>("form[data-draft], [data-kept]")]): Promise<void> {
  const names = [...new Set(forms.map((one) => one.dataset["draft"] ?? one.dataset["kept"] ?? ""))].filter(Boolean);
  const here = all().map(([place]) => place);
  const told = await askCentre(names, here.map(sittingOf));
  if (!told) return;
  learn(names, told.drafts.flatMap(read));
  for (const one of told.drafts) known.add(`${one.sitting}@${one.turn}`);
  const [turns, ended] = [turnsOf(told.held), new Set(told.ended)];
  for (const place of here) {
    if (ended.has(sittingOf(place))) over(place);
    else if ((turns.get(sittingOf(place)) ?? 0) < (kept<Draft>(place)?.safe ?? 0)) noteUnsafe(place, turns.get(sittingOf(place)) ?? 0);
  }
}

function read(held: Held): (readonly [string, Draft])[] {
  try {
    const draft = JSON.parse(held.words) as Draft;
    return typeof draft.values === "object" ? [[`${draftPrefix}${held.place}:${held.sitting}`, { ...draft, turn: held.turn, safe: held.turn, whose: held.whose }]] : [];
  } catch {
    return [];
  }
}

/** A sitting ended on another page: what was typed in it since goes on in a new one, with what had been taken over into it. */
function over(place: string): void {
  const [form, draft] = [formAt(place), draftAt(place)];
  if (form && draft?.sent && !differs(form, draft.values)) return; // just these words are on their way with the form
  if (form && isChanged(form)) takeOver(place, draftOf(form), form);
  else if (form) {
    saved(place);
    begin(form);
  } else if (draft && isUnsent(draft)) takeOver(place, draft);
  else saved(place);
}

function heard({ place, turn, instead }: Words, told: Told): void {
  if (told.kind === "over") return over(place);
  const form = formAt(place);
  if (told.kind === "there") {
    noteSafe(place, turn, instead);
    if (form) void lookForOthers(form, told.others);
  }
  if (!form || turn !== draftAt(place)?.turn) return;
  if (told.kind === "there") tellSafe(form, told.at);
  else tellWaits(form, told.why);
}

async function lookForOthers(form: HTMLFormElement, others: readonly string[]): Promise<void> {
  const name = form.dataset["draft"] ?? "";
  const here = placesOf(name).filter((place) => kept(place)).map(sittingOf);
  const fresh = others.filter((one) => !known.has(one) && !here.includes(one.split("@")[0] ?? ""));
  if (!fresh.length) return;
  fresh.forEach((one) => known.add(one));
  await lookAtCentre();
  for (const listener of listeners) listener(form);
}
