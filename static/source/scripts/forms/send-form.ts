/** Sends a form without leaving the page; the pieces that come back replace the elements of their ids. */
import { tellAll } from "../capture/capture-news";
import { asWaiting, waitToSend } from "../tray/waiting-forms";
import { flash } from "../page/messages";
import { keyOf, newKey } from "./form-key";
import { replacePieces } from "./replace-pieces";
import { askRenewed, isOurs, isSignedOut, pieceHeaders } from "./server-answer";
import { tokenOf } from "./sign-in-state";

/** What became of a form: `saved` and `faulty` came with new pieces; the rest changed nothing on the page. `waiting` goes by itself. */
type Outcome =
  | { readonly kind: "saved" | "faulty"; readonly status: number }
  | { readonly kind: "refused"; readonly sentence: string; readonly status?: number }
  | { readonly kind: "unsent" | "waiting" };

/** Milliseconds before a form that may wait does, in place of one that gets no answer. */
const patience = 20_000;
const onTheWay = new WeakSet<HTMLFormElement>();

/** Sends `form` once; a second press while it is on the way gives null. What was typed stays until pieces replace it. */
export async function send(form: HTMLFormElement): Promise<Outcome | null> {
  if (onTheWay.has(form)) return null;
  onTheWay.add(form);
  form.setAttribute("aria-busy", "true");
  const sent = new FormData(form);
  try {
    const answer = await askRenewed(() => ask(form, sent));
    const became = await outcome(answer);
    const key = keyOf(form);
    if (key && isOurs(answer) && answer.status < 500 && !isSignedOut(answer.status)) key.value = newKey();
    return became;
  } catch {
    if (await waitInstead(form, sent)) return { kind: "waiting" };
    flash("Not saved: the connection is down. Nothing is lost; try again.", "error");
    return { kind: "unsent" };
  } finally {
    onTheWay.delete(form);
    form.removeAttribute("aria-busy");
  }
}

/** Has a form that may wait do so as it was `sent`, and gives the next one of this page a key of its own; false where it may not. */
async function waitInstead(form: HTMLFormElement, sent: FormData): Promise<boolean> {
  const waits = asWaiting(sent, new URL(form.action).pathname, location.pathname + location.search, false);
  const key = keyOf(form);
  if (!waits || !key || !(await waitToSend(waits).then(() => true, () => false))) return false;
  key.value = newKey();
  tellAll();
  return true;
}

/** Sends what was in the form when this began, with the token of the present sign-in. */
function ask(form: HTMLFormElement, sent: FormData): Promise<Response> {
  const body = new URLSearchParams();
  for (const [name, value] of sent) if (typeof value === "string") body.append(name, name === "csrf_token" ? tokenOf(form) : value);
  const signal = form.querySelector("input[name=waits]") ? AbortSignal.timeout(patience) : null;
  return fetch(form.action, { method: "POST", body, headers: pieceHeaders, signal });
}

async function outcome(answer: Response): Promise<Outcome> {
  if (answer.redirected && isOurs(answer)) return elsewhere(new URL(answer.url));
  const words = await answer.text();
  if (!isOurs(answer)) return refused(answer.status, "{}");
  if (isSignedOut(answer.status)) return signedOut();
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) return refused(answer.status, words);
  if (answer.status >= 500 || /^\s*<!doctype/i.test(words)) return refused(answer.status, "{}");
  replacePieces(words);
  return { kind: answer.ok ? "saved" : "faulty", status: answer.status };
}

function refused(status: number, words: string): Outcome {
  const told = JSON.parse(words) as { sentence?: string };
  const why = status < 400 ? "something else answered in Markwell’s place" : `the answer was ${status}`;
  const sentence = told.sentence ?? `Not saved: ${why}. Nothing that you typed is lost; try again in a moment.`;
  flash(sentence, "error");
  return { kind: "refused", sentence, status };
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
