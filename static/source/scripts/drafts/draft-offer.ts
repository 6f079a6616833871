/** Notices over a form, by which words are offered that were kept on this device or at the centre. */
import { fields } from "../forms/field-values";
import { button } from "../page/button";
import { unfold } from "../page/unfold";
import { draftAt, throwAway, type Found } from "./draft-store";
import { hasBoth } from "./two-texts";

/** A button's label, and what it does. */
type Deed = readonly [string, () => void];

/** The moment of a draft as people read it. */
export const moment = (at: string): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short" }).format(new Date(at));

/** Says `sentence` over the form, which is unfolded, or in the box, below what is offered there already; any of the deeds takes it away again. */
export function offer(form: HTMLElement, sentence: string, deeds: readonly Deed[], more?: HTMLElement | null): HTMLElement {
  const box = document.createElement("div");
  box.className = "notice is-info draft-offer";
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Kept from before");
  const [words, both] = [document.createElement("p"), document.createElement("div")];
  words.textContent = sentence;
  both.className = "cluster";
  both.append(...deeds.map(([label, deed]) => button(label, "secondary small", () => (box.remove(), deed(), focusFirst(form)))));
  if (more) box.append(whole(words, more, both));
  else both.prepend(words), box.append(both);
  const last = [...form.querySelectorAll(":scope > .draft-offer")].at(-1);
  if (last) last.after(box);
  else form.prepend(box);
  unfold(form);
  return box;
}

function whole(...parts: HTMLElement[]): HTMLElement {
  const box = document.createElement("div");
  box.className = "draft-offer-whole";
  box.append(...parts);
  return box;
}

/** Who typed a draft, and where: as it is said before the words. */
export const typist = ({ draft, elsewhere }: Found): { readonly who: string; readonly where: string } =>
  draft.whose ? { who: draft.whose, where: `by ${draft.whose} ` } : { who: "You", where: elsewhere ? "on another device " : "" };

/** What the button says that takes a draft into a form. */
export const taking = (place: string, two: HTMLElement | null): string =>
  draftAt(place)?.whose ? "Use these words" : hasBoth(two) ? "Put it back instead" : "Put it back";

/** Offers to put back what is kept at `place`, with the texts that it has otherwise, or to throw it away. */
export function offerBack(form: HTMLElement, place: string, sentence: string, putBack: () => void, two: HTMLElement | null): HTMLElement {
  return offer(form, sentence, [[taking(place, two), putBack], ["Throw away", () => void throwAway(place)]], two);
}

function focusFirst(form: HTMLElement): void {
  if (form instanceof HTMLFormElement) fields(form).find((field) => field.type !== "hidden")?.focus();
}
