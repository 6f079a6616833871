/** Forms that could not be sent and wait on this device, per person; uses no page, so that the worker can, too. */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

/** One form that waits. */
export interface WaitingForm {
  /** The key of the form: by it the server knows it again, however often it is sent. */
  readonly id: string;
  readonly person: string;
  /** What it is: `Account`. */
  readonly kind: string;
  readonly title: string;
  /** The page on which it was filled in. */
  readonly page: string;
  /** Where it goes, with what, and whether as `multipart/form-data`. */
  readonly address: string;
  readonly fields: readonly (readonly [string, string | File])[];
  readonly parts: boolean;
  /** Since when it waits, as an ISO 8601 moment. */
  readonly queued: string;
  /** The server's sentence, where it was not taken. */
  readonly refused?: string;
  /** When somebody threw it away. */
  readonly thrown?: string;
}

interface Schema extends DBSchema {
  forms: { key: string; value: WaitingForm };
}

/** The hidden field of a form that may wait: the id of its person, a colon, and what it is. */
const field = "waits";
const titles = ["title", "whom", "words", "text"];
const longest = 60;
let opened: Promise<IDBPDatabase<Schema>> | null = null;

function store(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>("markwell-forms", 1, {
    upgrade: (fresh) => void fresh.createObjectStore("forms", { keyPath: "id" }),
    blocking: () => void opened?.then((old) => (old.close(), (opened = null))),
    terminated: () => void (opened = null),
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** All that waits, of everybody, also what is thrown away; in the order in which it began to wait. */
export async function waitingForms(): Promise<WaitingForm[]> {
  return (await (await store()).getAll("forms")).sort((one, other) => one.queued.localeCompare(other.queued));
}

/** What waits of one person. */
export const formsOf = async (person: string): Promise<WaitingForm[]> =>
  (await waitingForms()).filter((one) => one.person === person && !one.thrown);

/** Has a form wait. One that waits already and is filled in anew keeps its place. */
export async function waitToSend(form: WaitingForm): Promise<void> {
  const deed = (await store()).transaction("forms", "readwrite", { durability: "strict" });
  const before = await deed.store.get(form.id);
  await deed.store.put({ ...form, queued: before?.queued ?? form.queued });
  await deed.done;
}

/** Writes down what changed of a form that waits. */
export async function changeForm(id: string, change: Partial<WaitingForm>): Promise<void> {
  const deed = (await store()).transaction("forms", "readwrite", { durability: "strict" });
  const before = await deed.store.get(id);
  if (before) await deed.store.put({ ...before, ...change });
  await deed.done;
}

/** A form waits no more: the server has it, or nobody wants it. */
const removeForm = async (id: string): Promise<void> => (await store()).delete("forms", id);

/** A form was sent: it waits no more, unless it was filled in anew meanwhile. */
export async function removeSent(form: WaitingForm): Promise<void> {
  const deed = (await store()).transaction("forms", "readwrite", { durability: "strict" });
  const now = await deed.store.get(form.id);
  if (now && isSame(now, form)) await deed.store.delete(form.id);
  await deed.done;
}

function isSame({ fields }: WaitingForm, other: WaitingForm): boolean {
  const said = (value: string | File | undefined): string => (value instanceof File ? (value.size ? [value.name, value.size, value.lastModified].join() : "") : (value ?? ""));
  return fields.length === other.fields.length && fields.every(([name, value], at) => name === other.fields[at]?.[0] && said(value) === said(other.fields[at]?.[1]));
}

/** Whether a form of somebody else waits here. */
export const formsWaitForOthers = async (person: string): Promise<boolean> => (await waitingForms()).some((one) => one.person !== person);

/** Gives what waits of these records to the person into whose record they were merged. */
export async function takeOverForms(records: readonly string[], person: string): Promise<void> {
  const deed = (await store()).transaction("forms", "readwrite", { durability: "strict" });
  for (const one of await deed.store.getAll()) if (records.includes(one.person)) await deed.store.put({ ...one, person });
  await deed.done;
}

/** Removes for good what a person threw away before `moment`, or everything of theirs; gives it. */
export async function removeThrownForms(person: string, moment: string | null): Promise<WaitingForm[]> {
  const theirs = (await waitingForms()).filter((one) => one.person === person && (moment === null || (one.thrown && one.thrown < moment)));
  for (const one of theirs) await removeForm(one.id);
  return theirs;
}

/** The number with which the page of a form sent its words; empty where it gave none. */
export function numberOf({ fields }: WaitingForm): string {
  const number = fields.find(([name]) => name === "draft")?.[1];
  return typeof number === "string" ? number : "";
}

/** Fields that no person fills in with words. */
const untold = new Set(["csrf_token", "once", "waits", "draft", "sitting", "based_on", "basis", "received", "kind", "sort", "document"]);

/** What somebody wrote into a form: no choices, which are numbers, and no password. */
export const textsOf = ({ fields }: WaitingForm): string[] =>
  fields.flatMap(([name, value]) => (typeof value === "string" && /[^\d\s]/.test(value) && !untold.has(name) && !name.includes("password") ? [value] : []));

/** What a form's fields say, as it waits; null of one that may not. */
export function asWaiting(data: FormData, address: string, page: string, parts: boolean): WaitingForm | null {
  const [waits, id] = [data.get(field), data.get("once")];
  if (typeof waits !== "string" || typeof id !== "string" || !/^\d+:./.test(waits)) return null;
  const [person = "", kind = ""] = waits.split(/:(.*)/s);
  const said = titles.map((name) => data.get(name)).find((value) => typeof value === "string" && value.trim());
  const title = typeof said === "string" ? (said.trim().split("\n")[0] ?? "").slice(0, longest) : "";
  return { id, person, kind, title: title || kind, page, address, fields: [...data], parts, queued: new Date().toISOString() };
}

/** The form of a request that goes to another page, as it waits; without an id where it may not. */
export async function ofForm(request: Request): Promise<WaitingForm> {
  const [to, from] = [new URL(request.url), new URL(request.referrer || request.url)];
  const parts = (request.headers.get("Content-Type") ?? "").startsWith("multipart/");
  const [data, page] = [await request.formData(), from.pathname + from.search];
  const fields = [...data];
  return asWaiting(data, to.pathname, page, parts) ?? { id: "", person: "", kind: "", title: "", page, address: to.pathname, fields, parts, queued: "" };
}
