/** Sends a form without leaving the page; the pieces that come back replace the elements of their ids. */
import { flash } from "../page/messages";
import { spreadTabs } from "../account/margin-tabs";
import { keyOf, newKey, renewTokens } from "./sign-in-state";
import { explainTimes } from "../page/reader-time";

/** What became of a form: `saved` and `faulty` came with new pieces; the rest changed nothing on the page. */
export type Outcome =
  | { readonly kind: "saved" | "faulty"; readonly status: number }
  | { readonly kind: "refused"; readonly sentence: string }
  | { readonly kind: "unsent" };

const onTheWay = new WeakSet<HTMLFormElement>();

/** Sends `form` once; a second press while it is on the way gives null. What was typed stays until pieces replace it. */
export async function send(form: HTMLFormElement): Promise<Outcome | null> {
  if (onTheWay.has(form)) return null;
  onTheWay.add(form);
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await asked(form);
    const key = keyOf(form);
    if (key && isOurs(answer) && answer.status < 500 && !isSignedOut(answer)) key.value = newKey();
    return await outcome(answer);
  } catch {
    flash("Not saved: the connection is down. Nothing is lost; try again.", "error");
    return { kind: "unsent" };
  } finally {
    onTheWay.delete(form);
    form.removeAttribute("aria-busy");
  }
}

/** Asks once; where the sign-in had ended and was renewed in another tab, with the new token once more. */
async function asked(form: HTMLFormElement): Promise<Response> {
  const answer = await ask(form);
  return isSignedOut(answer) && (await renewTokens()) ? ask(form) : answer;
}

/** Whether an answer says that the page's sign-in has ended. */
export const isSignedOut = (answer: Response): boolean => answer.status === 400 || answer.status === 401;

/** What asks for a piece of a page. */
export const pieceHeaders = { "X-Piece": "1", Accept: "application/json, text/html;q=0.9" };

/** Whether Markwell gave the answer; proxies and portals answer in its place, with pages of their own and any status. */
export const isOurs = (answer: Response): boolean => answer.headers.get("X-Piece") !== null;

function ask(form: HTMLFormElement): Promise<Response> {
  const headers = pieceHeaders;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  return fetch(form.action, { method: "POST", body, headers });
}

async function outcome(answer: Response): Promise<Outcome> {
  if (answer.redirected && isOurs(answer)) return elsewhere(new URL(answer.url));
  const words = await answer.text();
  if (!isOurs(answer)) return refused(answer.status, "{}");
  if (isSignedOut(answer)) return signedOut();
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) return refused(answer.status, words);
  if (answer.status >= 500 || /^\s*<!doctype/i.test(words)) return refused(answer.status, "{}");
  swap(words);
  return { kind: answer.ok ? "saved" : "faulty", status: answer.status };
}

function refused(status: number, words: string): Outcome {
  const told = JSON.parse(words) as { sentence?: string };
  const why = status < 400 ? "something else answered in Markwell’s place" : `the answer was ${status}`;
  const sentence = told.sentence ?? `Not saved: ${why}. Nothing that you typed is lost; try again in a moment.`;
  flash(sentence, "error");
  return { kind: "refused", sentence };
}

function elsewhere(address: URL): Outcome {
  if (address.pathname !== "/sign-in") {
    location.assign(address);
    return { kind: "unsent" };
  }
  return signedOut();
}

/** The next try takes the token of a sign-in in another tab; a page that keeps its words on the device can be loaded anew. */
export function signedOut(): Outcome {
  const sentence = "Not saved: you are signed out. Nothing on this page is lost when you sign in in another tab and try again here.";
  const keeps = document.querySelector("[data-marking], form[data-draft]") !== null;
  const act = (): void => (keeps ? location.reload() : void window.open("/sign-in", "_blank", "noopener"));
  flash(sentence, "error", { label: "Sign in again", act });
  return { kind: "refused", sentence };
}

/** Replaces each element of the page that has the id of a top-level element of `html`; keeps focus where it was. */
export function swap(html: string): void {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  for (const fresh of [...holder.content.children]) {
    const old = fresh.id ? document.getElementById(fresh.id) : null;
    if (!old) continue;
    const focused = old.contains(document.activeElement) ? trace(document.activeElement) : null;
    old.replaceWith(fresh);
    if (focused) document.querySelector<HTMLElement>(focused)?.focus({ preventScroll: true });
    if (fresh instanceof HTMLElement) dress(fresh);
  }
}

function dress(fresh: HTMLElement): void {
  explainTimes(fresh);
  const accounts = fresh.matches(".account") ? [fresh] : fresh.querySelectorAll<HTMLElement>(".account");
  for (const account of accounts) spreadTabs(account);
}

/** A selector that finds the element again after it was drawn anew. */
function trace(element: Element | null): string | null {
  if (!(element instanceof HTMLElement)) return null;
  if (element.id) return `#${CSS.escape(element.id)}`;
  const from = element.dataset["from"];
  return from === undefined ? null : `.sentence[data-from="${CSS.escape(from)}"]`;
}
