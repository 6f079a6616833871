/** When single keys count as short cuts: off while somebody types, and off altogether for who wants it so (WCAG 2.2, 2.1.4). */
import { keep, kept } from "../drafts/device-storage";
import { keysOf } from "./changed-keys";
import { type Deed, type KeyGroup, nameOf } from "./keys";

const setting = "single-keys";

/** Whether the person wants single keys. */
export const keysWanted = (): boolean => kept<boolean>(setting) ?? true;

/** Lets the person switch single keys off and on by this tick; while they are off none is shown beside what it would do. */
export function offerSwitch(tick: HTMLInputElement): void {
  tick.checked = keysWanted();
  tick.addEventListener("change", () => (keep(setting, tick.checked), markSwitched()));
}

/** Lets the styles know whether single keys count. */
export const markSwitched = (): void => void document.documentElement.classList.toggle("no-single-keys", !keysWanted());

/** Whether `target` takes letters itself. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !/^(radio|checkbox|range|button|submit)$/.test(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

/** Whether a key that is no letter or sign means something at `target` already. */
function isAnswered(name: string, target: EventTarget | null): boolean {
  if (/^(?:Shift\+)?.$/u.test(name) || !(target instanceof Element)) return false;
  const answering = "button, input, select, summary, audio, video, dialog, [role=button]";
  return target.closest(name.endsWith("Enter") ? `${answering}, a` : answering) !== null;
}

/** The deed of a key that counts now; undefined where it has none in this group. */
export function deedOf<In extends KeyGroup>(group: In, event: KeyboardEvent): Deed<In> | undefined {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (isTyping(event.target) || !keysWanted() || document.querySelector("dialog[open]")) return undefined;
  const name = nameOf(event);
  if (isAnswered(name, event.target)) return undefined;
  return Object.entries(keysOf(group)).find(([, key]) => key === name)?.[0] as Deed<In> | undefined;
}
