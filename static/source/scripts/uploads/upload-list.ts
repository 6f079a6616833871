/** The files of a form: each is sent as soon as it is chosen or dropped; the form waits for all of them. */
import { tokenOf } from "../forms/sign-in-state";
import { announce } from "../page/messages";
import { sendFile, type Sending } from "./tus-upload";
import { drawLine, offerTakeOut, readable, say, showLost, showReceived, showSent } from "./upload-progress";
import { add, remove, showHeld } from "./uploaded-files";

const onTheWay = new Map<HTMLElement, Sending>();

/** Takes over the file field of `form`. */
export function receiveFiles(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=file]");
  const drop = form.querySelector<HTMLElement>("[data-drop]");
  if (!input || !drop) return;
  input.addEventListener("change", () => {
    for (const file of input.files ?? []) take(form, file);
    input.value = "";
  });
  letDrop(form, drop);
  for (const button of form.querySelectorAll<HTMLButtonElement>("[data-file-out]")) {
    button.hidden = false;
    button.addEventListener("click", () => takeOut(form, button.closest("li"), button.dataset["fileOut"] ?? ""));
  }
  showHeld(form, (id, name) => drawReceived(form, id, name));
  waitToSave(form);
}

function letDrop(form: HTMLFormElement, drop: HTMLElement): void {
  const hint = drop.querySelector<HTMLElement>("[data-drop-hint]");
  if (hint) hint.hidden = !matchMedia("(hover: hover)").matches;
  const over = (event: DragEvent, is: boolean): void => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.toggle("is-over", is);
  };
  form.addEventListener("dragover", (event) => over(event, true));
  form.addEventListener("dragleave", (event) => over(event, false));
  form.addEventListener("drop", (event) => {
    over(event, false);
    for (const file of event.dataTransfer?.files ?? []) take(form, file);
  });
}

function take(form: HTMLFormElement, file: File): void {
  const line = newLine(form, file.name, readable(file.size));
  const sending = sendFile(file, form.dataset["upload"] ?? "/uploads", () => tokenOf(form), {
    moved: (sent, all) => showSent(line, sent, all),
    paused: (why) => say(line, why === "offline" ? "No network: it goes on by itself" : "Line cut: trying again"),
    finished: (id) => arrived(form, line, file, id),
    failed: (sentence) => fail(form, line, file, sentence),
  });
  onTheWay.set(line, sending);
  offerTakeOut(line, file.name, () => {
    void sending.stop();
    leave(form, line);
    announce(`${file.name} is removed.`);
  });
  refresh(form);
}

function newLine(form: HTMLFormElement, called: string, said: string): HTMLElement {
  const line = drawLine(called, said);
  form.querySelector("[data-files]")?.append(line);
  return line;
}

/** The line of a file that arrived before, on a page that was left. */
function drawReceived(form: HTMLFormElement, id: string, name: string): void {
  const line = newLine(form, name, "received");
  line.querySelector("progress")?.remove();
  settle(form, line, id, name);
}

/** What has arrived can be taken out again. */
function settle(form: HTMLFormElement, line: HTMLElement, id: string, name: string): void {
  showReceived(line, id);
  offerTakeOut(line, name, () => takeOut(form, line, id));
}

function arrived(form: HTMLFormElement, line: HTMLElement, file: File, id: string): void {
  onTheWay.delete(line);
  if (!id) return fail(form, line, file, "The file arrived, but its number did not. Choose it again.");
  settle(form, line, id, file.name);
  say(line, `${readable(file.size)}, received`);
  add(form, id, file.name);
  announce(`${file.name} is received.`);
  refresh(form);
}

function fail(form: HTMLFormElement, line: HTMLElement, file: File, sentence: string): void {
  onTheWay.delete(line);
  showLost(line, sentence);
  announce(`${file.name}: ${sentence}`);
  refresh(form);
}

function takeOut(form: HTMLFormElement, line: Element | null, id: string): void {
  remove(form, id);
  if (line instanceof HTMLElement) leave(form, line);
  announce("Taken out.");
}

function leave(form: HTMLFormElement, line: HTMLElement): void {
  onTheWay.delete(line);
  line.remove();
  form.querySelector<HTMLElement>("input[type=file]")?.focus();
  refresh(form);
}

const waiting = new WeakSet<HTMLFormElement>();

/** Saving before everything arrived waits, says so, and saves by itself then. */
function waitToSave(form: HTMLFormElement): void {
  form.addEventListener("submit", (event) => {
    if (!onTheWay.size) return;
    event.preventDefault();
    event.stopPropagation();
    waiting.add(form);
    refresh(form);
    announce("It is saved as soon as the files have arrived.");
  }, true);
}

function refresh(form: HTMLFormElement): void {
  const save = form.querySelector<HTMLButtonElement>(".buttons [type=submit]");
  if (!save) return;
  const words = (save.dataset["words"] ??= save.textContent ?? "Save");
  const lost = form.querySelector(".arrival.is-lost") !== null;
  if (waiting.has(form) && lost) waiting.delete(form);
  save.textContent = waiting.has(form) && onTheWay.size ? `Saving when ${onTheWay.size === 1 ? "the file is" : `${onTheWay.size} files are`} here` : words;
  if (!onTheWay.size && waiting.delete(form)) form.requestSubmit(save);
}
