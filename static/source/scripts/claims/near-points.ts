/** The points that ask nearly what a ticked one asks: named below it, and ticked by one press. */
import { button } from "../page/button";

/** Those that are not ticked yet. */
export function nearOf(ticks: readonly HTMLInputElement[], tick: HTMLInputElement): HTMLInputElement[] {
  const keys = new Set((tick.dataset["near"] ?? "").split(" "));
  return ticks.filter((one) => keys.has(one.dataset["key"] ?? "") && !one.checked);
}

/** The sentence that names them. */
export const toldNear = (near: readonly HTMLInputElement[]): string => `Also asks nearly this: ${near.map((one) => (one.dataset["key"] ?? "").replace("/", " · ")).join(", ")}.`;

/** The sentence with its button; `done` once they are ticked. */
export function nearby(near: readonly HTMLInputElement[], done: () => void): HTMLElement {
  const box = document.createElement("div");
  box.className = "near small";
  const words = document.createElement("p");
  words.textContent = toldNear(near);
  const label = near.length > 1 ? `Tick these ${near.length} too` : "Tick it too";
  const tickAll = button(label, "secondary small", () => {
    for (const one of near) one.checked = true;
    const tick = box.previousElementSibling?.querySelector("input");
    box.remove();
    tick?.focus();
    done();
  });
  box.append(words, tickAll);
  return box;
}
