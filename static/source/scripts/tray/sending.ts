/** What everything that is sent from this device has in common: whose sign-in it is, what ends a try, and what the server says. */

/** Milliseconds in which the centre says whose sign-in it is; without that the line is cut. */
const patience = 30_000;
/** Milliseconds in which a form is answered; it is sent again without harm. */
const patienceOfForms = 120_000;

/** Why nothing goes just now. */
export type Why = "offline" | "cut" | "signed out" | "somebody else" | "full" | "centre" | "failed";

/** Ends a try that is made again by itself; `sentence` is the centre's, where it is the centre that waits. */
export class Waits extends Error {
  constructor(readonly why: Why, readonly sentence = "") {
    super(why);
  }
}

/** Ends a try of this one alone: the centre failed over it. What does not follow upon it goes on. */
export class Failed extends Error {}

/** Somebody took it back, or threw it away, meanwhile. */
export class Stopped extends Error {}

/** Ends a try for good, until somebody changes something. */
export class Refused extends Error {}

/** The token of the sign-in of this person. Throws `Waits` where there is no line, or no such sign-in. */
export async function tokenOf(person: string): Promise<string> {
  const answer = await ask("/saved", { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(patience) });
  if (answer.redirected || answer.status === 401) throw new Waits("signed out");
  const told = answer.ok ? ((await answer.json().catch(() => null)) as { person: string; token: string } | null) : null;
  if (!told) throw new Waits("cut");
  if (told.person !== person) throw new Waits("somebody else");
  return told.token;
}

/** Asks the server. Throws `Waits` where there is no line, or no answer on it. */
export async function ask(address: string, how: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { signal: AbortSignal.timeout(patienceOfForms), ...how });
  } catch {
    throw new Waits(navigator.onLine ? "cut" : "offline");
  }
}

/** What an answer of this status means that is not the one that is wanted. */
export function ofStatus(status: number, body: string): Error {
  const { sentence, ended, reference } = answerIn(body);
  if (status === 401 || ended) return new Waits("signed out");
  if (sentence && (status === 503 || status === 429)) return new Waits("centre", `${sentence} It is tried again by itself.`);
  if (reference && status >= 500) return new Failed();
  const passes = status >= 500 || status === 429 || status === 423 || status < 400;
  return passes ? new Waits("cut") : new Refused(sentence || `The server did not take it (${status}).`);
}

/** What the server itself says: where it failed with the reference of its log. */
interface Said {
  readonly sentence?: string;
  readonly ended?: boolean;
  readonly reference?: string;
}

/** What the server says, and whether the sign-in has ended; a page says why it came back, or nothing. */
function answerIn(body: string): Said {
  try {
    return (JSON.parse(body) as Said | null) ?? {};
  } catch {
    const page = new DOMParser().parseFromString(body, "text/html");
    return { sentence: page.querySelector("[data-errors] li, .lede")?.textContent?.trim() ?? "" };
  }
}
