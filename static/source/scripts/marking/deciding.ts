/** The page of the decision, by keys. */
import { fixedDeed } from "../keyboard/keys";
import { deedOf } from "../keyboard/short-cuts";

/** Starts listening, where a decision can be sent. */
export function decideByKeys(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-decision]");
  form?.ownerDocument.addEventListener("keydown", (event) => {
    if (deedOf("deciding", event)) form.querySelector("textarea")?.focus();
    else if (fixedDeed("deciding", event)) form.requestSubmit(form.querySelector<HTMLButtonElement>("[name=step]"));
    else return;
    event.preventDefault();
  });
}
