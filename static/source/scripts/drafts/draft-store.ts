/** What is typed into a form, kept on this device at a place of each open page's own, so that none writes over another's. */
import { fillQuietly, isChanged, valuesOf, type Values } from "../forms/field-values";
import { keyOf, newKey } from "../forms/form-key";
import { savedOf } from "../forms/sign-in-state";
import { namesOf } from "../uploads/uploaded-files";
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
}

/** How the keys of all drafts begin. */
export const draftPrefix = "draft:";

const places = new WeakMap<HTMLFormElement, string>();

/** What all drafts of such a form have in common. */
export const nameOf = (form: HTMLFormElement): string => `${draftPrefix}${form.dataset["draft"] ?? ""}`;

/** Where this form of this page keeps its words. */
export function placeOf(form: HTMLFormElement): string {
  const place = places.get(form) ?? `${nameOf(form)}:${newKey()}`;
  places.set(form, place);
  return place;
}

/** From now on `form` keeps its words at `place`. */
export const moveTo = (form: HTMLFormElement, place: string): void => void places.set(form, place);

/** What is kept for such a form elsewhere than at its own place, the newest first. */
export function others(form: HTMLFormElement): (readonly [string, Draft])[] {
  const [name, own] = [nameOf(form), placeOf(form)];
  const keys = keptKeys(name).filter((key) => key !== own && (key === name || key.startsWith(`${name}:`)));
  const found = keys.flatMap((key) => {
    const draft = kept<Draft>(key);
    return draft ? [[key, draft] as const] : [];
  });
  return found.sort(([, one], [, other]) => other.at.localeCompare(one.at));
}

/** Whether the form came back because what it says could not be saved: what the server drew is not saved either. */
export const cameBack = (form: HTMLFormElement): boolean =>
  document.querySelector("[data-errors]") !== null || Boolean(form.closest("[data-verdict-for]")?.querySelector("[role=alert]"));

/** Keeps what stands in the form; lets its place go where that is what the server drew. */
export function keepForm(form: HTMLFormElement): void {
  if (isChanged(form) || cameBack(form)) write(form);
  else letGo(placeOf(form));
}

/** Gives what is sent now a number of its own, and keeps the words with it. */
export function keepSent(form: HTMLFormElement): string {
  let field = form.querySelector<HTMLInputElement>("input[name=draft][data-own]");
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = "draft";
    field.dataset["own"] = "";
    form.append(field);
  }
  field.value = newKey();
  write(form, field.value);
  return field.value;
}

function write(form: HTMLFormElement, sent?: string): void {
  const { basis, names, page = location.pathname, title = document.title.replace(/ · Markwell$/, "") } = form.dataset;
  const [at, key] = [new Date().toISOString(), keyOf(form)?.value];
  keep(placeOf(form), { at, values: valuesOf(form), page, title, basis, sent, key, names } satisfies Draft);
}

/** Puts a draft back with the key it was sent with: should it have been saved after all, it is not saved twice. */
export function putBack(form: HTMLFormElement, place: string, draft: Draft): void {
  moveTo(form, place);
  if (draft.names) form.dataset["names"] = JSON.stringify({ ...namesOf(form), ...(JSON.parse(draft.names) as object) });
  fillQuietly(form, draft.values);
  const key = keyOf(form);
  if (key && draft.key) key.value = draft.key;
}

/** Lets go of the drafts whose sendings are among `saved`. */
export function letGoOf(saved: readonly string[]): void {
  for (const key of keptKeys(draftPrefix)) if (saved.includes(kept<Draft>(key)?.sent ?? "none")) letGo(key);
}

/** Asks the server what was saved and lets go of it. Gives since when it knows what was saved; null when nobody answers. */
export async function settle(): Promise<string | null> {
  const sent = keptKeys(draftPrefix).flatMap((key) => kept<Draft>(key)?.sent ?? []);
  if (!sent.length) return null;
  const told = await savedOf(sent);
  letGoOf(told?.saved ?? []);
  return told?.since ?? null;
}
