/** Phrases for feedback: asked for once, and looked through for what somebody types. */

/** What can be inserted, as the desk offers it. */
export interface Phrase {
  readonly id: string;
  readonly kind: "own" | "shared" | "misconception";
  /** The ref of a point; empty for the whole unit. */
  readonly point: string;
  readonly words: string;
}

/** Phrases that belong together, in the order in which they are offered. */
export interface Found {
  readonly title: string;
  readonly phrases: readonly Phrase[];
  /** How many more there are. */
  readonly more: number;
}

/** How many are offered at once, so that the list need not scroll: whoever wants another types a letter more. */
const most = 9;
const ofPoint: readonly Phrase["kind"][] = ["own", "shared"];
/** One's own are of other points here, and do not crowd out what the centre shares. */
const ofUnit: readonly Phrase["kind"][] = ["shared", "own", "misconception"];

/** As words are compared: without capitals and accents. */
const plain = (text: string): string => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (text: string): string[] => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

/** Asks the centre; each phrase once, however often it was used. */
export async function askPhrases(address: string): Promise<readonly Phrase[]> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`the answer was ${answer.status}`);
  return ((await answer.json()) as { phrases: Phrase[] }).phrases;
}

/** Those in which every word of `typed` begins a word: of the point with this `ref` first, then of the unit. */
export function find(all: readonly Phrase[], ref: string, typed: string): Found[] {
  const wanted = wordsOf(typed);
  const fits = ({ words }: Phrase): boolean => wanted.every((begun) => wordsOf(words).some((word) => word.startsWith(begun)));
  const inOrder = (kinds: readonly Phrase["kind"][]): Phrase[] => kinds.flatMap((kind) => all.filter((one) => one.kind === kind && fits(one)));
  const here = inOrder(ofPoint).filter((one) => one.point === ref);
  const seen = new Set(here.map((one) => plain(one.words)));
  const unit = inOrder(ofUnit).filter((one) => one.point !== ref && (one.kind === "own" || !one.point) && !seen.has(plain(one.words)) && seen.add(plain(one.words)));
  const room = Math.max(0, most - here.length);
  const groups = [
    { title: `Point ${ref}`, phrases: here.slice(0, most), more: Math.max(0, here.length - most) },
    { title: "The unit", phrases: unit.slice(0, room), more: Math.max(0, unit.length - room) },
  ];
  return groups.filter((one) => one.phrases.length + one.more);
}
