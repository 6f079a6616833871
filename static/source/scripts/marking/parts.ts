/** The parts of a point: ticked where they are shown, and the sentence of feedback that names those that are not. */
import { announce } from "../page/messages";
import { unfold } from "../page/unfold";
import { partly } from "./verdict-words";

const partsIn = (form: HTMLFormElement): HTMLInputElement[] => [...form.querySelectorAll<HTMLInputElement>("[data-parts] [name=shown]")];
const verdictOf = (form: HTMLFormElement, verdict: string): HTMLInputElement | null => form.querySelector<HTMLInputElement>(`[name=verdict][value="${verdict}"]`);

/** Those of a form that were not shown in an earlier round. */
export const askedParts = (form: HTMLFormElement): HTMLInputElement[] => partsIn(form).filter((one) => !one.closest(".parts-before"));

/** Partly met was given: of the parts that are asked for all count as shown until one is named; the only one is missing. */
export function takeAsShown(form: HTMLFormElement): void {
  const asked = askedParts(form);
  if (!asked.length || asked.some((one) => one.checked)) return;
  if (asked.length > 1) for (const one of asked) one.checked = true;
  write(form, "", stillNeeded(form));
  tell(form);
}

/** A part was ticked or unticked: the verdict is partly met by that, and the feedback begins with what is missing. */
export function partChanged(form: HTMLFormElement, part: HTMLInputElement): void {
  const radio = verdictOf(form, partly);
  const was = radio?.checked ? stillNeeded(form, part) : "";
  if (radio) radio.checked = true;
  write(form, was, stillNeeded(form));
  tell(form);
}

const tell = (form: HTMLFormElement): void => announce(`Partly met. ${stillNeeded(form) || "Name the part that is missing."}`);

/** Whether a key names a part, where the cursor is among the parts; then it is ticked or unticked. */
export function namesPart({ key, target }: KeyboardEvent): boolean {
  const list = target instanceof Element ? target.closest("[data-parts]") : null;
  const part = [...(list?.querySelectorAll<HTMLInputElement>("[name=shown]") ?? [])].find((one) => one.value === key.toLowerCase());
  if (!part) return false;
  unfold(part);
  part.focus();
  part.click();
  return true;
}

/** The sentence that the server writes, too, where there are no scripts (`still_needed` in `portfolio/assessment/parts.py`); of the ticks as they were before `turned` changed. */
export function stillNeeded(form: HTMLFormElement, turned?: HTMLInputElement): string {
  const parts = partsIn(form);
  const lacking = parts.filter((one) => one.checked === (one === turned));
  const needed = Number(form.querySelector<HTMLElement>("[data-parts]")?.dataset["needed"] ?? 0);
  const more = needed && needed - (parts.length - lacking.length);
  if (!lacking.length || lacking.length === parts.length) return "";
  return `Still needed: ${more > 0 ? `${more} of these: ` : ""}${lacking.map((one) => one.dataset["words"] ?? "").join("; ")}.`;
}

/** Puts a sentence in the place of the one that stood there by itself; once somebody changed that, none is put there any more. */
function write(form: HTMLFormElement, was: string, now: string): void {
  const text = form.querySelector<HTMLTextAreaElement>("textarea");
  if (!text || form.dataset["ownWords"]) return;
  if (!text.value.startsWith(was)) return void (form.dataset["ownWords"] = "y");
  const others = text.value.slice(was.length).trimStart();
  text.value = now ? `${now} ${others}` : others; // whoever writes on goes on after the space
  text.dispatchEvent(new Event("input", { bubbles: true }));
}
