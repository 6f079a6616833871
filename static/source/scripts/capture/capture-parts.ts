/** The parts of the page on which one records, and which of its steps is in sight. */

/** The steps, in their order. */
type Step = "begin" | "recording" | "review" | "done";

const root = document.querySelector<HTMLElement>("[data-recorder]")!;

/** The part with `data-` and this name. */
export const part = <E extends HTMLElement = HTMLElement>(name: string): E => root.querySelector<E>(`[data-${name}]`)!;

/** All parts with `data-` and this name. */
export const parts = <E extends HTMLElement = HTMLElement>(name: string): E[] => [...root.querySelectorAll<E>(`[data-${name}]`)];

/** Shows one step and brings the focus to `first`. */
export function show(step: Step, first?: HTMLElement | null): void {
  for (const section of parts("step")) section.hidden = section.dataset["step"] !== step;
  window.scrollTo({ top: 0 });
  first?.focus({ preventScroll: true });
}

/** Says why something could not be done, or takes that away. */
export function refuse(sentence: string): void {
  const place = part("refused");
  place.replaceChildren();
  if (!sentence) return;
  const [box, words] = [document.createElement("div"), document.createElement("p")];
  box.className = "notice is-error";
  words.className = "notice-words";
  words.textContent = sentence;
  box.append(words);
  place.append(box);
}

let busy = false;

/** Whether something is being recorded or kept just now, or microphone or camera are asked for: nothing else begins meanwhile. */
export const isBusy = (): boolean => busy;

/** Says that this begins, or that it is over. */
export const setBusy = (is: boolean): void => void (busy = is);

/** The person of this page. */
export const person = (): string => document.body.dataset["person"] ?? "";
