/** The tray is drawn anew whenever something becomes of what waits: the focus, and what is folded open, stay where they were. */

const lineOf = (within: Element | null): HTMLElement | null => within?.closest<HTMLElement>("[data-capture], [data-waiting]") ?? null;
const idOf = (line: HTMLElement): string => line.dataset["capture"] ?? line.dataset["waiting"] ?? "";
const called = (one: Element): string => one.getAttribute("aria-label") ?? one.textContent ?? "";

/** Has `draw` draw the lines of `list`; a focus whose line is gone goes to `instead`. */
export function keepFocus(list: HTMLElement, instead: HTMLElement | null, draw: () => void): void {
  const focused = document.activeElement && list.contains(document.activeElement) ? document.activeElement : null;
  const [line, name] = [lineOf(focused), focused ? called(focused) : ""];
  const open = new Set([...list.querySelectorAll("details[open]")].map((one) => lineOf(one)).map((one) => one && idOf(one)));
  draw();
  const lines = [...list.querySelectorAll<HTMLElement>("[data-capture], [data-waiting]")];
  for (const one of lines) if (open.has(idOf(one))) one.querySelector("details")?.setAttribute("open", "");
  if (!focused) return;
  const now = lines.find((one) => line && idOf(one) === idOf(line));
  const same = [...(now?.querySelectorAll<HTMLElement>("a, button, summary") ?? [])].find((one) => called(one) === name);
  (same ?? instead)?.focus();
}
