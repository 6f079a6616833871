/** The fields of a form that people fill in: read, compared with how they came, and filled again. */

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What every field says, by its name (and value, for a tick). */
export type Values = Record<string, string>;

const kinds = new Set(["text", "textarea", "date", "time", "search", "tel", "url", "email", "number", "checkbox", "radio", "select-one"]);

const isTick = (field: Field): field is HTMLInputElement => field.type === "radio" || field.type === "checkbox";
const name = (field: Field): string => (isTick(field) ? `${field.name}=${field.value}` : field.name);
const written = (field: Field): string => (isTick(field) ? String(field.checked) : field.value);

/** A hidden field that people fill in by what they do on the page says how it was drawn: its own default follows its value. */
const isWorked = (field: Field): boolean => field.dataset["drawn"] !== undefined;

/** The fields in their order; no files, no passwords, nothing hidden but what people fill in by other means. */
export function fields(form: HTMLFormElement): Field[] {
  return [...form.querySelectorAll<Field>("input, textarea, select")].filter((field) => field.name && (kinds.has(field.type) || isWorked(field)));
}

/** What is in the form now. */
export function valuesOf(form: HTMLFormElement): Values {
  return Object.fromEntries(fields(form).map((field) => [name(field), written(field)]));
}

/** What the form says otherwise than `known`. */
export const valuesBeyond = (form: HTMLFormElement, known: Values): Values =>
  Object.fromEntries(Object.entries(valuesOf(form)).filter(([name, value]) => value !== known[name]));

/** Whether the form says something else than `values`. */
export function differs(form: HTMLFormElement, values: Values): boolean {
  return fields(form).some((field) => (values[name(field)] ?? written(field)) !== written(field));
}

/** Whether somebody changed the form since the server drew it. */
export function isChanged(form: HTMLFormElement): boolean {
  return fields(form).some((field) => written(field) !== asDrawn(field));
}

/** What the form said when the server drew it. */
export function valuesDrawn(form: HTMLFormElement): Values {
  return Object.fromEntries(fields(form).map((field) => [name(field), asDrawn(field)]));
}

/** Whether the server drew just `values`; it leaves out the space around a text. */
export const isDrawn = (form: HTMLFormElement, values: Values): boolean =>
  fields(form).every((field) => (values[name(field)] ?? asDrawn(field)).trim() === asDrawn(field).trim());

function asDrawn(field: Field): string {
  if (isWorked(field)) return field.dataset["drawn"] ?? "";
  if (isTick(field)) return String(field.defaultChecked);
  if (field instanceof HTMLSelectElement) return ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value ?? "";
  return field.defaultValue;
}

/** Fills the form with `values`. */
function fill(form: HTMLFormElement, values: Values): void {
  for (const field of fields(form)) {
    const value = values[name(field)];
    if (value === undefined || value === written(field)) continue;
    if (isTick(field)) field.checked = value === "true";
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    if (isTick(field)) field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Fills the form without this being taken for typing. */
export function fillQuietly(form: HTMLFormElement, values: Values): void {
  form.dataset["filling"] = "";
  fill(form, values);
  delete form.dataset["filling"];
}

/** Makes the form what it was when the server drew it. */
export function drawAgain(form: HTMLFormElement): void {
  fillQuietly(form, valuesDrawn(form));
  form.reset();
}
