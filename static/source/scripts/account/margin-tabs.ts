/** Keeps the numbered tabs in an account's margin from lying on top of each other. */

const height = 24;

/** Moves each tab down where the one before it starts on the same line. Call again after passages changed. */
export function spreadTabs(account: HTMLElement): void {
  let free = -Infinity;
  for (const passage of account.querySelectorAll<HTMLElement>("mark.passage[id][data-n]")) {
    const top = passage.getClientRects()[0]?.top ?? 0;
    const nudge = Math.max(0, free - top);
    passage.style.setProperty("--nudge", `${nudge}px`);
    free = top + nudge + height;
  }
}
