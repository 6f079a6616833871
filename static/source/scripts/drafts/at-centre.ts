/** Drafts at the centre: kept there after a pause, asked for when a page opens, ended when they are thrown away. */
import { askRenewed, isSignedOut } from "../forms/server-answer";

/** Words of one sitting, on their way to the centre: `place` is `draft:form:sitting`. */
export interface Words {
  readonly place: string;
  readonly turn: number;
  /** The draft as JSON. */
  readonly words: string;
  /** Turns of other sittings, `sitting@turn`, that were taken over into these words. */
  readonly instead: readonly string[];
}

/** What became of them: `at` is when the centre had them; `over`: their sitting has ended; else why they are not there. */
export type Told =
  | { readonly kind: "there"; readonly at: string; readonly others: readonly string[] }
  | { readonly kind: "over" }
  | { readonly kind: "waits"; readonly why: string };

/** A draft as the centre gives it back. */
export interface Held {
  readonly place: string;
  readonly sitting: string;
  readonly turn: number;
  readonly at: string;
  readonly words: string;
  /** Name of who typed them, where they were handed on. */
  readonly whose?: string;
}

const pause = 2000;
/** Who types without a pause is kept as often as this. */
const longest = 8000;
const [firstTry, lastTry] = [5000, 60_000];
const keepable = 60_000;
/** So many names or sittings one request asks for, or throws away. */
const piece = 40;
/** Milliseconds that a request may take, so that one on a dead line does not hold up what waits behind it; long words take longer. */
const patience = (length: number): number => 10_000 + length / 5;
const noLine = "no connection to the centre. It is sent by itself when there is one.";
const signedOut = "you are signed out. It is sent when you sign in again.";
const headers = { "X-Piece": "1", Accept: "application/json" };

const waiting = new Map<string, Words>();
let tell: (words: Words, told: Told) => void = () => undefined;
let [timer, since, again, busy] = [0, 0, firstTry, false];

/** The sitting of a place. */
export const sittingOf = (place: string): string => place.split(":").at(-1) ?? "";
const formNameOf = (place: string): string => place.split(":")[1] ?? "";

/** Begins to keep; `listener` is told what becomes of all words. */
export function startKeeping(listener: (words: Words, told: Told) => void): void {
  tell = listener;
  window.addEventListener("pagehide", () => waiting.forEach((words) => void ask(words, true).catch(() => undefined)));
  window.addEventListener("online", () => void sendAll());
}

/** Keeps the words at the centre after a pause; what waits there of the same sitting is replaced. */
export function sendSoon(words: Words): void {
  waiting.set(words.place, words);
  since ||= Date.now();
  later(Math.max(0, Math.min(pause, since + longest - Date.now())));
}

/** Nothing more of this place is sent. */
export const stopSending = (place: string): void => void waiting.delete(place);

function later(wait: number): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void sendAll(), wait);
}

async function sendAll(): Promise<void> {
  if (busy) return;
  [busy, since] = [true, 0];
  let failed = false;
  for (const words of [...waiting.values()]) failed = !(await sendOne(words)) || failed;
  busy = false;
  again = failed ? Math.min(again * 2, lastTry) : firstTry;
  if (waiting.size) later(failed ? again : pause);
}

/** False where it has to be tried again. */
async function sendOne(words: Words): Promise<boolean> {
  const told = await send(words);
  const tryAgain = told.kind === "waits" && told.again;
  if (!tryAgain && waiting.get(words.place) === words) waiting.delete(words.place);
  tell(words, told);
  return !tryAgain;
}

async function send(words: Words): Promise<Told & { readonly again?: boolean }> {
  try {
    const answer = await askRenewed(() => ask(words));
    if (answer.status === 410) return { kind: "over" };
    if (answer.redirected || isSignedOut(answer.status)) return { kind: "waits", why: signedOut, again: true };
    const said = (await answer.json()) as { at?: string; others?: string[]; sentence?: string };
    if (answer.ok && said.at) return { kind: "there", at: said.at, others: said.others ?? [] };
    const again = answer.status >= 500 || answer.status === 429;
    return { kind: "waits", why: said.sentence ?? noLine, again };
  } catch {
    return { kind: "waits", why: noLine, again: true };
  }
}

function ask({ place, turn, words, instead }: Words, leaving = false): Promise<Response> {
  const body = new URLSearchParams({ place: formNameOf(place), sitting: `${sittingOf(place)}@${turn}`, words });
  for (const one of instead) body.append("instead", one);
  const { length } = body.toString();
  return fetch("/drafts", { method: "POST", body, headers: withToken(), keepalive: leaving && length < keepable, signal: AbortSignal.timeout(patience(length)) });
}

/** What the centre says of forms and sittings: the drafts of the forms, the turns that it has of the sittings (`sitting@turn`), and which of those have ended. */
interface Known {
  readonly drafts: readonly Held[];
  readonly held: readonly string[];
  readonly ended: readonly string[];
}

/** Asks what is kept there for forms of these names, and what became of `sittings`; null when not all of it is answered. */
export async function askCentre(names: readonly string[], sittings: readonly string[]): Promise<Known | null> {
  const all: Known[] = [];
  for (let from = 0; from < Math.max(names.length, sittings.length); from += piece) {
    const told = await askPiece(names.slice(from, from + piece), sittings.slice(from, from + piece));
    if (!told) return null;
    all.push(told);
  }
  return { drafts: all.flatMap((one) => one.drafts), held: all.flatMap((one) => one.held), ended: all.flatMap((one) => one.ended) };
}

async function askPiece(names: readonly string[], sittings: readonly string[]): Promise<Known | null> {
  const asked = new URLSearchParams([...names.map((one) => ["place", one]), ...sittings.map((one) => ["sitting", one])]);
  try {
    const answer = await fetch(`/drafts?${asked}`, { headers });
    if (!answer.ok || answer.redirected) return null;
    const told = (await answer.json()) as Known & { person: string };
    return told.person === document.body.dataset["person"] ? told : null;
  } catch {
    return null;
  }
}

/** Of each sitting the turn that the centre has. */
export const turnsOf = (held: readonly string[]): Map<string, number> =>
  new Map(held.map((one) => [one.split("@")[0] ?? "", Number(one.split("@")[1])]));

/** Throws drafts away: each is a sitting, or one turn of it (`sitting@turn`). Whether the centre has done so with all of them. */
export async function endAtCentre(turns: readonly string[]): Promise<boolean> {
  const ask = (some: readonly string[]): Promise<Response> =>
    fetch("/drafts/ended", { method: "POST", body: new URLSearchParams(some.map((one) => ["sitting", one])), headers: withToken(), keepalive: true, signal: AbortSignal.timeout(4000) });
  const pieces = Array.from({ length: Math.ceil(turns.length / piece) }, (_, at) => turns.slice(at * piece, (at + 1) * piece));
  const told = await Promise.all(pieces.map((some) => askRenewed(() => ask(some)).catch(() => null)));
  return told.every((answer) => answer?.ok && !answer.redirected);
}

const withToken = (): Record<string, string> => ({
  ...headers,
  "X-CSRFToken": document.querySelector<HTMLInputElement>("input[name=csrf_token]")?.value ?? "",
});
