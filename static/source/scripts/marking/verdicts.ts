/** Verdicts: saved as they are given, each by one request, and taken back by one. */
import { keepForm } from "../drafts/draft-store";
import { onOthers, settle } from "../drafts/settling";
import { isChanged } from "../forms/field-values";
import { send } from "../forms/send-form";
import { announce, flash } from "../page/messages";
import { unfold } from "../page/unfold";
import { clashing } from "./clash";
import { askedParts, partChanged, stillNeeded, takeAsShown } from "./parts";
import { openDecision } from "./deciding";
import { called, choose, linkOf, nextOpen, panelOf, openPane, pointInHand, show } from "./point-in-hand";
import { gone } from "./presence";
import { carry, setOut, takeUp } from "./verdict-drafts";
import { met, partly } from "./verdict-words";

/** What marking one point of many learners does besides; `id` is the learner's. */
interface Walk {
  /** A verdict sets out. */
  readonly sent: (id: string) => void;
  /** It was not saved, and somebody else is in hand by now. */
  readonly unsaved: (id: string, answer: { readonly kind: string; readonly status?: number }) => void;
  readonly saved: () => void;
}

let walk: Walk | null = null;
/** Has every verdict told to a walk. */
export const walkWith = (other: Walk): void => void (walk = other);

let lastSaved = "";
let deciding = false;

export const formOf = (id: string): HTMLFormElement | null => panelOf(id)?.querySelector("form[data-judge]:not([data-undo])") ?? null;
const undoOf = (id: string): HTMLFormElement | null => panelOf(id)?.querySelector("form[data-undo]") ?? null;
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
const verdictIn = (form: HTMLFormElement): string => form.querySelector<HTMLInputElement>("[name=verdict]:checked")?.value ?? "";
const written = (form: HTMLFormElement): HTMLTextAreaElement | null => form.querySelector<HTMLTextAreaElement>("textarea");
const judged = "form[data-judge]:not([data-undo])";

/** Starts listening to the panels. */
export function startJudging(): void {
  void takeUpAll();
  onOthers((form) => form.matches(judged) && (takeUp(form), reveal(form)));
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset["judge"] === undefined) return;
    event.preventDefault();
    void save(form);
  });
  document.addEventListener("click", (event) => {
    const radio = event.target;
    if (!(radio instanceof HTMLInputElement) || radio.name !== "verdict" || !radio.form) return;
    if (event.detail > 0 || byPointer(event)) give(radio.value);
  });
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.form?.dataset["judge"] === undefined) return;
    if (target.name === "shown" && target.form.dataset["filling"] === undefined) partChanged(target.form, target);
    reveal(target.form);
  });
  for (const kind of ["input", "change"]) document.addEventListener(kind, keepTyped);
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>("a[data-decide]") : null;
    if (!link || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    void saveAll(link.href);
  });
  window.addEventListener("beforeunload", (event) => isUnsaved() && !deciding && event.preventDefault());
}

/** Takes up what is kept of a panel that came after the page. */
export async function takeUpOf(id: string): Promise<void> {
  await settle();
  const form = formOf(id);
  if (form) takeUp(form), reveal(form);
}

async function takeUpAll(): Promise<void> {
  const forms = [...document.querySelectorAll<HTMLFormElement>(judged)];
  forms.forEach(reveal);
  await settle();
  for (const form of forms) if (form.isConnected) takeUp(form), reveal(form);
}

function keepTyped({ target }: Event): void {
  const form = target instanceof Element ? target.closest<HTMLFormElement>(judged) : null;
  if (!form || form.dataset["filling"] !== undefined) return;
  form.dataset["touched"] = "y";
  keepForm(form);
}

const byPointer = (event: MouseEvent): boolean => event instanceof PointerEvent && event.pointerType !== "";

/** Gives the point in hand a verdict; met is saved at once, the others wait for what is still needed. */
export function give(verdict: string): void {
  const form = unfolded();
  const radio = form?.querySelector<HTMLInputElement>(`[name=verdict][value="${verdict}"]`);
  if (!form || !radio) return announce("Nothing can be judged here now.");
  radio.checked = true;
  form.dataset["touched"] = "y";
  if (verdict === partly) takeAsShown(form);
  reveal(form);
  if (verdict === met) form.requestSubmit();
  else ((verdict === partly && askedParts(form)[0]) || written(form))?.focus();
}

/** Saves what the panel of the point in hand says. */
export const saveInHand = (): void => formOf(pointInHand())?.requestSubmit();

/** Brings the cursor to the feedback of the point in hand. */
export const writeFeedback = (): void => {
  const form = unfolded();
  if (form) written(form)?.focus();
};

/** The form of the point in hand; that of a point which was met before is folded until it is wanted. */
function unfolded(): HTMLFormElement | null {
  const form = formOf(pointInHand());
  unfold(form);
  return form;
}

/** Takes the verdict on the point in hand back, or else the one saved last. */
export function undo(): void {
  const here = undoOf(pointInHand());
  const isFolded = here?.closest("details:not([open])") != null;
  const id = here && !isFolded ? pointInHand() : lastSaved;
  if (!undoOf(id)) return announce(isFolded ? "This verdict is of an earlier round. Judge the point anew instead." : "There is no verdict to take back here.");
  if (id !== pointInHand()) choose(id);
  undoOf(id)?.requestSubmit();
}

const idOf = (form: HTMLFormElement): string => form.closest<HTMLElement>("[data-verdict-for]")?.dataset["verdictFor"] ?? "";

