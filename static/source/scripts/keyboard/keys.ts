/** The table of single keys: what each does, in the words of the list that the page shows (`templates/assessment/_keys.html`). */

/** On the marking view. */
export const markingKeys = {
  j: "next point",
  k: "point before",
  n: "next open point",
  p: "next place",
  "Shift+p": "place before",
  1: "met: saved at once",
  2: "partly met",
  3: "not met",
  f: "write feedback",
  s: "save the verdict",
  u: "undo",
  e: "to the evidence",
  x: "say what is wrong with the evidence",
  d: "decide",
  "?": "all keys",
} as const;

/** In the recording that was used last. */
export const recordingKeys = {
  " ": "play, pause",
  ArrowLeft: "5 seconds back, with Shift 1",
  ArrowRight: "5 seconds on, with Shift 1",
} as const;

/** In the recording in which a learner marks a span. */
export const spanKeys = { "[": "from here", "]": "to here" } as const;

/** Where an item with a recording is changed. */
export const noteKeys = { n: "note this moment" } as const;

/** What a key does by one of these tables; undefined where it does nothing. */
export function deedOf<Deed extends string>(table: Readonly<Record<string, Deed>>, key: string): Deed | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
