/** Two texts of one form side by side: what stands in it, and what was typed elsewhere. */
import { fields, type Values } from "../forms/field-values";

const isText = (field: HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement): boolean => field instanceof HTMLTextAreaElement || field.name === "reason";

/** The texts that a draft has otherwise than the form; beside each what stands in the form now, where something is written there. */
export function sideBySide(form: HTMLFormElement, values: Values, whence: string): HTMLElement | null {
  const differing = fields(form).filter((field) => isText(field) && values[field.name]?.trim() && values[field.name]?.trim() !== field.value.trim());
  if (!differing.length) return null;
  const box = document.createElement("div");
  box.className = "two-texts";
  for (const field of differing) {
    const label = field.labels?.[0]?.firstChild?.textContent?.trim() ?? "";
    if (field.value.trim()) box.append(text(label, "in this form", field.value));
    box.append(text(label, whence, values[field.name] ?? ""));
  }
  return box;
}

/** Whether something written stands beside a text of the draft. */
export const hasBoth = (box: HTMLElement | null): boolean => box !== null && box.querySelector(".two-texts-part:nth-child(2)") !== null;

function text(label: string, whence: string, words: string): HTMLElement {
  const [part, heading, said] = [document.createElement("div"), document.createElement("p"), document.createElement("div")];
  part.className = "two-texts-part";
  heading.className = "small";
  heading.textContent = `${label}, ${whence}`;
  said.className = "two-texts-words";
  said.dir = "auto";
  said.tabIndex = 0;
  said.setAttribute("role", "group");
  said.setAttribute("aria-label", `Text ${whence}`);
  said.textContent = words.trim();
  part.append(heading, said);
  return part;
}
