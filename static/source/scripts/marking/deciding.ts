/** The decision: in a dialog of the desk, or on a page of its own, where keys bring the cursor into it and send it. */
import { keepFormsIn } from "../drafts/form-drafts";
import { listUnsaved } from "../drafts/unsaved-feedback";
import { fetchPiece } from "../forms/fetch-piece";
import { fixedDeed } from "../keyboard/keys";
import { deedOf } from "../keyboard/short-cuts";
import { showKeys } from "../keyboard/shown-keys";
import { explainTimes } from "../page/reader-time";

let isComing = false;

const formHere = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>("form[data-decision]");

/** Sends the decision as its button does; whether there is one. */
export function sendDecision(): boolean {
  const form = formHere();
  form?.requestSubmit(form.querySelector<HTMLButtonElement>("[name=step]"));
  return form !== null;
}

/** Starts listening on the page of the decision, where one can be sent. */
export function decideByKeys(): void {
  document.addEventListener("keydown", (event) => {
    if (deedOf("deciding", event)) formHere()?.querySelector("textarea")?.focus();
    else if (fixedDeed("deciding", event)) sendDecision();
    else return;
    event.preventDefault();
  });
}

/** Opens the decision over the desk; its own page where it cannot be brought. `left` is told when it is closed again. */
export async function openDecision(address: string, left: () => void): Promise<void> {
  if (isComing || document.getElementById("deciding")) return;
  isComing = true;
  const html = await fetchPiece(address);
  isComing = false;
  if (html === null) return location.assign(address);
  document.body.insertAdjacentHTML("beforeend", html);
  const dialog = document.getElementById("deciding");
  if (!(dialog instanceof HTMLDialogElement)) return;
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.dataset["anew"] !== undefined) location.reload(); // verdicts say other words than the desk behind it
    else left();
  });
  explainTimes(dialog);
  showKeys(dialog);
  dialog.showModal();
  dialog.querySelector<HTMLElement>("textarea, [data-unsaved] ~ p, button")?.focus();
  listUnsaved();
  await keepFormsIn(dialog);
}
