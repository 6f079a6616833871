/** What was recorded here and lies on this device until the server has it: per person, in slices; uses no page, so a worker can, too. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** What was recorded: `film` with sound, `photo` as one picture. */
export type Sort = "sound" | "film" | "photo";

/** A span of the recording in seconds, or the whole of it where both are null, and the ids of the points it is offered for. */
export interface ClaimedSpan {
  readonly begins: number | null;
  readonly ends: number | null;
  readonly points: readonly number[];
}

/** The item that is to be made of a capture. */
export interface Item {
  readonly title: string;
  readonly claims: readonly ClaimedSpan[];
}

/** `recording` until it is stopped; `kept` until somebody saves it; `queued` until the server has it and its item. */
type State = "recording" | "kept" | "queued";

/** One recording or photo. */
export interface Capture {
  /** Random: by it the server knows the file and the item again, however often they are sent. */
  readonly id: string;
  readonly person: string;
  readonly sort: Sort;
  readonly type: string;
  readonly name: string;
  /** An ISO 8601 moment, and the day that it was then by the device's own clock; what was recorded before days were kept has none. */
  readonly begun: string;
  readonly day?: string;
  readonly state: State;
  readonly size: number;
  readonly seconds: number;
  readonly slices: number;
  readonly item: Item;
  /** Whether its page ended while it recorded, or while it copied what the phone's own camera `brought`. */
  readonly rescued?: boolean;
  readonly brought?: boolean;
  /** When somebody threw it away. */
  readonly thrown?: string;
  /** The address at which it is on its way, and the id of the file that it became. */
  readonly upload?: string;
  readonly file?: string;
  /** The server's sentence, where it was not taken. */
  readonly refused?: string;
  /** When it began to wait to be sent. */
  readonly queued?: string;
}

interface Slice {
  readonly capture: string;
  readonly at: number;
  readonly bytes: ArrayBuffer;
}

interface Schema extends DBSchema {
  captures: { key: string; value: Capture; indexes: { person: string } };
  slices: { key: [string, number]; value: Slice };
}

const batch = 64;
let opened: Promise<IDBPDatabase<Schema>> | null = null;

