/** Going on from one learner to the next: what was found is saved meanwhile, and what could not be is said with a way back. */
import { isChanged } from "../forms/field-values";
import { announce, flash } from "../page/messages";
import { called, choose, linkOf, nextOpen, panelOf, pointInHand, type TakenUp, takenUp } from "./point-in-hand";
import { gone } from "./presence";
import { capital, formOf, isTalk, mend, save, stayAt, unsavedIn, walkWith } from "./verdicts";

/** Told when a verdict was saved: phrases that it used are offered from then on. */
export const savedEvent = "verdict-saved";

/** Starts listening to verdicts, and to whoever is taken in hand. */
export function startPassing(): void {
  walkWith({ sent: passOn, unsaved: tell, saved: () => document.dispatchEvent(new CustomEvent(savedEvent)) });
  document.addEventListener(takenUp, (event) => leave((event as CustomEvent<TakenUp>).detail.from));
}

/** The next learner is shown while the verdict is on its way. */
function passOn(id: string): void {
  const next = nextOpen();
  if (id === pointInHand() && next && next !== id) choose(next);
}

/** What somebody changed of a learner is saved when they go on; what is said against evidence only by its own button. */
function leave(id: string): void {
  const evidence = document.getElementById(`evidence-of-${id}`);
  for (const media of evidence?.querySelectorAll<HTMLMediaElement>("audio, video") ?? []) media.pause();
  const form = formOf(id);
  const isOnItsWay = form?.hasAttribute("aria-busy");
  if (form?.dataset["clash"] !== undefined && !isOnItsWay) tellSentence(id, "Two verdicts are held against each other there.", () => choose(id));
  else if (form?.dataset["touched"] && isChanged(form)) void save(form);
  const said = evidence && unsavedIn(evidence);
  if (said) tellSentence(id, `${isTalk(said) ? "Your comment" : "What you say against the evidence"} waits for its own button.`, () => stayAt(said));
}

/** Why it was not saved, where the answer drew it; else the sentence that was flashed with it stays. */
function tell(id: string, { kind, status }: { readonly kind: string; readonly status?: number }): void {
  if (kind === "faulty") {
    const wrong = panelOf(id)?.querySelector(`#wrong-${CSS.escape(id)}`);
    const sentence = (wrong?.querySelector("p") ?? wrong)?.textContent?.trim() ?? "";
    tellSentence(id, sentence, () => (choose(id), mend(id, status ?? 0)));
  } else if (status === 404) {
    tellSentence(id, gone(), () => choose(id));
    takeOut(id);
  } else {
    if (status === 409) takeOut(id);
    mark(id);
    announce(`${capital(called(id))}: not saved.`);
  }
}

function tellSentence(id: string, sentence: string, back: () => void): void {
  mark(id);
  flash(`${capital(called(id))}: not saved. ${sentence}`.trim(), "error", { label: "Go back", act: back });
}

/** The unit was taken back, decided or handed over: it is passed by from now on, and its words stay in the form. */
export function takeOut(id: string): void {
  const [line, form] = [linkOf(id), formOf(id)];
  if (line) line.dataset["gone"] = "y";
  if (form) delete form.dataset["touched"];
}

function mark(id: string): void {
  const line = linkOf(id)?.querySelector(".point-places");
  if (line) line.textContent = "not saved";
}
