/** The form of an entry: sent without leaving the page, with the time at which its first letter was typed. */
import { begin, keepForm } from "../drafts/draft-store";
import { tellNothing } from "../drafts/safe-line";
import { goOnBeyond } from "../drafts/taking-over";
import { drawAgain, fields, fillQuietly, valuesBeyond, valuesOf, type Values } from "../forms/field-values";
import { send } from "../forms/send-form";
import { recount } from "../page/fold-counts";
import { announce, flash } from "../page/messages";

/** Sends `form` whenever it is submitted; `saved` is called when the entry is on the list and the form is empty again. */
export function addEntries(form: HTMLFormElement, saved: () => void): void {
  form.addEventListener("input", (event) => stampTime(form, event.target));
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    void add(form, saved);
  });
}

async function add(form: HTMLFormElement, saved: () => void): Promise<void> {
  const known = valuesOf(form);
  const answer = await send(form);
  if (answer?.kind !== "saved" && answer?.kind !== "waiting") return;
  const since = typedSince(form, known);
  const keep = form.querySelector<HTMLInputElement>("[name=sort]:checked");
  endNote(form);
  drawAgain(form);
  if (keep) keep.checked = true;
  for (const tick of form.querySelectorAll<HTMLInputElement>("[name=points]")) tick.checked = false;
  fillQuietly(form, since);
  stampTime(form, form.querySelector("[name=words]"));
  const goesOn = Object.values(since).some((value) => value && value !== "false");
  tellNothing(form);
  if (answer.kind === "saved") goOnBeyond(form, goesOn);
  else begin(form);
  if (answer.kind === "waiting" && goesOn) keepForm(form);
  recount(form);
  if (answer.kind === "saved") announce(goesOn ? "Saved. What you typed since then is not saved yet." : "Saved.");
  else flash("There is no line, so this entry is kept on this device. It is sent by itself, and stands on the list then.", "info");
  form.querySelector<HTMLElement>("[name=words]")?.focus();
  saved();
}

/** A note with whose words the server drew the form is in the record, or on its way there: the form is drawn without them. */
function endNote(form: HTMLFormElement): void {
  const note = form.querySelector("input[name=sitting]:not([data-own])");
  if (!note) return;
  note.remove();
  for (const field of fields(form)) if (field instanceof HTMLTextAreaElement || (field instanceof HTMLInputElement && ["text", "time"].includes(field.type))) field.defaultValue = "";
  history.replaceState(history.state, "", location.pathname);
}

/** What was changed while the entry was on its way; of a text that was gone on with, what was written since. */
function typedSince(form: HTMLFormElement, known: Values): Values {
  return Object.fromEntries(Object.entries(valuesBeyond(form, known)).map(([name, value]) => [name, restOf(value, known[name] ?? "")]));
}

function restOf(value: string, saved: string): string {
  const begun = saved.trimEnd();
  const rest = value.slice(begun.length);
  return begun && value.startsWith(begun) && /^\s/.test(rest) ? rest.trimStart() : value;
}

/** Who begins to write is given the time of now, at the centre; they may change it. */
function stampTime(form: HTMLFormElement, typed: EventTarget | null): void {
  const field = form.querySelector<HTMLInputElement>("[name=at]");
  const begun = typed instanceof HTMLTextAreaElement && typed.value !== "" && form.dataset["filling"] === undefined;
  if (!field || field.value || !begun) return;
  const zone = form.dataset["zone"] || "UTC";
  field.value = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone }).format(new Date());
}
