/** Conversations on the desk: what is said, answered, read and taken back is sent by one request each. */
import { goOnAs } from "../drafts/draft-store";
import { keepFormsIn } from "../drafts/form-drafts";
import { fillQuietly, isChanged, valuesOf } from "../forms/field-values";
import { send } from "../forms/send-form";
import { letGo } from "../marking/flaws";
import { pointInHand, show } from "../marking/point-in-hand";
import { gone } from "../marking/presence";
import { announce, flash } from "../page/messages";
import { commentAt, commentAtFields, commentBy } from "./comment-form";

/** Starts listening to the forms of conversations, and to what leads to a place. */
export function startTalking(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || form.dataset["talk"] === undefined) return;
    event.preventDefault();
    void save(form);
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-comment-at]") : null;
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    commentBy(link);
  });
}

/** At the place that is shown; at the whole item where none is. */
export function commentHere(): void {
  const shown = document.querySelector<HTMLElement>("[data-point-where]:not([hidden]) [data-go][aria-current]");
  const link = shown?.parentElement?.querySelector<HTMLElement>("[data-comment-at]");
  const pane = [...document.querySelectorAll<HTMLElement>("[data-pane]")].find((one) => one.checkVisibility());
  const { own, go = "", ...fields } = { ...shown?.dataset };
  if (own !== undefined) commentAtFields(go, fields as Record<string, string>, shown?.textContent?.trim() ?? "");
  else if (link) commentBy(link);
  else commentAt(pane?.dataset["pane"] ?? "", { kind: "whole" });
}

async function save(form: HTMLFormElement): Promise<void> {
  const pane = form.closest<HTMLElement>("[data-pane]");
  const talk = form.closest<HTMLElement>("article[id^=conversation]")?.id ?? "";
  if (formsOf(pane).some((one) => one !== form && one.dataset["speaking"] !== undefined)) return announce("Not sent: stop the recording beside it first.");
  const [sentence, known, besides] = [form.dataset["talk"] ?? "", valuesOf(form), formsOf(pane)];
  const answer = await send(form);
  if (answer?.kind === "refused" && answer.status === 404) return flash(gone(), "error");
  if (answer?.kind !== "saved") return;
  for (const one of besides) if (one !== form && !one.isConnected && isChanged(one)) bringBack(one, pane);
  for (const one of formsOf(pane)) if (!besides.includes(one)) void keepFormsIn(one.parentElement);
  show(pointInHand(), { scroll: false });
  const goesOn = form.dataset["draft"] !== undefined && letGo(form, known);
  flash(sentence);
  if (goesOn) announce("Sent. What you typed since then is not sent yet.");
  else (document.getElementById(talk) ?? pane?.querySelector<HTMLElement>("h3"))?.focus();
}

const formsOf = (pane: HTMLElement | null): HTMLFormElement[] => [...(pane?.querySelectorAll<HTMLFormElement>("form[data-talk][data-draft]") ?? [])];

/** What is typed in another conversation and not sent stays in its form when that is drawn anew. */
function bringBack(old: HTMLFormElement, pane: HTMLElement | null): void {
  const anew = formsOf(pane).find((one) => one.dataset["draft"] === old.dataset["draft"]);
  if (!anew) return;
  goOnAs(anew, old);
  fillQuietly(anew, valuesOf(old));
}
