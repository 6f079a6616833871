/** Going on with a draft that was kept elsewhere: its words move into the sitting of this page, and its own ends with that. */
import { fillQuietly, type Values } from "../forms/field-values";
import { keyOf, newKey } from "../forms/form-key";
import { namesOf } from "../uploads/uploaded-files";
import { sittingOf } from "./at-centre";
import { begin, draftOf, placeOf, saved, throwAway, write, type Draft } from "./draft-store";

/** The draft goes on in the sitting of this form, or, without one here, in a new one: its old sitting ends with that. */
export function takeOver(place: string, draft: Draft, form?: HTMLFormElement): void {
  const own = form ? begin(form) : `${place.replace(/:[^:]*$/, "")}:${newKey()}`;
  write(own, { ...draft, turn: 0, safe: 0, instead: [...(draft.instead ?? []), `${sittingOf(place)}@${draft.turn ?? 1}`] });
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
  if (draft.names) form.dataset["names"] = JSON.stringify({ ...namesOf(form), ...(JSON.parse(draft.names) as object) });
  fillQuietly(form, draft.values);
  const key = keyOf(form);
  if (key && draft.key) key.value = draft.key;
  takeOver(place, draft, form);
}

/** Writes the texts of a draft below those of the form, and goes on with both. */
export function putBelow(form: HTMLFormElement, place: string, draft: Draft): void {
  const both = [...form.querySelectorAll("textarea")].map(({ name, value }) => [name, [value.trimEnd(), draft.values[name]?.trim()].filter(Boolean).join("\n\n")]);
  fillQuietly(form, Object.fromEntries(both) as Values);
  const now = draftOf(form);
  write(placeOf(form), { ...now, instead: [...(now.instead ?? []), `${sittingOf(place)}@${draft.turn ?? 1}`] });
  saved(place);
}
