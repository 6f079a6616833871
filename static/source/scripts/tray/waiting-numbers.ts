/** Which sendings of forms wait in the tray, so that their words are not offered as drafts besides. */
import { formsOf, numberOf } from "./waiting-forms";

let known = new Set<string>();

/** Learns what waits of this person. A form that was refused is a draft again. */
export async function learnWaiting(person: string): Promise<void> {
  const waiting = await formsOf(person).catch(() => []);
  known = new Set(waiting.filter((one) => !one.refused).map(numberOf));
}

/** Whether the words that were sent with this number wait to be sent by themselves. */
export const waits = (number: string | undefined): boolean => number !== undefined && known.has(number);
