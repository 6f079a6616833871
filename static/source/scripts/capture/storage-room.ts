/** How much room there is on this device, and what is to be said of it before it hurts. */
import { isOpen } from "./capture-store";
import { isSafari } from "./formats";

/** Bytes a second, until the recording itself tells. */
export const rates = { sound: 16_000, film: 330_000 };
const little = 10 * 60;
const dayOfSafari = 7;

/** Bytes that can still be kept; null where the browser does not say. */
export async function roomLeft(): Promise<number | null> {
  const told = await navigator.storage?.estimate?.().catch(() => null);
  return told?.quota === undefined ? null : Math.max(told.quota - (told.usage ?? 0), 0);
}

/** Asks the browser to throw nothing away by itself. */
export const askToKeep = async (): Promise<boolean> => (await navigator.storage?.persist?.().catch(() => false)) ?? false;

/** `about 12 minutes`, `about 3 hours`. */
export function lasting(seconds: number): string {
  if (seconds < 60) return "less than a minute";
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  if (hours >= 2) return `about ${Math.min(hours, 12)} hours`;
  return `about ${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
}

/** Whether nothing can be kept here, so that nothing should be recorded. */
export const isClosed = async (): Promise<boolean> => !(await isOpen());

/** Sentences for whoever is about to record: that there is little room, that what is kept does not stay. */
export async function warnings(): Promise<string[]> {
  const [left, said] = [await roomLeft(), [] as string[]];
  if (left !== null && left / rates.sound < little) {
    said.push(`This device has little room left for this site: ${lasting(left / rates.sound)} of sound. A private window has little room, too. Make room, or open Markwell in an ordinary window.`);
  }
  if (isSafari() && !(await navigator.storage?.persisted?.().catch(() => false))) {
    said.push(`This browser throws away what a site keeps when you do not come back for ${dayOfSafari} days. What you record is sent by itself while a page of Markwell is open: come back before that.`);
  }
  return said;
}
