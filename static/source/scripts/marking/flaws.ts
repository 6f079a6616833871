/** What evidence fails in: said once for an item, saved by one request, and taken back by one. */
import { goOnBeyond } from "../drafts/taking-over";
import { tellNothing } from "../drafts/safe-line";
import { drawAgain, fillQuietly, valuesBeyond, valuesOf, type Values } from "../forms/field-values";
import { send } from "../forms/send-form";
import { announce, flash } from "../page/messages";
import { pointInHand, show } from "./point-in-hand";
import { gone } from "./presence";

/** Starts listening to the forms of the evidence. */
export function startFlaws(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.dataset["flaw"] === undefined) return;
    event.preventDefault();
    void save(form);
  });
}

/** Brings the cursor to what may be said against the evidence that is shown. */
export function sayFlaw(): void {
  const folded = document.querySelector<HTMLDetailsElement>(".pane:not([hidden]) details.flaw");
  if (!folded) return announce("Nothing can be said against evidence here.");
  folded.open = true;
  folded.querySelector<HTMLElement>("[name=fails]")?.focus();
}

async function save(form: HTMLFormElement): Promise<void> {
  const pane = form.closest<HTMLElement>("[data-pane]");
  const deed = form.dataset["flaw"] ?? "";
  const known = valuesOf(form);
  const answer = await send(form);
  show(pointInHand(), { scroll: false });
  if (answer?.kind === "refused" && answer.status === 404) return flash(gone(), "error");
  if (answer?.kind === "faulty") return pane?.querySelector<HTMLElement>("[role=alert]")?.focus();
  if (answer?.kind !== "saved") return;
  const goesOn = form.dataset["draft"] !== undefined && letGo(form, known);
  const item = pane?.querySelector(".eyebrow")?.textContent?.split("·")[0]?.trim() ?? "";
  flash(`${item}: ${deed}, for every point that it is claimed for.`);
  if (goesOn) announce("Saved. What you typed since then is not saved yet.");
  else pane?.querySelector<HTMLElement>("h3")?.focus();
}

/** What was saved stands above the form, which is empty again but for what was typed since; whether anything was. */
export function letGo(form: HTMLFormElement, known: Values): boolean {
  const since = valuesBeyond(form, known);
  const goesOn = Object.keys(since).length > 0;
  drawAgain(form);
  fillQuietly(form, since);
  tellNothing(form);
  goOnBeyond(form, goesOn);
  const folded = form.closest("details");
  if (folded) folded.open = goesOn;
  return goesOn;
}
