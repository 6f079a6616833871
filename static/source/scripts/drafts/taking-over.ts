/** Going on with a draft that was kept elsewhere: its words move into the sitting of this page, and its own ends with that. */
import { fillQuietly, valuesDrawn, valuesOf, type Values } from "../forms/field-values";
import { keyOf, newKey } from "../forms/form-key";
import { namesOf } from "../uploads/uploaded-files";
import { sittingOf } from "./at-centre";
import { begin, draftOf, placeOf, saved, throwAway, write, type Draft } from "./draft-store";

/** The draft goes on in the sitting of this form, or, without one here, in a new one: its old sitting ends with that. */
export function takeOver(place: string, draft: Draft, form?: HTMLFormElement): void {
  const own = form ? begin(form) : `${place.replace(/:[^:]*$/, "")}:${newKey()}`;
  write(own, { ...draft, whose: undefined, turn: 0, safe: 0, instead: [...(draft.instead ?? []), `${sittingOf(place)}@${draft.turn ?? 1}`] });
  saved(place);
}

/** What was sent of this form was saved: where something was typed since it `goesOn` in a new sitting, with which the one before ends. */
export function goOnBeyond(form: HTMLFormElement, goesOn: boolean): void {
  const place = placeOf(form);
  if (goesOn) return takeOver(place, draftOf(form), form);
  void throwAway(place);
  begin(form);
}

/** Puts a draft back with the key it was sent with: should it have been saved after all, it is not saved twice. */
export function putBack(form: HTMLFormElement, place: string, draft: Draft): void {
  bringNames(form, draft);
  fillQuietly(form, draft.values);
  const key = keyOf(form);
  if (key && draft.key) key.value = draft.key;
  takeOver(place, draft, form);
}

/** Writes the texts of a draft below those of the form, and goes on with both; of all else, what was not changed here is as the draft has it. */
export function putBelow(form: HTMLFormElement, place: string, draft: Draft): void {
  bringNames(form, draft);
  fillQuietly(form, { ...unchangedHere(form, draft), ...bothTexts(form, draft.values) });
  const now = draftOf(form);
  write(placeOf(form), { ...now, instead: [...(now.instead ?? []), `${sittingOf(place)}@${draft.turn ?? 1}`] });
  saved(place);
}

function bringNames(form: HTMLFormElement, { names }: Draft): void {
  if (names) form.dataset["names"] = JSON.stringify({ ...namesOf(form), ...(JSON.parse(names) as object) });
}

function bothTexts(form: HTMLFormElement, values: Values): Values {
  const both = [...form.querySelectorAll("textarea")].map(({ name, value }) => {
    const theirs = values[name]?.trim() ?? "";
    return [name, theirs && theirs !== value.trim() ? [value.trimEnd(), theirs].filter(Boolean).join("\n\n") : value] as const;
  });
  return Object.fromEntries(both);
}

/** What a draft says where nobody changed the form; of an older version, only where it is empty. Files that arrived for either belong to both. */
function unchangedHere(form: HTMLFormElement, { values, basis }: Draft): Values {
  const [now, drawn, changed] = [valuesOf(form), valuesDrawn(form), radiosChanged(form)];
  const isFree = (name: string): boolean => now[name] === drawn[name] && !changed.has(name.split("=")[0] ?? "") && (basis === form.dataset["basis"] || ["", "false"].includes(now[name] ?? ""));
  const free = Object.entries(values).filter(([name]) => isFree(name));
  const files = [now["received"], values["received"]].map((one) => one?.split(/\s+/).filter(Boolean) ?? []);
  return { ...Object.fromEntries(free), ...(files.every((one) => one.length) ? { received: [...new Set(files.flat())].join(" ") } : {}) };
}

const radiosChanged = (form: HTMLFormElement): Set<string> =>
  new Set([...form.querySelectorAll<HTMLInputElement>("input[type=radio]")].filter((one) => one.checked !== one.defaultChecked).map((one) => one.name));