function store(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>("markwell-captures", 1, {
    upgrade(fresh) {
      fresh.createObjectStore("captures", { keyPath: "id" }).createIndex("person", "person");
      fresh.createObjectStore("slices", { keyPath: ["capture", "at"] });
    },
    blocking: () => void opened?.then((old) => (old.close(), (opened = null))),
    terminated: () => void (opened = null),
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** Whether this browser keeps anything at all: some do not in private windows. */
export const isOpen = (): Promise<boolean> => store().then(() => true, () => false);

/** Everything of a person that is not thrown away, in the order in which it was begun. */
export async function capturesOf(person: string): Promise<Capture[]> {
  const found = await (await store()).getAllFromIndex("captures", "person", person);
  return found.filter((one) => !one.thrown).sort((one, other) => one.begun.localeCompare(other.begun));
}

/** One capture of a person; undefined where there is none, or it is thrown away. */
export const captureOf = async (person: string, id: string): Promise<Capture | undefined> =>
  (await capturesOf(person)).find((one) => one.id === id);

/** Writes a new capture down. */
export const addCapture = async (capture: Capture): Promise<void> => void (await (await store()).add("captures", capture));

/** Writes down what changed of a capture, perhaps after how it was; gives it as it is now, undefined where it is gone. */
export async function changeCapture(id: string, change: Partial<Capture> | ((before: Capture) => Partial<Capture>)): Promise<Capture | undefined> {
  const deed = (await store()).transaction("captures", "readwrite", { durability: "strict" });
  const before = await deed.store.get(id);
  const after = before && { ...before, ...(typeof change === "function" ? change(before) : change) };
  if (after) await deed.store.put(after);
  await deed.done;
  return after;
}

/** A capture is not there any more: another page threw it away. */
export class Gone extends Error {}

/** What was saved waits for somebody again who goes on with it: it is not sent before it is saved anew. */
export const takeBack = ({ state }: Capture): Partial<Capture> => (state === "queued" ? { state: "kept" } : {});

/** Adds the next slice, and how long the recording is with it; both are on the disk when this is done. Throws `Gone`. */
export async function addSlice(id: string, bytes: ArrayBuffer, seconds: number): Promise<void> {
  const deed = (await store()).transaction(["captures", "slices"], "readwrite", { durability: "strict" });
  const captures = deed.objectStore("captures");
  const before = await captures.get(id);
  if (before) {
    await deed.objectStore("slices").put({ capture: id, at: before.slices, bytes });
    await captures.put({ ...before, slices: before.slices + 1, size: before.size + bytes.byteLength, seconds });
  }
  await deed.done;
  if (!before) throw new Gone(id);
}

/** All slices of a capture in their order, as one file. */
export async function fileOf({ id, type }: Capture): Promise<Blob> {
  const [kept, pieces] = [await store(), [] as Blob[]];
  for (let at = 0; ; at += batch) {
    const some = await kept.getAll("slices", IDBKeyRange.bound([id, at], [id, at + batch - 1]));
    if (!some.length) return new Blob(pieces, { type });
    pieces.push(new Blob(some.map((one) => one.bytes)));
  }
}

/** Removes a capture and its slices. */
export async function removeCapture(id: string): Promise<void> {
  const deed = (await store()).transaction(["captures", "slices"], "readwrite", { durability: "strict" });
  await deed.objectStore("captures").delete(id);
  await deed.objectStore("slices").delete(IDBKeyRange.bound([id, 0], [id, Infinity]));
  await deed.done;
}

/** Removes for good what a person threw away before `moment`, or everything of theirs. */
export async function removeThrown(person: string, moment: string | null): Promise<void> {
  const found = await (await store()).getAllFromIndex("captures", "person", person);
  for (const one of found) if (moment === null || (one.thrown && one.thrown < moment)) await removeCapture(one.id);
}

/** Everything of a person: as items, and as speech of forms, each of which is kept under the person's id and the form's draft. */
const allOf = (person: string): IDBKeyRange => IDBKeyRange.bound(person, `${person}/\uffff`);

/** Whether something is kept here of somebody else. */
export const keptForOthers = async (person: string): Promise<boolean> =>
  (await (await store()).count("captures")) > (await (await store()).countFromIndex("captures", "person", allOf(person)));

/** Gives what is kept of these records to the person into whose record they were merged. */
export async function takeOverCaptures(records: readonly string[], person: string): Promise<void> {
  const deed = (await store()).transaction("captures", "readwrite", { durability: "strict" });
  for (const record of records) {
    for (const one of await deed.store.index("person").getAll(allOf(record))) await deed.store.put({ ...one, person: one.person.replace(record, person) });
  }
  await deed.done;
}

const lockOf = (id: string): string => `markwell-recording-${id}`;

/** Says that this page records it, from when this is done until what it gives is called; the browser lets go of it however the page ends. */
export const holdCapture = (id: string): Promise<() => void> =>
  new Promise((held, failed) => void navigator.locks.request(lockOf(id), () => new Promise<void>((done) => held(done))).catch(failed));

/** Takes up what was recorded by pages that ended meanwhile, and gives it. */
export async function rescue(person: string): Promise<Capture[]> {
  const left = (await capturesOf(person)).filter((one) => one.state === "recording");
  if (!left.length) return [];
  const held = new Set((await navigator.locks.query()).held?.map((lock) => lock.name));
  const found: Capture[] = [];
  for (const { id } of left.filter((one) => !held.has(lockOf(one.id)))) {
    const now = await captureOf(person, id);
    if (now?.state !== "recording") continue; // its page ended it while this one looked
    const one = now.slices ? await changeCapture(id, { state: "kept", rescued: true }) : void (await removeCapture(id));
    if (one) found.push(one);
  }
  return found;
}
