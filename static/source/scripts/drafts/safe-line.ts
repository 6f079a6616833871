/** The line under a form that says quietly what of it is safe where. */
import { announce } from "../page/messages";

/** Whether the words of a form are on this device and, with a moment, at the centre; or why they are not there. */
interface Safety {
  readonly here?: boolean;
  readonly there?: string;
  readonly why?: string;
}

const shown = new WeakMap<HTMLFormElement, Safety>();

/** Words were typed since the centre was last told. */
export const tellTyped = (form: HTMLFormElement, here: boolean): void => show(form, { ...shown.get(form), here, there: "" });

/** More is typed at this moment: what the centre has is no longer all. */
export function tellTyping(form: HTMLFormElement): void {
  const now = shown.get(form);
  if (now?.there) tellTyped(form, now.here ?? true);
}

/** The centre has them since this moment. */
export const tellSafe = (form: HTMLFormElement, at: string): void => show(form, { here: shown.get(form)?.here ?? true, there: at });

/** The centre does not have them. */
export const tellWaits = (form: HTMLFormElement, why: string): void => show(form, { here: shown.get(form)?.here ?? true, why });

/** Nothing of this form is kept any more. */
export const tellNothing = (form: HTMLFormElement): void => (shown.delete(form), void lineOf(form)?.remove());

const lineOf = (form: HTMLFormElement): HTMLElement | null => form.querySelector<HTMLElement>("[data-safe]");

const clock = (at: string): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short" }).format(new Date(at));

/** The line changes at every pause; it is read out only when something is wrong, and when it is right again. */
function show(form: HTMLFormElement, now: Safety): void {
  const before = shown.get(form)?.why ?? "";
  shown.set(form, now);
  const line = lineOf(form) ?? made(form);
  const words = sentence(now);
  if (line.textContent !== words) line.textContent = words;
  line.classList.toggle("is-wanting", Boolean(now.why) || (!now.here && !now.there));
  if ((now.why ?? "") !== before && (now.why || now.there)) announce(words);
}

function made(form: HTMLFormElement): HTMLElement {
  const line = document.createElement("p");
  line.className = "draft-safe small quiet";
  line.dataset["safe"] = "";
  form.append(line);
  return line;
}

function sentence({ here, there, why }: Safety): string {
  if (why) return here ? `Only on this device: ${why}` : `Not kept yet: this device keeps nothing, and ${why}`;
  if (!here) return there ? `Safe at the centre, ${clock(there)} · this device keeps nothing` : "This device keeps nothing · at the centre in a moment";
  return there ? `Safe on this device · safe at the centre, ${clock(there)}` : "Safe on this device · at the centre in a moment";
}
