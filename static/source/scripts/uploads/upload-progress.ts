/** The line of one file in a form's list: its name, how far its upload is, and the button that takes it out. */
import { button } from "../page/button";

const sizes = ["bytes", "kB", "MB", "GB"];

/** `1536000` → `1.5 MB`. */
export function readable(bytes: number): string {
  const step = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), sizes.length - 1);
  const value = bytes / 1000 ** step;
  return `${value >= 100 ? Math.round(value) : Math.round(value * 10) / 10} ${sizes[step]}`;
}

/** A line for the file of this name, with a bar; `said` stands beside the name. */
export function drawLine(called: string, said: string): HTMLElement {
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
  line.append(label);
  return line;
}

/** Gives the line the button that takes the file out, in place of the one it had. */
export function offerTakeOut(line: HTMLElement, called: string, act: () => void): void {
  const out = button("Remove", "quiet small", act);
  out.setAttribute("aria-label", `Remove ${called}`);
  line.querySelector("button")?.remove();
  line.append(out);
}

/** Says something beside the file's name. */
export function say(line: HTMLElement, words: string): void {
  const said = line.querySelector(".progress-value");
  if (said) said.textContent = words;
}

/** Shows how many of the file's bytes are sent. */
export function showSent(line: HTMLElement, sent: number, all: number): void {
  const bar = line.querySelector("progress");
  if (bar) [bar.max, bar.value] = [all || 1, sent];
  say(line, `${readable(sent)} of ${readable(all)}`);
}

/** Shows that the server has the file, under this id. */
export function showReceived(line: HTMLElement, id: string): void {
  line.dataset["file"] = id;
  line.classList.add("is-here");
}

/** Shows why the file does not come. */
export function showLost(line: HTMLElement, sentence: string): void {
  line.classList.add("is-lost");
  line.querySelector("progress")?.remove();
  say(line, sentence);
}
