/** Folds of ticks say how many are chosen inside, so that a closed one hides nothing. */

/** Keeps the counts right while ticks are set and taken away. */
export function countChosen(): void {
  document.addEventListener("change", (event) => {
    const fold = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-counted]") : null;
    if (fold) count(fold);
  });
}

/** Counts anew in every fold below `root`, where ticks were changed without an event. */
export function recount(root: ParentNode): void {
  for (const fold of root.querySelectorAll<HTMLElement>("[data-counted]")) count(fold);
}

function count(fold: HTMLElement): void {
  const said = fold.querySelector<HTMLElement>("[data-chosen-count]");
  const chosen = fold.querySelectorAll("input:checked").length;
  if (said) said.textContent = chosen ? `, ${chosen} chosen` : "";
}
