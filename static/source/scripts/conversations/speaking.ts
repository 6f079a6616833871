/** Speech beside a written line: kept on this device slice by slice, sent as soon as it is stopped, part of the form from then on. */
import { capturesOf, fileOf, removeCapture, rescue, type Capture } from "../capture/capture-store";
import { formatOf } from "../capture/formats";
import { type Cause, Recording } from "../capture/recorder";
import { explain } from "../capture/refused-devices";
import { isClosed } from "../capture/storage-room";
import { tokenOf } from "../forms/sign-in-state";
import { clock } from "../recordings/timecode";
import { add, remove } from "../uploads/uploaded-files";
import { sendFile } from "../uploads/tus-upload";

/** Seconds that are recorded at most. */
const longest = 180;
const closed = "This window keeps nothing on the device, so a recording could be lost. Open Markwell in an ordinary window.";
const ends: Record<Cause, string> = {
  taken: "The microphone was taken away. What was recorded until then is kept.",
  full: "There is no more room on this device. What was recorded until then is kept.",
  gone: "The recording was thrown away in another window.",
};

let recording: Recording | null = null;
let isBeginning = false;
let timer = 0;
let finishing: () => void = () => undefined;

/** Starts listening to the buttons; takes up what was recorded for a form of this page and is not part of it yet. */
export function startSpeaking(): void {
  document.addEventListener("click", ({ target }) => {
    const button = target instanceof Element ? target.closest<HTMLElement>("[data-speak], [data-unspeak]") : null;
    const form = button?.closest("form");
    if (!button || !form) return;
    if (button.dataset["unspeak"] !== undefined) takeOut(form);
    else if (recording) finishing();
    else void speak(form);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || form.dataset["speaking"] === undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    say(form, "The recording is not sent yet. Stop it, or wait a moment, then send.");
  }, { capture: true });
  document.addEventListener("input", ({ target }) => {
    if (target instanceof HTMLInputElement && target.name === "received" && target.form) show(target.form);
  });
  for (const form of document.querySelectorAll<HTMLFormElement>("form:has([data-speech])")) {
    show(form);
    void takeUp(form);
  }
  document.documentElement.classList.add("can-speak");
}

/** Whose captures those of a form are: no tray sends them as items. */
const placeOf = (form: HTMLFormElement): string => `${document.body.dataset["person"] ?? ""}/${form.dataset["draft"] ?? ""}`;
const part = (form: HTMLFormElement, name: string): HTMLElement | null => form.querySelector<HTMLElement>(`[data-${name}]`);
const field = (form: HTMLFormElement): HTMLInputElement | null => form.querySelector<HTMLInputElement>("input[name=received]");
const say = (form: HTMLFormElement, words: string): void => void (part(form, "spoken")!.textContent = words);

/** What the form says of its recording, as its field has it. */
function show(form: HTMLFormElement): void {
  const has = Boolean(field(form)?.value);
  part(form, "unspeak")?.toggleAttribute("hidden", !has);
  part(form, "speak")?.toggleAttribute("hidden", has);
  if (form.dataset["speaking"] === undefined) say(form, has ? "A recording goes with it." : "");
}

async function speak(form: HTMLFormElement): Promise<void> {
  if (isBeginning) return;
  isBeginning = true;
  const type = formatOf("sound");
  let stream: MediaStream | null = null;
  try {
    if (await isClosed()) return say(form, closed);
    if (!type) throw new DOMException("", "NotSupportedError");
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    recording = await Recording.begin(placeOf(form), "sound", type, stream, (why) => void finish(form, ends[why]));
  } catch (error) {
    for (const track of stream?.getTracks() ?? []) track.stop();
    return say(form, explain(error, false));
  } finally {
    isBeginning = false;
  }
  form.dataset["speaking"] = "";
  finishing = () => void finish(form, "");
  part(form, "speak")!.textContent = "Stop";
  say(form, "Recording, three minutes at most.");
  timer = window.setTimeout(finishing, longest * 1000);
}

async function finish(form: HTMLFormElement, why: string): Promise<void> {
  const ended = recording;
  if (!ended) return;
  recording = null;
  window.clearTimeout(timer);
  part(form, "speak")!.textContent = "Record speech";
  const capture = await ended.stop();
  if (capture) return sendAlong(form, capture, why);
  delete form.dataset["speaking"];
  say(form, why || "Nothing was recorded. Try once more.");
}

/** Sends a recording; it stays on the device until the form has it by its id, which is kept like what is typed. */
async function sendAlong(form: HTMLFormElement, capture: Capture, why = ""): Promise<void> {
  form.dataset["speaking"] = "";
  say(form, `${why} Sending ${clock(Math.floor(capture.seconds)).slice(0, -2)} …`.trim());
  const file = new File([await fileOf(capture)], capture.name, { type: capture.type });
  sendFile(file, part(form, "speech")?.dataset["upload"] ?? "", () => tokenOf(form), {
    moved: () => undefined,
    paused: () => say(form, "No network: the recording is kept on this device and goes on by itself."),
    finished: (id) => {
      const here = form.isConnected ? form : document.querySelector<HTMLFormElement>(`form[data-draft="${CSS.escape(form.dataset["draft"] ?? "")}"]`);
      delete form.dataset["speaking"];
      if (!here) return; // it stays on the device, and is taken up when the form is opened again
      add(here, id, capture.name);
      void removeCapture(capture.id);
    },
    failed: (sentence) => {
      delete form.dataset["speaking"];
      say(form, `${sentence} It is kept on this device; load the page to try again.`);
    },
  });
}

/** What a page that ended left of this form. */
async function takeUp(form: HTMLFormElement): Promise<void> {
  const place = placeOf(form);
  await rescue(place);
  const left = (await capturesOf(place)).filter((one) => one.state === "kept").at(-1);
  if (left && !field(form)?.value) await sendAlong(form, left);
}

function takeOut(form: HTMLFormElement): void {
  for (const id of (field(form)?.value ?? "").split(/\s+/)) remove(form, id);
  part(form, "speak")?.focus();
}
