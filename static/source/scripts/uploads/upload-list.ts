/** The files of a form: each is sent as soon as it is chosen or dropped; the form waits for all of them. */
import { announce } from "../page/messages";
import { add, remove, showHeld } from "./uploaded-files";
import { sendFile, type Sending } from "./tus-upload";

const sizes = ["bytes", "kB", "MB", "GB"];

/** `1536000` → `1.5 MB`. */
export function readable(bytes: number): string {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), sizes.length - 1);
  const value = bytes / 1000 ** step;
  return `${value >= 100 || step === 0 ? Math.round(value) : value.toFixed(1)} ${sizes[step]}`;
}

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
  const line = drawLine(form, file.name, readable(file.size));
  const bar = line.querySelector("progress") as HTMLProgressElement;
  const said = line.querySelector(".progress-value") as HTMLElement;
  const token = (): string => form.querySelector<HTMLInputElement>("[name=csrf_token]")?.value ?? "";
  const sending = sendFile(file, form.dataset["upload"] ?? "/uploads", token, {
    moved(sent, all) {
      bar.max = all || 1;
      bar.value = sent;
      said.textContent = `${readable(sent)} of ${readable(all)}`;
    },
    paused: (why) => void (said.textContent = why === "offline" ? "No network: it goes on by itself" : "Line cut: trying again"),
    finished: (id) => arrived(form, line, file, id),
    failed: (sentence) => fail(form, line, file, sentence),
  });
  onTheWay.set(line, sending);
  line.querySelector("button")?.addEventListener("click", () => {
    void sending.stop();
    leave(form, line);
    announce(`${file.name} is taken out.`);
  });
  refresh(form);
}

function drawLine(form: HTMLFormElement, called: string, said: string): HTMLElement {
  const line = document.createElement("li");
  line.className = "arrival";
  const label = document.createElement("label");
  label.className = "progress";
  const words = document.createElement("span");
  words.className = "progress-label";
  const name = document.createElement("span");
  name.textContent = called;
  const value = document.createElement("span");
  value.className = "progress-value";
  value.textContent = said;
  words.append(name, value);
  label.append(words, document.createElement("progress"));
  line.append(label, button(`Take out ${called}`));
  form.querySelector("[data-files]")?.append(line);
  return line;
}

/** The line of a file that arrived before, on a page that was left. */
function drawReceived(form: HTMLFormElement, id: string, name: string): void {
  const line = drawLine(form, name, "received");
  line.querySelector("progress")?.remove();
  settle(form, line, id);
}

/** What has arrived can be taken out again. */
function settle(form: HTMLFormElement, line: HTMLElement, id: string): void {
  line.dataset["file"] = id;
  line.classList.add("is-here");
  const out = line.querySelector("button") as HTMLButtonElement;
  const fresh = button(out.getAttribute("aria-label") ?? "Take out");
  out.replaceWith(fresh);
  fresh.addEventListener("click", () => takeOut(form, line, id));
}

function button(label: string): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-quiet button-small";
  made.textContent = "Take out";
  made.setAttribute("aria-label", label);
  return made;
}

function arrived(form: HTMLFormElement, line: HTMLElement, file: File, id: string): void {
  onTheWay.delete(line);
  if (!id) return fail(form, line, file, "The file arrived, but its number did not. Choose it again.");
  settle(form, line, id);
  const said = line.querySelector(".progress-value");
  if (said) said.textContent = `${readable(file.size)}, received`;
  add(form, id, file.name);
  announce(`${file.name} is received.`);
  refresh(form);
}

function fail(form: HTMLFormElement, line: HTMLElement, file: File, sentence: string): void {
  onTheWay.delete(line);
  line.classList.add("is-lost");
  line.querySelector("progress")?.remove();
  const said = line.querySelector(".progress-value");
  if (said) said.textContent = sentence;
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
