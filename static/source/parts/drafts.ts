/** Keeps what is typed into forms on this device until the server says that this very form was saved. */
import { differs, fields, fill, isChanged, valuesOf, type Values } from "./fields";
import { flash } from "./flash";
import { keep, kept, keptKeys, letGo } from "./kept";
import { keyOf, savedOf } from "./session";

interface Draft {
  readonly at: string;
  readonly values: Values;
  /** Where the form is, and what its page is called: for whoever asks what is not saved. */
  readonly page: string;
  readonly title: string;
  /** The version on which the words are based, where the form changes something. */
  readonly basis?: string | undefined;
  /** The key with which it was sent; it was saved when the server knows the key. */
  readonly sent?: string | undefined;
}

const pause = 300;
const start = "draft:";

/** Starts keeping the forms of this page that ask for it, and lets go of those that were saved. */
export function keepDrafts(): void {
  letGoOf((document.body.dataset["saved"] ?? "").split(" "));
  const forms = [...document.querySelectorAll<HTMLFormElement>("form[data-draft]")].filter((form) => !form.querySelector("input[type=password]"));
  for (const form of forms) {
    keepKeyOnTheWayBack(form);
    watch(form);
  }
  const sent = keptKeys(start).flatMap((key) => kept<Draft>(key)?.sent ?? []);
  if (!sent.length) return forms.forEach((form) => takeUp(form, false));
  void savedOf(sent).then((saved) => {
    letGoOf(saved ?? []);
    for (const form of forms) takeUp(form, saved !== null);
  });
}

function letGoOf(saved: readonly string[]): void {
  for (const key of keptKeys(start)) if (saved.includes(kept<Draft>(key)?.sent ?? "none")) letGo(key);
}

const keyFor = (form: HTMLFormElement): string => `${start}${form.dataset["draft"] ?? ""}`;

function watch(form: HTMLFormElement): void {
  let timer = 0;
  const save = (sent?: string): void => {
    window.clearTimeout(timer);
    timer = 0;
    if (!isChanged(form) && !sent && !document.querySelector("[data-errors]")) return letGo(keyFor(form));
    const [page, title] = [location.pathname, document.title.replace(/ · Markwell$/, "")];
    keep(keyFor(form), { at: new Date().toISOString(), values: valuesOf(form), page, title, basis: form.dataset["basis"], sent } satisfies Draft);
  };
  form.addEventListener("input", (event) => {
    if (!event.isTrusted && form.dataset["filling"] !== undefined) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, pause);
  });
  window.addEventListener("pagehide", () => timer && save());
  form.addEventListener("submit", (event) => {
    save(keyOf(form)?.value);
    if (keyOf(form)) sessionStorage.setItem(keyFor(form), keyOf(form)?.value ?? "");
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    flash("You are offline, so this is not saved yet. Your words are kept on this device: save again when you are connected.", "warning");
  });
}

/** A browser that goes back may draw the form anew and put the words back in: it is still the form that was sent. */
function keepKeyOnTheWayBack(form: HTMLFormElement): void {
  const way = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined;
  const [key, sent] = [keyOf(form), sessionStorage.getItem(keyFor(form))];
  if (!key || !sent || way?.type !== "back_forward") return;
  window.addEventListener("pageshow", () => isChanged(form) && (key.value = sent), { once: true });
}

/** Offers what was kept, or puts it back where it was sent and the server says that it has not saved it (`asked`). */
function takeUp(form: HTMLFormElement, asked: boolean): void {
  const draft = kept<Draft>(keyFor(form));
  if (!draft || !differs(form, draft.values)) return;
  const moment = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }).format(new Date(draft.at));
  const older = draft.basis !== form.dataset["basis"];
  if (asked && draft.sent && !older && !isChanged(form)) {
    putBack(form, draft);
    notice(form, `What you sent on ${moment} was not saved. We put it back: look at it and save again.`, [
      ["Throw away", () => (letGo(keyFor(form)), form.reset())],
    ]);
  } else {
    const since = older ? " It was changed since then." : "";
    notice(form, `We kept what you typed on ${moment}.${since}`, [
      ["Put it back", () => putBack(form, draft)],
      ["Throw away", () => letGo(keyFor(form))],
    ]);
  }
}

/** The words with the key they were sent with: should they have been saved after all, they are not saved twice. */
function putBack(form: HTMLFormElement, draft: Draft): void {
  form.dataset["filling"] = "";
  fill(form, draft.values);
  delete form.dataset["filling"];
  const key = keyOf(form);
  if (key && draft.sent) key.value = draft.sent;
}

function notice(form: HTMLFormElement, sentence: string, deeds: readonly (readonly [string, () => void])[]): void {
  const box = document.createElement("div");
  box.className = "notice is-info draft-offer";
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Kept from before");
  const [words, both] = [document.createElement("p"), document.createElement("div")];
  words.textContent = sentence;
  both.className = "cluster";
  both.append(words, ...deeds.map(([label, deed]) => button(label, () => (deed(), box.remove(), fields(form)[0]?.focus()))));
  box.append(both);
  form.prepend(box);
}

function button(label: string, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-secondary button-small";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}
