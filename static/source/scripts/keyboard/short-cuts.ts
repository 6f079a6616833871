/** When single keys count as short cuts: off while somebody types, and off altogether for who wants it so (WCAG 2.2, 2.1.4). */
import { keep, kept } from "../drafts/device-storage";

const setting = "single-keys";

/** Whether the person wants single keys. */
export const keysWanted = (): boolean => kept<boolean>(setting) ?? true;

/** Lets the person switch single keys off and on. */
export const wantKeys = (wanted: boolean): void => void keep(setting, wanted);

/** Whether `target` takes letters itself. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !/^(radio|checkbox|range|button|submit)$/.test(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** Whether Space or an arrow at `target` means something already. */
export function answersKeys(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest("button, input, select, summary, audio, video, dialog, [role=button]") !== null;
}

/** The key of a short cut that counts now, with `Shift+` in front of a letter; empty otherwise. */
export function shortCut(event: KeyboardEvent): string {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return "";
  if (isTyping(event.target) || !keysWanted() || document.querySelector("dialog[open]")) return "";
  return event.key.length === 1 && /[a-z]/i.test(event.key)
    ? `${event.shiftKey ? "Shift+" : ""}${event.key.toLowerCase()}`
    : event.key;
}
