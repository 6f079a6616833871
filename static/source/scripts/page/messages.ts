/** Messages after a deed: shown at the top of the page and said to people who listen to it. */
import { button } from "./button";

type Kind = "done" | "info" | "warning" | "error";

/** What a message may carry along: a button that takes the deed back. */
interface Undo {
  readonly label: string;
  readonly act: () => void;
}

let coming = 0;

/** Says a sentence through the polite live region, without showing it; of what one deed says in the same moment, the last. */
export function announce(text: string): void {
  const region = document.getElementById("said");
  if (!region) return;
  window.clearTimeout(coming);
  region.textContent = "";
  coming = window.setTimeout(() => (region.textContent = text), 50);
}

/** Shows and says a message; it stays until it is dismissed or the next one of the page replaces it. */
export function flash(text: string, kind: Kind = "done", undo?: Undo): void {
  const region = document.getElementById("flashes");
  if (!region) return;
  const message = document.createElement("div");
  message.className = `flash flash-${kind}`;
  const words = document.createElement("p");
  words.textContent = text;
  message.append(words);
  if (undo) message.append(button(undo.label, "quiet", () => (message.remove(), undo.act())));
  message.append(button("Dismiss", "quiet", () => message.remove()));
  region.replaceChildren(message);
  announce(text);
}

/** Says the messages that came with the page; a live region that is there from the start stays silent otherwise. */
export function announceFlashes(): void {
  const words = [...document.querySelectorAll("#flashes .flash > p")].map((p) => p.textContent?.trim() ?? "");
  if (words.length) announce(words.join(" "));
}
