/** The page of the decision: feedback that was typed on this device and is not saved is named there, before anybody decides. */
import { kept } from "./kept";

/** Shows the points whose feedback is not saved; the first press on the decision's button only points at them. */
export function listUnsaved(): void {
  const box = document.querySelector<HTMLElement>("[data-unsaved]");
  if (!box) return;
  for (const line of box.querySelectorAll<HTMLElement>("[data-kept]")) if (kept(line.dataset["kept"] ?? "") === null) line.remove();
  if (!box.querySelector("[data-kept]")) return;
  box.hidden = false;
  document.querySelector("form[data-decision]")?.addEventListener("submit", (event) => (event.preventDefault(), box.focus()), { once: true });
}
