/** Brings people to what went wrong in a form: the summary first, then each answer. */

/** Focuses the summary and lets its links focus the answer with its label in view. */
export function focusErrors(): void {
  const summary = document.querySelector<HTMLElement>("[data-errors]");
  if (!summary) return;
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const answer = link && document.getElementById(link.hash.slice(1));
    if (!answer) return;
    event.preventDefault();
    answer.closest(".field")?.scrollIntoView({ block: "start" });
    answer.focus({ preventScroll: true });
  });
}
