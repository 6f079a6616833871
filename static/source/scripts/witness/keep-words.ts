/** Keeps what a witness types: at once on the phone, and after a pause at the centre, until it is signed. */
import { keep, kept, letGo } from "../drafts/device-storage";
import { offer } from "../drafts/draft-offer";
import { differs, fillQuietly, isChanged, valuesOf, type Values } from "../forms/field-values";
import { keyOf } from "../forms/form-key";

/** What is kept on the phone. */
interface Words {
  readonly values: Values;
  /** How often the centre had saved the form when these words were typed. */
  readonly basedOn: string;
}

/** The centre has the words after a pause, and as often as this while somebody types without one. */
const [pause, longest] = [2500, 8000];
/** The phone has them after this, whether or not typing goes on. */
const atMost = 300;
const both = "Saved on this phone and at the centre";
const phoneOnly = "Saved on this phone. There is no connection to the centre just now; it is tried again when you go on.";

const placeOf = (form: HTMLFormElement): string => `witness:${form.dataset["witness"] ?? ""}`;
const fieldOf = (form: HTMLFormElement, name: string): HTMLInputElement | null => form.querySelector(`input[type=hidden][name=${name}]`);

/** Lets go of what was kept for forms that were signed, or whose request is over, as the page says. */
export function forgetSigned(): void {
  for (const form of (document.body.dataset["done"] ?? "").split(" ").filter(Boolean)) letGo(`witness:${form}`);
}

/** Puts back what was typed on this phone and did not reach the centre, and keeps what is typed from now on. */
export function keepWords(form: HTMLFormElement): void {
  takeUp(form);
  tellOpened(form);
  const [saving, own] = [later(() => void send(form), pause, longest), later(() => keepHere(form), atMost, atMost)];
  form.addEventListener("input", () => {
    if (form.dataset["filling"] !== undefined) return;
    own.start();
    saving.start();
  });
  window.addEventListener("pagehide", () => own.finish());
  window.addEventListener("pagehide", () => saving.finish());
  window.addEventListener("online", () => kept<Words>(placeOf(form)) && saving.start());
  form.addEventListener("submit", () => (own.finish(), saving.stop()));
}

/** Tells the centre once that somebody has the page before them: they touched it, scrolled or pressed a key, which programs that look at links in mail do not. */
function tellOpened(form: HTMLFormElement): void {
  const address = form.dataset["opened"];
  if (!address) return;
  const touched = new AbortController();
  const tell = (): void => (touched.abort(), void fetch(address, { method: "POST" }).catch(() => undefined));
  for (const sign of ["pointerdown", "keydown", "wheel", "scroll"]) window.addEventListener(sign, tell, { signal: touched.signal, passive: true });
}

function takeUp(form: HTMLFormElement): void {
  const words = kept<Words>(placeOf(form));
  if (!words || document.querySelector("[data-errors]")) return;
  if (!differs(form, words.values)) return;
  if (words.basedOn === fieldOf(form, "based_on")?.value) return putBack(form, words);
  offer(form, "On this phone you had typed other words than are saved at the centre.", [
    ["Put them back", () => putBack(form, words)],
    ["Throw them away", () => letGo(placeOf(form))],
  ]);
}

function putBack(form: HTMLFormElement, words: Words): void {
  fillQuietly(form, words.values);
  void send(form);
}

/** What stands in the form; the statement is ticked by whoever signs, and is kept nowhere. */
function wordsOf(form: HTMLFormElement): Values {
  return Object.fromEntries(Object.entries(valuesOf(form)).filter(([name]) => !name.startsWith("accepts=")));
}

function keepHere(form: HTMLFormElement): void {
  if (isChanged(form)) keep(placeOf(form), { values: wordsOf(form), basedOn: fieldOf(form, "based_on")?.value ?? "" } satisfies Words);
}

/** Sends what stands in the form; it stays on the phone as well until it is signed, or the request is over. */
async function send(form: HTMLFormElement): Promise<void> {
  keepHere(form);
  const [turn, address] = [fieldOf(form, "turn"), form.dataset["keep"]];
  if (!turn || !address || !keyOf(form)) return;
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  turn.value = String(Number(turn.value) + 1);
  try {
    const answer = await fetch(address, { method: "POST", body, keepalive: body.toString().length < 60_000, headers: { "X-Piece": "1", Accept: "application/json" } });
    const told = (await answer.json()) as { saved?: number; sentence?: string };
    if (told.saved === undefined) return say(form, told.sentence ?? phoneOnly);
    const basedOn = fieldOf(form, "based_on");
    if (basedOn) basedOn.value = String(told.saved);
    keepHere(form);
    say(form, both);
  } catch {
    say(form, phoneOnly);
  }
}

function say(form: HTMLFormElement, words: string): void {
  const line = form.querySelector<HTMLElement>("[data-kept]");
  if (line && line.textContent !== words) line.textContent = words;
}

/** A deed that is done after a pause in which it was not asked for again, at `most` so long after it was, or at once when the page goes. */
function later(deed: () => void, wait: number, most: number): { start: () => void; stop: () => void; finish: () => void } {
  let [timer, since] = [0, 0];
  const stop = (): void => (window.clearTimeout(timer), void ([timer, since] = [0, 0]));
  const finish = (): void => {
    if (!timer) return;
    stop();
    deed();
  };
  const start = (): void => {
    window.clearTimeout(timer);
    since ||= Date.now();
    timer = window.setTimeout(finish, Math.max(0, Math.min(wait, since + most - Date.now())));
  };
  return { start, stop, finish };
}
