/** A claim that was chosen and not saved: kept on this device with its place, reason and points, and offered on its item. */
import { moment, offerBack } from "../drafts/draft-offer";
import { begin, draftAt, keepForm, others, placeOf, throwAway, type Draft } from "../drafts/draft-store";
import { tellNothing } from "../drafts/safe-line";
import { settle } from "../drafts/settling";
import { goOnBeyond, putBack } from "../drafts/taking-over";
import { isChanged, type Values } from "../forms/field-values";

/** Opens the chooser at the place that the values name; false where the item has no such place any more. */
export type Reopen = (values: Values) => boolean;

const offered = new Map<string, HTMLElement>();
const box = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-unclaimed]");

/** Keeps what is chosen in `form` from each change on, and offers what was kept before. */
export function keepClaims(form: HTMLFormElement, reopen: Reopen): void {
  const save = (): void => void (form.dataset["filling"] === undefined && keepForm(form));
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  void settle().then(() => others(form).forEach(({ place, draft }) => offerClaim(form, place, draft, reopen)));
}

/** The claim was saved: the next one begins, empty or with what was chosen since it was sent. */
export function endClaim(form: HTMLFormElement, goesOn: boolean): void {
  tellNothing(form);
  goOnBeyond(form, goesOn);
}

/** A claim was saved after its chooser was closed: it is not offered any more. */
export function dropClaim(place: string): void {
  offered.get(place)?.remove();
  void throwAway(place);
}

/** The chooser was closed without a claim: a reason that was typed is offered, all else is let go. */
export function leaveClaim(form: HTMLFormElement, reopen: Reopen): void {
  const place = placeOf(form);
  const draft = draftAt(place);
  begin(form);
  tellNothing(form);
  if (draft?.values["reason"]?.trim()) offerClaim(form, place, draft, reopen);
  else if (draft) void throwAway(place);
}

function offerClaim(form: HTMLFormElement, place: string, draft: Draft, reopen: Reopen): void {
  const shown = box();
  if (!shown) return;
  const older = draft.basis !== form.dataset["basis"] ? " The item was changed since then: look whether the place is still right." : "";
  const reason = draft.values["reason"]?.trim();
  const sentence = `You chose a place on ${moment(draft.at)} and did not save the claim.${reason ? ` “${reason}”` : ""}${older}`;
  offered.set(place, offerBack(shown, place, sentence, () => chooseAgain(form, place, draft, reopen)));
}

function chooseAgain(form: HTMLFormElement, place: string, draft: Draft, reopen: Reopen): void {
  if (isChanged(form)) leaveClaim(form, reopen);
  if (!reopen(draft.values)) return offerClaim(form, place, draft, reopen);
  putBack(form, place, draft);
}
