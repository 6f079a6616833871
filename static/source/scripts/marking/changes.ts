/** What changed of an item since the round before: brought into the text of its pane, and taken out of it again. */
import { fetchPiece } from "../forms/fetch-piece";
import { replacePieces } from "../forms/replace-pieces";
import { announce, flash } from "../page/messages";
import { pointInHand, show } from "./point-in-hand";

/** The texts as they were, by the ids of their versions. */
const plain = new Map<string, HTMLElement>();
const textOf = (id: string): HTMLElement | null => document.getElementById(`text-${id}`);

/** Starts listening to the links in the panes. */
export function startChanges(): void {
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("[data-changes], [data-unchanged]") : null;
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (link.dataset["changes"]) void bring(link.dataset["changes"], link.href);
    else putBack(link.dataset["unchanged"] ?? "");
  });
}

/** Shows what changed in the pane that is open, or takes it out again. */
export function turnChanges(): void {
  const link = [...document.querySelectorAll<HTMLElement>("[data-changes], [data-unchanged]")].find((one) => one.checkVisibility());
  if (link) link.click();
  else announce("Nothing else of this was handed in before.");
}

async function bring(id: string, address: string): Promise<void> {
  const [text, cursor] = [textOf(id), document.activeElement];
  const html = await fetchPiece(address);
  if (html === null) return flash("What changed could not be loaded. Try again in a moment.", "error");
  if (text) plain.set(id, text);
  replacePieces(html);
  show(pointInHand(), { scroll: false, anew: true });
  const isFree = document.activeElement === cursor || document.activeElement === document.body;
  if (isFree) document.querySelector<HTMLElement>(`[data-changed="${CSS.escape(id)}"]`)?.focus();
}

function putBack(id: string): void {
  const text = plain.get(id);
  if (!text) return;
  textOf(id)?.replaceWith(text);
  show(pointInHand(), { scroll: false, anew: true });
  text.querySelector<HTMLElement>("[data-changes]")?.focus();
}
