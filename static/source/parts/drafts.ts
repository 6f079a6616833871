/** Keeps what is typed into a long form on this device, and offers it back until the form was saved. */
import { keep, kept, keptKeys, letGo } from "./kept";

interface Draft {
  readonly at: string;
  readonly values: Record<string, string>;
  readonly sent?: boolean;
}

type Typed = HTMLInputElement | HTMLTextAreaElement;

const kinds = new Set(["text", "textarea", "date", "search", "tel", "url", "email", "checkbox", "radio"]);
const pause = 300;

/** Starts keeping the form of this page that asks for it, and lets go of those that were saved. */
export function keepDrafts(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-draft]");
  const key = `draft:${form?.dataset["draft"] ?? ""}`;
  if (!document.querySelector(".refusal")) settle(form ? key : "");
  if (!form || form.querySelector("input[type=password]")) return;
  const draft = kept<Draft>(key);
  if (draft && differs(form, draft)) offer(form, key, draft);
  watch(form, key);
}

/** A draft that was sent is let go once another page answered; its own form again means that it was not saved. */
function settle(present: string): void {
  for (const key of keptKeys("draft:")) {
    const draft = kept<Draft>(key);
    if (!draft?.sent) continue;
    if (key === present) keep(key, { ...draft, sent: false });
    else letGo(key);
  }
}

function watch(form: HTMLFormElement, key: string): void {
  let timer = 0;
  const save = (sent: boolean): void => {
    window.clearTimeout(timer);
    keep(key, { at: new Date().toISOString(), values: typed(form), sent } satisfies Draft);
  };
  form.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => save(false), pause);
  });
  form.addEventListener("submit", () => save(true));
}

const name = (field: Typed): string => (field.type === "radio" || field.type === "checkbox" ? `${field.name}=${field.value}` : field.name);

function fields(form: HTMLFormElement): Typed[] {
  return [...form.querySelectorAll<Typed>("input, textarea")].filter((field) => field.name && kinds.has(field.type));
}

function written(field: Typed): string {
  return field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type) ? String(field.checked) : field.value;
}

function typed(form: HTMLFormElement): Record<string, string> {
  return Object.fromEntries(fields(form).map((field) => [name(field), written(field)]));
}

function differs(form: HTMLFormElement, draft: Draft): boolean {
  return fields(form).some((field) => (draft.values[name(field)] ?? written(field)) !== written(field));
}

function offer(form: HTMLFormElement, key: string, draft: Draft): void {
  const notice = document.createElement("div");
  notice.className = "notice is-info draft-offer";
  notice.setAttribute("role", "region");
  notice.setAttribute("aria-label", "Kept from before");
  const words = document.createElement("p");
  const moment = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" });
  words.textContent = `We kept what you typed on ${moment.format(new Date(draft.at))}.`;
  const back = button("Put it back", () => (putBack(form, draft), notice.remove(), fields(form)[0]?.focus()));
  const away = button("Throw away", () => (letGo(key), notice.remove(), fields(form)[0]?.focus()));
  const both = document.createElement("div");
  both.className = "cluster";
  both.append(words, back, away);
  notice.append(both);
  form.prepend(notice);
}

function putBack(form: HTMLFormElement, draft: Draft): void {
  for (const field of fields(form)) {
    const value = draft.values[name(field)];
    if (value === undefined) continue;
    if (field instanceof HTMLInputElement && /^(radio|checkbox)$/.test(field.type)) field.checked = value === "true";
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function button(label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-secondary button-small";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}
