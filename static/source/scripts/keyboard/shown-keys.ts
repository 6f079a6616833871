/** Shows the present key of each deed wherever a page names one, and the list of all. */
import { caps, type Deed, firstKey, type FixedDeed, type KeyGroup } from "./keys";
import { keysOf } from "./changed-keys";
import { deedOf, markSwitched, offerSwitch } from "./short-cuts";

/** What stands on the key of a deed that cannot be changed, in one word. */
export const told = <In extends KeyGroup>(group: In, deed: FixedDeed<In>): string => caps(firstKey(group, deed)).join("+");

/** Writes changed keys in place of those with which the server drew the page. */
export function showKeys(within: ParentNode = document): void {
  for (const shown of within.querySelectorAll<HTMLElement>("[data-key-of]")) {
    const [group = "", deed = ""] = (shown.dataset["keyOf"] ?? "").split("/");
    const key = keysOf(group as KeyGroup)[deed];
    const names = key === "" ? ["none"] : caps(key ?? "");
    if (key !== undefined && names.join("") !== shown.textContent) shown.replaceChildren(...names.map(cap));
  }
}

/** Keeps the keys of the page right, and lets its list of keys be opened. */
export function startKeys(): void {
  markSwitched();
  showKeys();
  window.addEventListener("storage", () => (markSwitched(), showKeys()));
  for (const tick of document.querySelectorAll<HTMLInputElement>("[data-single-keys]")) offerSwitch(tick);
  const list = document.querySelector<HTMLDialogElement>("dialog[data-keys]");
  if (!list) return;
  const deeds: Record<Deed<"page">, () => void> = { "all keys": () => list.showModal() };
  for (const button of document.querySelectorAll("[data-keys-open]")) button.addEventListener("click", deeds["all keys"]);
  document.addEventListener("keydown", (event) => {
    const deed = deedOf("page", event);
    if (!deed) return;
    event.preventDefault();
    deeds[deed]();
  });
}

function cap(name: string): HTMLElement {
  const made = document.createElement("kbd");
  made.className = "kbd";
  made.textContent = name;
  return made;
}
