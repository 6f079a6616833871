/** Places in an account's text, counted in code points of its text content as the records count them. */

/** A passage: `start` and `end` in code points. */
export interface Passage {
  readonly start: number;
  readonly end: number;
}

/** The number of code points in `text`. */
function length(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; count += 1) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return count;
}

/** The passage that `range` covers in `account`, without the white space at its ends; null when nothing is left. */
export function passageOf(account: HTMLElement, range: Range): Passage | null {
  if (!range.intersectsNode(account)) return null;
  const whole = document.createRange();
  whole.selectNodeContents(account);
  const within = range.cloneRange();
  if (within.compareBoundaryPoints(Range.START_TO_START, whole) < 0) within.setStart(whole.startContainer, whole.startOffset);
  if (within.compareBoundaryPoints(Range.END_TO_END, whole) > 0) within.setEnd(whole.endContainer, whole.endOffset);
  const words = within.toString();
  if (!words.trim()) return null;
  const before = document.createRange();
  before.setStart(account, 0);
  before.setEnd(within.startContainer, within.startOffset);
  const start = length(before.toString()) + length(words.slice(0, words.length - words.trimStart().length));
  return { start, end: start + length(words.trim()) };
}

/** The range of the document that a passage covers. */
export function rangeOf(account: HTMLElement, passage: Passage): Range {
  const range = document.createRange();
  const walk = document.createTreeWalker(account, NodeFilter.SHOW_TEXT);
  let at = 0;
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const words = node.nodeValue ?? "";
    const next = at + length(words);
    if (at <= passage.start && passage.start < next) range.setStart(node, units(words, passage.start - at));
    if (at < passage.end && passage.end <= next) range.setEnd(node, units(words, passage.end - at));
    at = next;
  }
  return range;
}

/** The UTF-16 offset of the code point number `points`. */
function units(words: string, points: number): number {
  let at = 0;
  for (let left = points; left > 0 && at < words.length; left -= 1) at += (words.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
}

/** The words of a passage. */
export const wordsOf = (account: HTMLElement, passage: Passage): string =>
  rangeOf(account, passage).toString().replace(/\s+/g, " ");
