/** The page “Keys”: each key is changed by pressing a button and then the new key, and put back as it came. */
import { button } from "../page/button";
import { announce } from "../page/messages";
import { fixedIn, give, holdersOf, isChanged, keysOf, putAllBack } from "./changed-keys";
import { caps, fixedDeed, type KeyGroup, nameOf, table } from "./keys";
import { showKeys, told } from "./shown-keys";

/** What can be a single key: a letter, digit or sign, an arrow, Space, Enter; with Shift where that makes another key. */
const single = /^(?:Shift\+)?(?:\S|Arrow(?:Up|Down|Left|Right)|Space|Enter)$/u;
/** Told by browsers of what is no key of its own. */
const unfinished = /^(?:Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Process|Unidentified)$/;

/** A row of the page whose key can be changed. */
interface Row {
  readonly element: HTMLElement;
  readonly group: KeyGroup;
  readonly deed: string;
}

const part = (row: Row, name: string): HTMLElement | null => row.element.querySelector<HTMLElement>(`[data-${name}]`);
const said = (key: string): string => (key ? caps(key).join("+") : "none");
const cameAs = ({ group, deed }: Row): string => (table[group].keys as Readonly<Record<string, string>>)[deed] ?? "";

/** Starts the page. */
export function changeKeys(): void {
  for (const element of document.querySelectorAll<HTMLElement>("[data-changeable]")) {
    const [group = "", deed = ""] = (element.dataset["changeable"] ?? "").split("/");
    const row: Row = { element, group: group as KeyGroup, deed };
    part(row, "change")?.addEventListener("click", () => listen(row));
    part(row, "back")?.addEventListener("click", () => choose(row, cameAs(row)));
  }
  document.querySelector("[data-print]")?.addEventListener("click", () => window.print());
  document.querySelector("[data-all-back]")?.addEventListener("click", () => {
    putAllBack();
    draw();
    document.querySelector<HTMLElement>("[data-print]")?.focus();
    announce("All keys are as they came.");
  });
  window.addEventListener("storage", draw);
  draw();
}

/** The page as the keys are now. */
function draw(): void {
  showKeys();
  let any = false;
  for (const back of document.querySelectorAll<HTMLElement>("[data-back]")) {
    const [group = "", deed = ""] = (back.closest<HTMLElement>("[data-changeable]")?.dataset["changeable"] ?? "").split("/");
    back.hidden = !isChanged(group as KeyGroup, deed);
    any ||= !back.hidden;
  }
  document.querySelector("[data-all-back]")?.toggleAttribute("hidden", !any);
}

/** Waits for the new key in a field, so that screen readers and telephones let every key through. */
function listen(row: Row): void {
  close();
  const field = document.createElement("input");
  field.className = "input keys-field";
  field.autocapitalize = "off";
  field.autocomplete = "off";
  field.placeholder = "Press it";
  field.setAttribute("aria-label", `New key for “${row.deed}”. Press it, or ${told("change", "leave the key as it is")} to leave it.`);
  field.dataset["asks"] = "";
  field.addEventListener("keydown", (event) => pressed(row, event));
  field.addEventListener("input", () => chosen(row, field.value.slice(-1).toLowerCase())); // telephones name no key
  field.addEventListener("blur", () => queueMicrotask(() => field.remove()));
  part(row, "change")?.after(field);
  field.focus();
}

function pressed(row: Row, event: KeyboardEvent): void {
  if (unfinished.test(event.key) || event.isComposing || event.repeat || event.key === "Tab") return;
  event.preventDefault();
  event.stopPropagation();
  if (fixedDeed("change", event)) leave(row, `“${row.deed}” keeps its key.`);
  else chosen(row, nameOf(event));
}

function chosen(row: Row, key: string): void {
  const fixed = fixedIn(row.group, key);
  const own = key === cameAs(row);
  if (!single.test(key)) ask(row, `${said(key)} cannot be a single key. A letter, a digit, a sign, an arrow or Space can.`);
  else if (fixed && !own) ask(row, `${said(key)} is always “${fixed}” here.`);
  else choose(row, key);
}

/** Gives the row a key, or says whose it is and offers to swap. */
function choose(row: Row, key: string): void {
  const { group, deed } = row;
  const holders = holdersOf(group, key).filter((one) => one.group !== group || one.deed !== deed);
  const [holder] = holders;
  if (!holder) return settle(row, key);
  const mine = keysOf(group)[deed] ?? "";
  const swappable = holders.length === 1 && mine && holdersOf(holder.group, mine).every((one) => one.deed === deed);
  ask(row, `${said(key)} is already ${holders.map((one) => `“${one.deed}”`).join(" and ")}.`, swappable ? button("Swap the two", "secondary small", () => {
    give(holder.group, holder.deed, mine);
    settle(row, key, ` “${holder.deed}” is ${said(mine)}.`);
  }) : undefined);
}

function settle(row: Row, key: string, also = ""): void {
  const keeps = give(row.group, row.deed, key);
  draw();
  leave(row, keeps ? `“${row.deed}” is ${said(key)} now.${also}` : "This device keeps nothing, so the key could not be changed.");
}

/** Says under the row what is in the way, with what can be done about it. */
function ask(row: Row, sentence: string, offer?: HTMLButtonElement): void {
  close();
  const line = document.createElement("p");
  line.className = "keys-asks cluster";
  line.dataset["asks"] = "";
  line.setAttribute("role", "alert");
  const words = document.createElement("span");
  words.textContent = sentence;
  const left = button("Leave it", "quiet small", () => leave(row, `“${row.deed}” keeps its key.`));
  line.append(words, ...(offer ? [offer] : [button("Another key", "secondary small", () => listen(row))]), left);
  part(row, "change")?.parentElement?.append(line);
  line.querySelector("button")?.focus();
}

/** Back to the row's button. */
function leave(row: Row, sentence: string): void {
  close();
  part(row, "change")?.focus();
  announce(sentence);
}

/** One row at a time asks. */
function close(): void {
  for (const one of document.querySelectorAll("[data-asks]")) one.remove();
}
