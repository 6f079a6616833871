/** Keeps what is typed into forms, here and at the centre, until the server says that these very words were saved. */
import { differs, drawAgain, isChanged, isDrawn } from "../forms/field-values";
import { keyOf } from "../forms/form-key";
import { recordsOf } from "../forms/sign-in-state";
import { flash } from "../page/messages";
import { learnWaiting } from "../tray/waiting-numbers";
import { kept, keptForOthers, takeOver as takeRecords } from "./device-storage";
import { moment, offer, taking, typist } from "./draft-offer";
import { cameBack, draftAt, keepForm, keepSent, others, placeOf, throwAway, type Draft, type Found } from "./draft-store";
import { tellTyping } from "./safe-line";
import { letGoOf, lookAtCentre, onOthers, settle, startStore } from "./settling";
import { putBack, putBelow, takeOver } from "./taking-over";
import { hasBoth, sideBySide } from "./two-texts";

/** What is typed is on the device after so many milliseconds, whether or not typing goes on. */
const atMost = 300;
const own = "form[data-draft]:not([data-judge], [data-chooser])";
const offered = new Map<string, readonly [HTMLElement, number]>();

/** Starts keeping the forms of this page that ask for it, and lets go of those that were saved. */
export function keepDrafts(): void {
  if (!document.body.dataset["person"]) return;
  startStore();
  onOthers((form) => form.matches(own) && others(form).filter((one) => one.elsewhere).forEach((one) => offerDraft(form, one, null)));
  letGoOf((document.body.dataset["saved"] ?? "").split(" "));
  const forms = keptIn(document);
  const merged = keptForOthers() ? recordsOf().then(takeRecords) : Promise.resolve();
  void merged
    .then(settle)
    .then((since) => learnWaiting(document.body.dataset["person"] ?? "").then(() => forms.forEach((form) => takeUp(form, since))));
}

/** Does the same for forms that came to the page later, within an element. */
export async function keepFormsIn(place: HTMLElement | null): Promise<void> {
  const forms = place && document.body.dataset["person"] ? keptIn(place) : [];
  if (!forms.length) return;
  const since = await settle();
  await lookAtCentre(forms);
  for (const form of forms) takeUp(form, since);
}

function keptIn(place: ParentNode): HTMLFormElement[] {
  const forms = [...place.querySelectorAll<HTMLFormElement>(own)].filter((form) => !form.querySelector("input[type=password]"));
  for (const form of forms) {
    keepKeyOnTheWayBack(form);
    goOn(form);
    watch(form);
    if (isChanged(form) && wayHere() === "navigate") keepForm(form); // typed before this script was there
  }
  return forms;
}

function watch(form: HTMLFormElement): void {
  let timer = 0;
  const save = (): void => (stop(), keepForm(form));
  const stop = (): void => (window.clearTimeout(timer), void (timer = 0));
  form.addEventListener("input", () => {
    if (form.dataset["filling"] !== undefined) return;
    tellTyping(form);
    timer ||= window.setTimeout(save, atMost);
  });
  window.addEventListener("pagehide", () => timer && save(), { capture: true });
  form.addEventListener("submit", (event) => {
    stop();
    keepSent(form);
    sessionStorage.setItem(lastOf(form), JSON.stringify([placeOf(form), keyOf(form)?.value ?? ""]));
    if (navigator.onLine || mayWait(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    flash("You are offline, so this is not saved yet. Your words are kept on this device: save again when you are connected.", "warning");
  });
}

/** Whether the form waits on this device when it cannot be sent: a script sends it, or the worker sees to it. */
const mayWait = (form: HTMLFormElement): boolean =>
  form.querySelector("input[name=waits]") !== null && (form.dataset["entry"] !== undefined || Boolean(navigator.serviceWorker?.controller));

const lastOf = (form: HTMLFormElement): string => `draft:${form.dataset["draft"] ?? ""}`;

/** The place and the key with which such a form was sent last in this window. */
function lastSent(form: HTMLFormElement): readonly string[] {
  try {
    const told: unknown = JSON.parse(sessionStorage.getItem(lastOf(form)) ?? "[]");
    return Array.isArray(told) ? told.map(String) : [];
  } catch {
    return [];
  }
}

const wayHere = (): string | undefined => (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined)?.type;

/** A browser that goes back may draw the form anew and put the words back in: it is still the form that was sent. */
function keepKeyOnTheWayBack(form: HTMLFormElement): void {
  const [key, [, sent]] = [keyOf(form), lastSent(form)];
  if (!key || !sent || wayHere() !== "back_forward") return;
  window.addEventListener("pageshow", () => isChanged(form) && (key.value = sent), { once: true });
}

/** A form that came back with the words that were sent, to be mended or changed, goes on with them. */
function goOn(form: HTMLFormElement): void {
  const [place = ""] = lastSent(form);
  const draft = kept<Draft>(place);
  if (!draft || (!cameBack(form) && !isDrawn(form, draft.values))) return;
  takeOver(place, draft, form);
  form.dataset["names"] = draft.names ?? "{}";
}

/** Puts back what was sent and, as the server says, not saved; offers all else that is kept for the form. */
function takeUp(form: HTMLFormElement, since: string | null): void {
  for (const found of others(form)) {
    const { place, draft } = found;
    if (!differs(form, draft.values)) continue;
    const certain = since !== null && draft.sent !== undefined && draft.at >= since && !found.elsewhere;
    if (certain && draft.basis === form.dataset["basis"] && !isChanged(form) && !cameBack(form)) {
      putBack(form, place, draft);
      offer(form, `What you sent on ${moment(draft.at)} was not saved. We put it back: look at it and save again.`, [
        ["Throw away", () => (drawAgain(form), keepForm(form))],
      ]);
    } else offerDraft(form, found, since);
  }
}

/** Offers a draft, beside what stands in the form where that is something else; what is offered already is shown as it is now. */
function offerDraft(form: HTMLFormElement, found: Found, since: string | null): void {
  const { place, draft, elsewhere } = found;
  const [shown, turn] = offered.get(place) ?? [null, 0];
  if (shown?.isConnected && (turn === draft.turn || shown.contains(document.activeElement))) return;
  shown?.remove();
  const older = draft.basis !== form.dataset["basis"] ? " It was changed since then." : "";
  const long = since !== null && draft.sent && draft.at < since;
  const unknown = long ? " It is too long ago to tell whether it was saved: look for it before you save it again." : "";
  const { who, where } = typist(found);
  const said = draft.whose ? `${who} typed this and did not save it, on` : elsewhere ? `${who} typed this ${where}on` : "We kept what you typed on";
  const [whence, told] = [`typed ${where}on ${moment(draft.at)}`, `${said} ${moment(draft.at)}.${older}${unknown}`];
  const two = sideBySide(form, draft.values, whence);
  const both: [string, () => void][] = hasBoth(two) ? [["Add it below what is here", () => putBelow(form, place, draft)]] : [];
  const taken: [string, () => void] = [taking(place, two), () => change(form, place, draft)];
  const box = offer(form, hasBoth(two) ? `${told} Nothing is lost: choose what to go on with.` : told, [taken, ...both, ["Throw away", () => void throwAway(place)]], two);
  offered.set(place, [box, draft.turn ?? 0]);
}

/** Puts the words back; what stood in the form instead is kept and offered in its turn. */
function change(form: HTMLFormElement, place: string, draft: Draft): void {
  const before = placeOf(form);
  if (isChanged(form)) keepForm(form);
  putBack(form, place, draft);
  const instead = draftAt(before);
  if (instead && before !== place) offerDraft(form, { place: before, draft: instead, elsewhere: false }, null);
}
