/** A claim that was chosen and not saved: kept on this device with its place, reason and points, and offered on its item. */
import { moment, offerBack } from "../drafts/draft-offer";
import { begin, draftAt, keepForm, others, placeOf, throwAway, type Found } from "../drafts/draft-store";
import { tellNothing } from "../drafts/safe-line";
import { onOthers, settle } from "../drafts/settling";
import { goOnBeyond, putBack } from "../drafts/taking-over";
import { sideBySide } from "../drafts/two-texts";
import { isChanged, type Values } from "../forms/field-values";

/** Opens the chooser at the place that the values name; false where the item has no such place any more. */
export type Reopen = (values: Values) => boolean;

const box = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-unclaimed]");

/** Where something is offered: below the reason while the chooser is open, which may cover the page, else above the item. */
const besides = (form: HTMLFormElement): HTMLElement | null =>
  (form.classList.contains("is-open") ? form.querySelector<HTMLElement>("[data-below-reason]") : null) ?? box();

/** Keeps what is chosen in `form` from each change on, and offers what was kept before. */
export function keepClaims(form: HTMLFormElement, reopen: Reopen): void {
  const save = (): void => void (form.dataset["filling"] === undefined && keepForm(form));
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  onOthers((one) => one === form && others(form).filter(({ elsewhere }) => elsewhere).forEach((found) => offerClaim(form, found, reopen)));
  void settle().then(() => others(form).forEach((found) => offerClaim(form, found, reopen)));
}

/** The claim was saved: the next one begins, empty or with what was chosen since it was sent. */
export function endClaim(form: HTMLFormElement, goesOn: boolean): void {
  bringOut(form);
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
  bringOut(form);
  const place = placeOf(form);
  const draft = draftAt(place);
  begin(form);
  tellNothing(form);
  if (draft?.values["reason"]?.trim()) offerClaim(form, { place, draft, elsewhere: false }, reopen, box());
  else if (draft) void throwAway(place);
}

/** What was offered in the chooser stays in sight when it is closed. */
const bringOut = (form: HTMLFormElement): void => void box()?.append(...form.querySelectorAll(".draft-offer"));

const offered = new Map<string, HTMLElement>();

/** Offers a claim with its reason, beside that of the chooser where one is written; what is offered already is shown as it is now. */
function offerClaim(form: HTMLFormElement, found: Found, reopen: Reopen, shown = besides(form)): void {
  const { place, draft, elsewhere } = found;
  if (!shown) return;
  offered.get(place)?.remove();
  const older = draft.basis !== form.dataset["basis"] ? " The item was changed since then: look whether the place is still right." : "";
  const when = `${elsewhere ? "on another device " : ""}on ${moment(draft.at)}`;
  const two = sideBySide(form, draft.values, `typed ${when}`);
  const reason = two ? "" : draft.values["reason"]?.trim();
  const sentence = `You chose a place ${when} and did not save the claim.${reason ? ` “${reason}”` : ""}${older}`;
  offered.set(place, offerBack(shown, place, sentence, () => chooseAgain(form, found, reopen), two));
}

function chooseAgain(form: HTMLFormElement, found: Found, reopen: Reopen): void {
  const { place, draft } = found;
  if (isChanged(form)) leaveClaim(form, reopen);
  if (!reopen(draft.values)) return offerClaim(form, found, reopen);
  putBack(form, place, draft);
}
