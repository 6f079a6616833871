/** Keeps what is typed into forms on this device until the server says that these very words were saved. */
import { differs, drawAgain, isChanged } from "../forms/field-values";
import { keyOf } from "../forms/form-key";
import { recordsOf } from "../forms/sign-in-state";
import { flash } from "../page/messages";
import { kept, keptForOthers, letGo, takeOver } from "./device-storage";
import { moment, offer, offerBack } from "./draft-offer";
import { cameBack, keepForm, keepSent, letGoOf, moveTo, nameOf, others, placeOf, putBack, settle, type Draft } from "./draft-store";

const pause = 300;

/** Starts keeping the forms of this page that ask for it, and lets go of those that were saved. */
export function keepDrafts(): void {
  letGoOf((document.body.dataset["saved"] ?? "").split(" "));
  const all = [...document.querySelectorAll<HTMLFormElement>("form[data-draft]:not([data-judge], [data-chooser])")];
  const forms = all.filter((form) => !form.querySelector("input[type=password]"));
  for (const form of forms) {
    keepKeyOnTheWayBack(form);
    goOn(form);
    watch(form);
  }
  const merged = keptForOthers() ? recordsOf().then(takeOver) : Promise.resolve();
  void merged.then(settle).then((since) => forms.forEach((form) => takeUp(form, since)));
}

function watch(form: HTMLFormElement): void {
  let timer = 0;
  const save = (): void => (stop(), keepForm(form));
  const stop = (): void => (window.clearTimeout(timer), void (timer = 0));
  form.addEventListener("input", () => {
    if (form.dataset["filling"] !== undefined) return;
    stop();
    timer = window.setTimeout(save, pause);
  });
  window.addEventListener("pagehide", () => timer && save());
  form.addEventListener("submit", (event) => {
    stop();
    keepSent(form);
    sessionStorage.setItem(nameOf(form), JSON.stringify([placeOf(form), keyOf(form)?.value ?? ""]));
    if (navigator.onLine) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    flash("You are offline, so this is not saved yet. Your words are kept on this device: save again when you are connected.", "warning");
  });
}

/** The place and the key with which such a form was sent last in this window. */
function lastSent(form: HTMLFormElement): readonly string[] {
  try {
    const told: unknown = JSON.parse(sessionStorage.getItem(nameOf(form)) ?? "[]");
    return Array.isArray(told) ? told.map(String) : [];
  } catch {
    return [];
  }
}

/** A browser that goes back may draw the form anew and put the words back in: it is still the form that was sent. */
function keepKeyOnTheWayBack(form: HTMLFormElement): void {
  const way = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined;
  const [key, [, sent]] = [keyOf(form), lastSent(form)];
  if (!key || !sent || way?.type !== "back_forward") return;
  window.addEventListener("pageshow", () => isChanged(form) && (key.value = sent), { once: true });
}

/** A form that came back with the words that were sent, to be mended or changed, keeps them where they are kept. */
function goOn(form: HTMLFormElement): void {
  const [place = ""] = lastSent(form);
  const draft = kept<Draft>(place);
  if (!draft || (!cameBack(form) && differs(form, draft.values))) return;
  moveTo(form, place);
  form.dataset["names"] = draft.names ?? "{}";
}

/** Puts back what was sent and, as the server says, not saved; offers all else that is kept for the form. */
function takeUp(form: HTMLFormElement, since: string | null): void {
  for (const [place, draft] of others(form)) {
    if (!differs(form, draft.values)) continue;
    const certain = since !== null && draft.sent !== undefined && draft.at >= since;
    if (certain && draft.basis === form.dataset["basis"] && !isChanged(form) && !cameBack(form)) {
      putBack(form, place, draft);
      offer(form, `What you sent on ${moment(draft.at)} was not saved. We put it back: look at it and save again.`, [
        ["Throw away", () => (drawAgain(form), letGo(place))],
      ]);
    } else offerDraft(form, place, draft, since);
  }
}

function offerDraft(form: HTMLFormElement, place: string, draft: Draft, since: string | null): void {
  const older = draft.basis !== form.dataset["basis"] ? " It was changed since then." : "";
  const long = since !== null && draft.sent && draft.at < since;
  const unknown = long ? " It is too long ago to tell whether it was saved: look for it before you save it again." : "";
  offerBack(form, place, `We kept what you typed on ${moment(draft.at)}.${older}${unknown}`, () => change(form, place, draft));
}

/** Puts the words back; what stood in the form instead is kept and offered in its turn. */
function change(form: HTMLFormElement, place: string, draft: Draft): void {
  const own = placeOf(form);
  if (isChanged(form)) keepForm(form);
  putBack(form, place, draft);
  const instead = kept<Draft>(own);
  if (instead && own !== place) offerDraft(form, own, instead, null);
}
