/** Two texts of one form side by side: what stands in it, and what was typed elsewhere. */
import { fields, valuesDrawn, type Values } from "../forms/field-values";

type Field = ReturnType<typeof fields>[number];

const lines = new Set(["text", "date", "time", "search", "tel", "url", "email", "number", "select-one"]);
const isText = (field: Field): boolean => field instanceof HTMLTextAreaElement || field.name === "reason";

/** What a draft has written otherwise than the form; beside each what stands in the form now: a text, or a line that was changed there. */
export function sideBySide(form: HTMLFormElement, values: Values, whence: string): HTMLElement | null {
  const written = fields(form).filter((field) => isText(field) || (lines.has(field.type) && field.dataset["drawn"] === undefined));
  const differing = written.filter((field) => values[field.name]?.trim() && values[field.name]?.trim() !== field.value.trim());
  if (!differing.length) return null;
  const [box, drawn] = [document.createElement("div"), valuesDrawn(form)];
  box.className = "two-texts";
  for (const field of differing) {
    const label = field.labels?.[0]?.firstChild?.textContent?.trim() ?? "";
    if (field.value.trim() && (isText(field) || field.value !== drawn[field.name])) {
      box.append(text(label, "in this form", said(field, field.value)));
      box.dataset["both"] = "";
    }
    box.append(text(label, whence, said(field, values[field.name] ?? "")));
  }
  return box;
}

/** Whether something written stands beside what the draft has. */
export const hasBoth = (box: HTMLElement | null): boolean => box?.dataset["both"] !== undefined;

/** A value as the page says it. */
function said(field: Field, value: string): string {
  const option = field instanceof HTMLSelectElement ? [...field.options].find((one) => one.value === value) : null;
  return option?.text ?? value;
}

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