/** The forms whose verdict or words were changed and not saved. */
const unsaved = (): HTMLFormElement[] => [...document.querySelectorAll<HTMLFormElement>(judged)].filter(isChanged);
/** The first form in the evidence whose words are not saved; of a comment a place alone is no word. */
export const unsavedIn = (evidence: ParentNode): HTMLFormElement | undefined =>
  [...evidence.querySelectorAll<HTMLFormElement>("form:is([data-flaw], [data-talk])[data-draft]")].find((form) => isChanged(form) && (!isTalk(form) || form.querySelector("textarea")?.value.trim()));
/** Whether a form sends a comment. */
export const isTalk = ({ dataset }: HTMLFormElement): boolean => dataset["talk"] !== undefined;

const isUnsaved = (): boolean => unsaved().length > 0 || Boolean(unsavedIn(document) ?? clashing());

/** Saves all that is not saved yet, then goes on to the decision; stays at the first that could not be saved. */
async function saveAll(address: string): Promise<void> {
  const clash = clashing();
  if (clash) return stay(idOf(clash));
  for (const form of unsaved()) {
    const id = idOf(form);
    await save(form);
    const left = formOf(id);
    if (left && isChanged(left)) return stay(id);
    if (panelOf(id)?.querySelector("[role=alert]")) return stay(id);
  }
  const said = unsavedIn(document);
  if (said) return stayAt(said);
  deciding = true;
  if (walk) return location.assign(address);
  await openDecision(address, () => (deciding = false));
}

/** What is said of evidence is no part of a verdict, so it is saved by its own button alone. */
export function stayAt(flaw: HTMLFormElement): void {
  const learner = flaw.closest<HTMLElement>("[data-of]")?.dataset["of"];
  if (learner && learner !== pointInHand()) choose(learner);
  openPane(flaw.closest<HTMLElement>("[data-pane]")?.dataset["pane"] ?? "");
  unfold(flaw);
  flaw.querySelector<HTMLElement>("textarea")?.focus();
  announce(`${walk ? "" : "Not decided: "}${isTalk(flaw) ? "your comment is not sent" : "what you say against this evidence is not saved"}.`);
}

function stay(id: string): void {
  choose(id);
  announce(`Not decided: what you changed on ${called(id)} is not saved.`);
}

export async function save(form: HTMLFormElement): Promise<void> {
  if (form.getAttribute("aria-busy")) return;
  const id = idOf(form);
  const takesBack = form.dataset["undo"] !== undefined;
  const verdict = verdictIn(form);
  const words = takesBack ? formOf(id) : form;
  const sent = words ? setOut(words, takesBack) : null;
  const sending = send(form);
  if (!takesBack) walk?.sent(id);
  const answer = await sending;
  if (!answer) return;
  const fresh = formOf(id);
  if (sent) carry(sent, fresh, answer.kind === "saved");
  if (fresh) reveal(fresh);
  show(pointInHand(), { scroll: false });
  const isLeft = id !== pointInHand();
  if (walk && isLeft && answer.kind !== "saved") return walk.unsaved(id, answer);
  if (answer.kind === "refused" && answer.status === 404) return flash(gone(), "error");
  if (answer.kind === "faulty") return mend(id, answer.status);
  if (answer.kind !== "saved") return;
  walk?.saved();
  if (takesBack) return takenBack(id, isLeft);
  lastSaved = id;
  said(id, verdict);
  if (fresh && isChanged(fresh)) return walk && isLeft ? save(fresh) : announce(`Saved: ${called(id)} ${verdict}. What you typed since then is not saved yet.`);
  if (!isLeft) goOn(id, verdict);
}

function said(id: string, verdict: string): void {
  flash(`${capital(called(id))}: ${verdict}, saved.`, "done", { label: "Undo", act: () => (choose(id), undo()) });
  announce(`Saved: ${called(id)} ${verdict}.`);
}

function takenBack(id: string, isLeft: boolean): void {
  lastSaved = "";
  if (!isLeft) linkOf(id)?.focus({ preventScroll: true });
  flash(`The verdict on ${called(id)} is taken back.`);
}

/** After met on to the next open point by itself; after the others the assessor stays. */
function goOn(id: string, verdict: string): void {
  const next = nextOpen();
  if (!next) {
    document.querySelector<HTMLElement>("[data-decide]")?.focus();
    announce(`Saved: ${called(id)} ${verdict}. ${walk ? "Everybody here has a verdict." : "Every point has a verdict. You can decide now."}`);
  } else if (walk) announce(`Saved: ${called(id)} ${verdict}.`); // whoever is in hand was taken in hand by a key
  else if (verdict === met) {
    choose(next);
    announce(`Saved: ${called(id)} ${verdict}. Next is ${called(next)}.`);
  } else linkOf(id)?.focus({ preventScroll: true });
}

/** Something is missing, or somebody else saved a verdict meanwhile: the sentence is read out, the cursor goes where it can be mended. */
export function mend(id: string, status: number): void {
  const panel = panelOf(id);
  const sentence = panel?.querySelector<HTMLElement>(`#wrong-${CSS.escape(id)}`);
  sentence?.scrollIntoView({ block: "nearest" });
  const form = formOf(id);
  if (!form || status === 409) return sentence?.focus();
  const verdict = verdictIn(form);
  if (!verdict) form.querySelector<HTMLElement>("[name=verdict]")?.focus();
  else if (verdict === partly && askedParts(form).length && !stillNeeded(form)) askedParts(form)[0]?.focus();
  else if (verdict !== met && !written(form)?.value.trim()) written(form)?.focus();
  else sentence?.focus();
}

/** A form with something in it that is not saved is not folded. */
function reveal(form: HTMLFormElement): void {
  if (isChanged(form)) unfold(form);
}
