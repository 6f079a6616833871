/** Signing out with words that are not saved: asks first, and never takes them away unasked. */
import { button } from "../page/button";
import { kept, keptKeys } from "./device-storage";
import { draftPrefix, isUnsent, saved, throwAway, type Draft } from "./draft-store";

interface Unsaved {
  readonly page: string;
  readonly title: string;
}

const words = (): string[] => keptKeys(draftPrefix);

/** Has every form that signs out ask when something is kept on this device that was not saved. */
export function askAtSignOut(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || new URL(form.action).pathname !== "/sign-out" || !words().length) return;
    event.preventDefault();
    ask(form);
  });
}

/** What is kept: each draft tells its page. */
function unsaved(): Unsaved[] {
  const found = words().flatMap((key) => {
    const { page, title } = kept<Unsaved>(key) ?? { page: "", title: "" };
    return page ? [[page, { page, title }] as const] : [];
  });
  return [...new Map(found).values()].slice(0, 8);
}

/** Whether the centre has all of it, so that this device need not. */
const isSafe = (): boolean => words().every((key) => !isUnsent(kept<Draft>(key) ?? ({} as Draft)));

function ask(form: HTMLFormElement): void {
  const dialog = document.createElement("dialog");
  dialog.className = "keys-dialog";
  dialog.setAttribute("aria-labelledby", "unsaved-title");
  const [heading, list, sentence, buttons] = [made("h2", "Not everything is saved"), made("ul"), made("p"), made("div")];
  heading.id = "unsaved-title";
  sentence.textContent = "You typed this and did not save it. On a device that others use, throw it away or save it first.";
  list.append(...unsaved().map(line));
  buttons.className = "buttons";
  const goBack = button("Stay signed in", "primary", () => dialog.close());
  const keepIt = button("Sign out and keep it here for me", "secondary", () => form.submit());
  const away = button("Sign out and throw it away", "quiet", () => void throwAway(...words()).finally(() => form.submit()));
  const there = button("Sign out and keep it at the centre alone", "secondary", () => (words().forEach(saved), form.submit()));
  buttons.append(goBack, ...(isSafe() ? [there] : []), keepIt, away);
  dialog.append(heading, sentence, list, buttons);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function line({ page, title }: Unsaved): HTMLElement {
  const [item, link] = [made("li"), document.createElement("a")];
  link.href = page;
  link.textContent = title;
  item.append(link);
  return item;
}

function made(tag: string, words = ""): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = words;
  return element;
}
