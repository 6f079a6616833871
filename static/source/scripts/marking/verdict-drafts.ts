/** What is typed and ticked in the marking view and not saved yet: kept for each point, and carried into each panel that is drawn anew. */
import { moment, offerBack, typist } from "../drafts/draft-offer";
import { sideBySide } from "../drafts/two-texts";
import { cameBack, draftAt, goOnAs, keepForm, keepSent, others, placeOf, saved as wereSaved, throwAway, type Draft, type Found } from "../drafts/draft-store";
import { goOnBeyond, takeOver } from "../drafts/taking-over";
import { differs, fillQuietly, isChanged, valuesBeyond, valuesDrawn, valuesOf, type Values } from "../forms/field-values";

/** The form of a panel from which something is sent, and what of it is on the way. */
interface OnTheWay {
  readonly form: HTMLFormElement;
  /** What the answer knows of; whatever stands in the form beyond it was typed since, or was never sent. */
  readonly known: Values;
  /** The number of the sending; none where a verdict is taken back, which sends no words. */
  readonly number: string;
}

/** Notes what is sent now; `takesBack` sends nothing of what stands in `form`. */
export function setOut(form: HTMLFormElement, takesBack: boolean): OnTheWay {
  if (takesBack) return { form, known: valuesDrawn(form), number: "" };
  return { form, known: valuesOf(form), number: keepSent(form) };
}

/** Carries into the panel's new form what the answer does not know of; what was sent and saved is let go. */
export function carry({ form, known, number }: OnTheWay, fresh: HTMLFormElement | null, saved: boolean): void {
  if (!fresh || fresh === form) return;
  const place = placeOf(form);
  const draft = draftAt(place);
  if (draft && saved && number && draft.sent === number) wereSaved(place);
  else if (draft) {
    goOnAs(fresh, form);
    fillQuietly(fresh, valuesBeyond(form, known));
    if (form.dataset["touched"] && isChanged(fresh)) fresh.dataset["touched"] = "y";
    if (saved && number) goOnBeyond(fresh, isChanged(fresh));
    else keepForm(fresh);
  }
  takeUp(fresh);
}

/** Puts what is kept into the form; what was typed before somebody judged the point is offered. */
export function takeUp(form: HTMLFormElement): void {
  for (const found of others(form)) {
    const { place, draft } = found;
    if (!differs(form, draft.values)) {
      if (!cameBack(form) && !isChanged(form)) void throwAway(place);
    } else if (draft.whose || draft.basis !== form.dataset["basis"] || isChanged(form) || cameBack(form)) offerDraft(form, found);
    else putIn(form, place, draft);
  }
}

function putIn(form: HTMLFormElement, place: string, draft: Draft): void {
  fillQuietly(form, draft.values);
  takeOver(place, draft, form);
  const note = document.createElement("p");
  note.className = "small quiet";
  note.textContent = "Typed earlier, not saved yet.";
  form.querySelector("textarea")?.after(note);
}

const offered = new Map<string, HTMLElement>();

/** Offers a draft with its words, beside those of the form where there are any; what is offered already is shown as it is now. */
function offerDraft(form: HTMLFormElement, found: Found): void {
  const { place, draft } = found;
  offered.get(place)?.remove();
  const older = draft.basis !== form.dataset["basis"] ? " Something else was saved here since then." : "";
  const { who, where } = typist(found);
  const when = `on ${moment(draft.at)}`;
  const two = sideBySide(form, draft.values, `typed ${where}${when}`);
  const sentence = `${who} ${two ? "typed" : "chose"} this ${draft.whose ? "" : where}${when} and did not save it: ${verdictOf(form, draft)}.${older}`;
  offered.set(place, offerBack(form, place, sentence, () => change(form, place, draft), two));
}

function verdictOf(form: HTMLFormElement, { values }: Draft): string {
  const verdict = [...form.querySelectorAll<HTMLInputElement>("[name=verdict]")].find((one) => values[`verdict=${one.value}`] === "true");
  return `the verdict ${verdict ? `“${verdict.value}”` : "is open"}`;
}

/** Puts the words back; what stood in the form instead is kept and offered in its turn. */
function change(form: HTMLFormElement, place: string, draft: Draft): void {
  const own = placeOf(form);
  if (isChanged(form)) keepForm(form);
  putIn(form, place, draft);
  const instead = own === place ? null : draftAt(own);
  if (instead) offerDraft(form, { place: own, draft: instead, elsewhere: false });
}
