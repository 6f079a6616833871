/** Signing out with words that are not saved, or recordings that are not sent: asks first, and never takes them away unasked. */
import { removeThrown } from "../capture/capture-store";
import { removeThrownForms } from "../tray/waiting-forms";
import { markUnsent, unsent, type Unsent } from "../tray/tray-mark";
import { button } from "../page/button";
import { askCentre, sittingOf, turnsOf } from "./at-centre";
import { kept, keptKeys } from "./device-storage";
import { draftPrefix, saved, throwAway, type Draft } from "./draft-store";

const words = (): string[] => keptKeys(draftPrefix);

/** Has every form that signs out ask when something is kept on this device that was not saved. */
export function askAtSignOut(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || new URL(form.action).pathname !== "/sign-out" || !(words().length || unsent().length)) return;
    event.preventDefault();
    ask(form);
  });
}

/** What is kept: each draft and each recording tells its page. */
function unsaved(): Unsent[] {
  const found = words().flatMap((key) => {
    const { page, title } = kept<Unsent>(key) ?? { page: "", title: "" };
    return page ? [[page, { page, title }] as const] : [];
  });
  return [...unsent(), ...new Map(found).values()].slice(0, 8);
}

const turnOf = (key: string): number => kept<Draft>(key)?.turn ?? 1;
const isAmong = (turns: Map<string, number>) => (key: string): boolean => (turns.get(sittingOf(key)) ?? 0) >= turnOf(key);

/** Asks what the centre has now, whatever it had before: its turns where that is all of it, so that this device need not keep it. */
async function allAtCentre(): Promise<Map<string, number> | null> {
  const told = unsent().length ? null : await askCentre([], words().map(sittingOf));
  const turns = turnsOf(told?.held ?? []);
  return told && words().every(isAmong(turns)) ? turns : null;
}

function ask(form: HTMLFormElement): void {
  const dialog = document.createElement("dialog");
  dialog.className = "keys-dialog";
  dialog.setAttribute("aria-labelledby", "unsaved-title");
  const [heading, list, sentence, buttons] = [made("h2", unsent().length ? "Not everything is sent" : "Not everything is saved"), made("ul"), made("p"), made("div")];
  heading.id = "unsaved-title";
  sentence.textContent = unsent().length
    ? "This lies on this device alone. Stay until it is sent; on a device that others use, throw it away if you need it no more."
    : "You typed this and did not save it. On a device that others use, throw it away or save it first.";
  list.append(...unsaved().map(line));
  buttons.className = "buttons";
  const goBack = button("Stay signed in", "primary", () => dialog.close());
  const keepIt = button("Sign out and keep it here for me", "secondary", () => form.submit());
  const away = button("Sign out and throw it away", "quiet", () => void throwAllAway().finally(() => form.submit()));
  const there = (turns: Map<string, number>): HTMLElement =>
    button("Sign out and keep it at the centre alone", "secondary", () => (words().filter(isAmong(turns)).forEach(saved), form.submit()));
  buttons.append(goBack, keepIt, away);
  void allAtCentre().then((turns) => turns && goBack.after(there(turns)));
  dialog.append(heading, sentence, list, buttons);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

async function throwAllAway(): Promise<void> {
  await throwAway(...words()).catch(() => undefined);
  if (!unsent().length) return;
  const person = document.body.dataset["person"] ?? "";
  await removeThrown(person, null).catch(() => undefined);
  await removeThrownForms(person, null).catch(() => undefined);
  markUnsent([]);
}

function line({ page, title }: Unsent): HTMLElement {
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
