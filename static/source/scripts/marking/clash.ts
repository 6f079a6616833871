/** Where two gave verdicts without sight of each other: a button takes what the other saved into the form, field by field. */
import { keepForm } from "../drafts/draft-store";
import { fillQuietly, type Values } from "../forms/field-values";
import { announce } from "../page/messages";

/** Starts listening to the buttons. */
export function startTaking(): void {
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("button[data-take]") : null;
    const form = button?.closest("[data-verdict-for]")?.querySelector<HTMLFormElement>("form[data-clash]");
    if (!button || !form) return;
    fillQuietly(form, JSON.parse(button.dataset["take"] ?? "{}") as Values);
    keepForm(form);
    announce(button.dataset["taken"] ?? "");
  });
}

/** The first form of the page whose words meet another's and are not saved yet. */
export const clashing = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>("form[data-clash]");
