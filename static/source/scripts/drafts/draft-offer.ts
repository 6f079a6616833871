/** Notices over a form, by which words are offered that were kept on this device. */
import { fields } from "../forms/field-values";

/** A button's label, and what it does. */
export type Deed = readonly [string, () => void];

/** The moment of a draft as people read it. */
export const moment = (at: string): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }).format(new Date(at));

/** Says `sentence` over the form, or in the box, below what is offered there already; any of the deeds takes it away again. */
export function offer(form: HTMLElement, sentence: string, deeds: readonly Deed[]): void {
  const box = document.createElement("div");
  box.className = "notice is-info draft-offer";
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Kept from before");
  const [words, both] = [document.createElement("p"), document.createElement("div")];
  words.textContent = sentence;
  both.className = "cluster";
  both.append(words, ...deeds.map(([label, deed]) => button(label, () => (box.remove(), deed(), focusFirst(form)))));
  box.append(both);
  const last = [...form.querySelectorAll(":scope > .draft-offer")].at(-1);
  if (last) last.after(box);
  else form.prepend(box);
}

function focusFirst(form: HTMLElement): void {
  if (form instanceof HTMLFormElement) fields(form).find((field) => field.type !== "hidden")?.focus();
}

function button(label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-secondary button-small";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}
