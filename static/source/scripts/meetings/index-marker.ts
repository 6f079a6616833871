/** The timed index of a recording: one key begins a part while it plays, and saves it when it begins the next. */
import { fixedDeed } from "../keyboard/keys";
import { deedOf } from "../keyboard/short-cuts";
import { told } from "../keyboard/shown-keys";
import { playerFor } from "../recordings/player";
import { clock } from "../recordings/timecode";
import { addEntries } from "./entry-form";

/** Lets `form` mark parts of the recording that it names; what is typed does not stop it. */
export function markParts(form: HTMLFormElement): void {
  let next = "";
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !isPart(form)) return;
    if (!field(form, "begins").value) {
      event.preventDefault();
      begin(form, now(form));
      return;
    }
    const ends = field(form, "ends");
    if (!ends.value) write(ends, now(form));
    next = ends.value;
  });
  addEntries(form, () => {
    playerFor(document, recording(form))?.show();
    if (next) begin(form, next);
    next = "";
  });
  form.addEventListener("keydown", (event) => {
    const words = event.target instanceof HTMLTextAreaElement && event.target.name === "words";
    if (!words || !fixedDeed("meeting", event) || event.isComposing || !isPart(form)) return;
    event.preventDefault();
    form.requestSubmit();
  });
  document.addEventListener("keydown", (event) => {
    if (!deedOf("meeting", event)) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

/** A part of the recording is marked; a question or a product that began in none is only written down. */
const isPart = (form: HTMLFormElement): boolean =>
  form.querySelector<HTMLInputElement>("[name=sort]:checked")?.value === "topic" || field(form, "begins").value !== "";

const field = (form: HTMLFormElement, name: string): HTMLInputElement => form.querySelector<HTMLInputElement>(`[name=${name}]`)!;

const recording = (form: HTMLFormElement): string => form.querySelector<HTMLInputElement>("[name=recording]")?.value ?? "";

/** The present second of the recording. */
const now = (form: HTMLFormElement): string => clock(playerFor(document, recording(form))?.media.currentTime ?? 0);

function write(input: HTMLInputElement, value: string): void {
  input.value = value;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}

function begin(form: HTMLFormElement, second: string): void {
  write(field(form, "begins"), second);
  const said = form.querySelector("[data-index-said]");
  if (said) said.textContent = `A part begins at ${second}. Write what it is about; ${told("meeting", "save the part, begin the next")} saves it and begins the next.`;
  form.querySelector<HTMLElement>("[name=words]")?.focus();
}
