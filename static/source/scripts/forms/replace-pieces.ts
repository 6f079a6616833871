/** Puts pieces of a page that the server drew anew in place of the old ones. */
import { spreadTabs } from "../account/margin-tabs";
import { showKeys } from "../keyboard/shown-keys";
import { explainTimes } from "../page/reader-time";

/** Replaces each element of the page that has the id of a top-level element of `html`; keeps focus where it was. */
export function replacePieces(html: string): void {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  for (const fresh of [...holder.content.children]) {
    const old = fresh.id ? document.getElementById(fresh.id) : null;
    if (!old) continue;
    const focused = old.contains(document.activeElement) ? trace(document.activeElement) : null;
    if (old instanceof HTMLDetailsElement && fresh instanceof HTMLDetailsElement) fresh.open = old.open;
    old.replaceWith(fresh);
    if (focused) document.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
    if (fresh instanceof HTMLElement) dress(fresh);
  }
}

function dress(fresh: HTMLElement): void {
  explainTimes(fresh);
  showKeys(fresh);
  const accounts = fresh.matches(".account") ? [fresh] : fresh.querySelectorAll<HTMLElement>(".account");
  for (const account of accounts) spreadTabs(account);
}

/** A selector that finds the element again after it was drawn anew. */
function trace(element: Element | null): string | null {
  if (!(element instanceof HTMLElement)) return null;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const from = element.dataset["from"];
  return from === undefined ? null : `.sentence[data-from="${CSS.escape(from)}"]`;
}
