/** The page of the decision: feedback that was typed on any device and is not saved is named there, before anybody decides. */
import { placesOf } from "./draft-store";
import { settle } from "./settling";

/** Shows the points whose feedback is not saved; the first press on the decision's button only points at them. */
export function listUnsaved(): void {
  const box = document.querySelector<HTMLElement>("[data-unsaved]");
  if (!box) return;
  let warned = false;
  show(box);
  void settle().then(() => show(box));
  document.querySelector("form[data-decision]")?.addEventListener("submit", (event) => {
    if (warned || !show(box)) return;
    warned = true;
    event.preventDefault();
    box.focus();
  });
}

/** Leaves only the lines of points for which something is kept now; whether there are any. */
function show(box: HTMLElement): boolean {
  const lines = [...box.querySelectorAll<HTMLElement>("[data-kept]")];
  for (const line of lines) line.hidden = !placesOf(line.dataset["kept"] ?? "").length;
  box.hidden = lines.every((line) => line.hidden);
  return !box.hidden;
}
