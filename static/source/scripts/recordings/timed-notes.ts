/** Timed notes: a line of an item's text that begins with a time of its recording. */
import { fixedDeed } from "../keyboard/keys";
import { deedOf } from "../keyboard/short-cuts";
import { drawnEvent, playerFor, presentPlayer } from "./player";
import { clock, seconds } from "./timecode";

const timed = /^\s*(?:[-•*]\s+)?((?:\d+:)?\d+:\d\d(?:\.\d)?)\s/;

/** Lets whoever changes an item note the present second: by the button, by its key, and by Enter while it plays. */
export function noteMoments(form: HTMLFormElement): void {
  const [text, button] = [form.querySelector<HTMLTextAreaElement>("textarea[name=text]"), form.querySelector("[data-note-here]")];
  if (!text || !button) return;
  button.addEventListener("click", () => begin(text));
  document.addEventListener("keydown", (event) => {
    if (!deedOf("notes", event)) return;
    event.preventDefault();
    begin(text);
  });
  text.addEventListener("keydown", (event) => {
    const plays = presentPlayer()?.media.paused === false;
    if (!fixedDeed("notes", event) || event.isComposing || !plays || !timed.test(lineAt(text))) return;
    event.preventDefault();
    begin(text);
  });
}

/** Plays from a note on, until the next one; and offers its seconds to the chooser of points. */
export function playNotes(): void {
  document.addEventListener("click", (event) => {
    const [pressed, note] = event.target instanceof Element ? [event.target, event.target.closest<HTMLElement>("[data-note]")] : [null, null];
    const player = note && playerFor(note.closest("[data-pane], #item") ?? document, note.dataset["file"] ?? "");
    if (!pressed || !player) return;
    const [begins, ends] = [Number(note.dataset["begins"]), Number(note.dataset["ends"])];
    if (pressed.closest("[data-note-play]")) player.go({ number: "", begins, ends }, true);
    if (pressed.closest("[data-note-claim]")) player.element.dispatchEvent(new CustomEvent(drawnEvent, { detail: { begins, ends } }));
  });
}

/** Begins a line for the present second, after the lines of earlier seconds. */
function begin(text: HTMLTextAreaElement): void {
  const player = presentPlayer();
  if (!player) return;
  const now = player.media.currentTime;
  const several = document.querySelectorAll("[data-player]").length > 1;
  const line = `- ${clock(now)} ${several ? `(${player.element.dataset["name"] ?? ""}) ` : ""}`;
  const at = placeFor(text.value, now);
  const [before, after] = [text.value.slice(0, at), text.value.slice(at)];
  const [above, below] = [before && !before.endsWith("\n") ? "\n" : "", after && !after.startsWith("\n") ? "\n" : ""];
  text.setRangeText(`${above}${line}${below}`, at, at, "end");
  const end = at + above.length + line.length;
  text.setSelectionRange(end, end);
  text.focus();
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Where a line of the second `now` belongs: before the first of a later one, else at the end. */
function placeFor(words: string, now: number): number {
  let at = 0;
  for (const line of words.split("\n")) {
    const told = seconds(timed.exec(line)?.[1] ?? "");
    if (told !== null && told > now) return at;
    at += line.length + 1;
  }
  return words.trimEnd().length;
}

const lineAt = (text: HTMLTextAreaElement): string => text.value.slice(text.value.lastIndexOf("\n", text.selectionStart - 1) + 1, text.selectionStart);
