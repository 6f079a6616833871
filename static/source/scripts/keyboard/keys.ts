/** The table of keys, the one home of every key: by group, what it does, in the words that people are shown, and the key. */

/** A key is a letter in lower case, a digit, a sign, or a name of the DOM; `Shift+` stands before letters and names,
 *  `Ctrl+` before what is pressed with Ctrl or ⌘. A blank divides keys that do the same. The build writes all of it as
 *  `static/build/keys.json`, for templates, for the page “Keys”, and for the tests of the documents. */
interface Group {
  /** Where the keys count. */
  readonly title: string;
  readonly keys: Readonly<Record<string, string>>;
  /** What cannot be changed: it belongs to a field, a list or a menu that has the cursor. */
  readonly fixed: Readonly<Record<string, string>>;
}

export const table = {
  points: {
    title: "Points and their evidence",
    keys: {
      "next point": "j",
      "point before": "k",
      "to the list of points": "l",
      "next place": "p",
      "place before": "Shift+p",
      "to the evidence": "e",
      "what changed in this evidence": "Shift+e",
      "to the verdict": "v",
      "earlier verdicts": "h",
      "round before": "o",
      "present round": "Shift+o",
    },
    fixed: {
      "on in the list of points": "ArrowDown ArrowRight",
      "back in the list of points": "ArrowUp ArrowLeft",
    },
  },
  marking: {
    title: "Marking",
    keys: {
      "next open point": "n",
      met: "1",
      "partly met": "2",
      "not met": "3",
      "rest on this place, or not": "Shift+r",
      "mark a place, or end that": "Shift+m",
      "what is wrong with the evidence": "w",
      "comment at the place shown": "Shift+w",
      "write feedback": "f",
      "phrases for feedback": "Shift+f",
      "save the verdict (met is saved by itself)": "s",
      undo: "u",
      decide: "d",
      "to “Retract the decision”": "r",
      "back to the queue": "q",
    },
    fixed: {
      "save while typing": "Ctrl+Enter",
      "leave the field": "Escape",
      "among the parts: tick part a; B ticks part b, and so on": "a",
    },
  },
  phrases: {
    title: "Phrases for feedback",
    keys: {},
    fixed: {
      "offer phrases; letters look for words": "/",
      "next phrase": "ArrowDown",
      "phrase before": "ArrowUp",
      "insert the phrase": "Enter",
      "close the list": "Escape",
    },
  },
  deciding: {
    title: "Deciding",
    keys: { "write to the learner": "f" },
    fixed: { "send the decision": "Ctrl+Enter" },
  },
  walk: {
    title: "Marking by point, where each point of the list is a learner",
    keys: { "what you found lately": "i", "hide or show names": "t", "also who has a verdict, or not": "b" },
    fixed: {},
  },
  recording: {
    title: "The recording used last",
    keys: {
      "play, pause": "Space",
      "5 seconds back": "ArrowLeft",
      "5 seconds on": "ArrowRight",
      "1 second back": "Shift+ArrowLeft",
      "1 second on": "Shift+ArrowRight",
      slower: "<",
      faster: ">",
      mute: "m",
      captions: "c",
      "full screen": "z",
    },
    fixed: {},
  },
  span: {
    title: "Claiming a part of a recording",
    keys: { "from here": "[", "to here": "]" },
    fixed: { "take the seconds that are typed": "Enter" },
  },
  sentences: {
    title: "Claiming words",
    keys: {},
    fixed: {
      "next sentence": "ArrowDown ArrowRight",
      "sentence before": "ArrowUp ArrowLeft",
      "to the next sentence, too": "Shift+ArrowDown Shift+ArrowRight",
      "to the sentence before, too": "Shift+ArrowUp Shift+ArrowLeft",
      "first sentence": "Home",
      "last sentence": "End",
      "choose points": "Enter Space",
      "let go": "Escape",
    },
  },
  rectangle: {
    title: "Claiming a part of a picture",
    keys: {},
    fixed: {
      "left, with Shift narrower": "ArrowLeft Shift+ArrowLeft",
      "right, with Shift wider": "ArrowRight Shift+ArrowRight",
      "up, with Shift lower": "ArrowUp Shift+ArrowUp",
      "down, with Shift higher": "ArrowDown Shift+ArrowDown",
      "choose points": "Enter Space",
      "let go": "Escape",
    },
  },
  chooser: {
    title: "Choosing points",
    keys: {},
    fixed: { "next point": "ArrowDown", "point before": "ArrowUp", "look for a point": "Enter", close: "Escape" },
  },
  notes: {
    title: "Writing about a recording",
    keys: { "note this moment": "n" },
    fixed: { "next note, while it plays": "Enter" },
  },
  meeting: {
    title: "Marking parts of a recording",
    keys: { "mark this part": "Enter" },
    fixed: { "save the part, begin the next": "Enter" },
  },
  change: {
    title: "Changing a key",
    keys: {},
    fixed: { "leave the key as it is": "Escape" },
  },
  page: {
    title: "Every page with keys",
    keys: { "all keys": "?" },
    fixed: { "close a menu": "Escape" },
  },
} as const satisfies Record<string, Group>;

/** Deeds that a page offers together. */
export type KeyGroup = keyof typeof table;
/** What a key does that can be changed. */
export type Deed<In extends KeyGroup> = keyof (typeof table)[In]["keys"] & string;
/** What a key does that cannot. */
export type FixedDeed<In extends KeyGroup> = keyof (typeof table)[In]["fixed"] & string;

const signs: Readonly<Record<string, string>> = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", Escape: "Esc" };

/** What stands on the keys that are pressed together. */
export const caps = (key: string): string[] => (key.length === 1 ? [key] : key.split("+")).map((one) => signs[one] ?? (one.length === 1 ? one.toUpperCase() : one));

/** The name of the key that is pressed, as the table writes it. */
export function nameOf(event: KeyboardEvent): string {
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shift = event.shiftKey && (key.length > 1 || /\p{L}/u.test(key));
  return `${event.ctrlKey || event.metaKey ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${key}`;
}

/** The first key of a deed that cannot be changed. */
export const firstKey = <In extends KeyGroup>(group: In, deed: FixedDeed<In>): string => (table[group].fixed as Group["fixed"])[deed]?.split(" ")[0] ?? "";

/** The deed of a key that cannot be changed; undefined where it has none. */
export function fixedDeed<In extends KeyGroup>(group: In, event: KeyboardEvent): FixedDeed<In> | undefined {
  const name = nameOf(event);
  const rows: Group["fixed"] = table[group].fixed;
  return Object.keys(rows).find((deed) => rows[deed]?.split(" ").includes(name)) as FixedDeed<In> | undefined;
}
