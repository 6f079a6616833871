/** Marks a span of a recording: from here, to here, by key, by typing, or by drawing on the waveform. */
import { fixedDeed } from "../keyboard/keys";
import { type Player, drawnEvent } from "./player";
import { clock, seconds } from "./timecode";

type End = "from" | "to";

/** Called when both ends are known; `byKey` for whoever works by keys and goes on to the points. */
type Marked = (player: Player, begins: number, ends: number, byKey: boolean) => void;

const shortest = 0.1;

/** Lets the learner mark a span in `player`. */
export function markSpans(player: Player, marked: Marked): void {
  const box = player.element.querySelector<HTMLElement>("[data-span-ends]");
  if (!box) return;
  for (const button of box.querySelectorAll<HTMLElement>("[data-mark]")) {
    button.addEventListener("click", () => markHere(player, button.dataset["mark"] as End, marked, false));
  }
  for (const field of box.querySelectorAll("input")) {
    field.addEventListener("change", () => settle(player, marked, false));
    field.addEventListener("keydown", (event) => {
      if (!fixedDeed("span", event)) return;
      event.preventDefault(); // or a button that has the cursor then is pressed by the same key
      settle(player, marked, true);
    });
  }
  player.element.addEventListener(drawnEvent, (event) => {
    const { begins, ends } = (event as CustomEvent<{ begins: number; ends: number }>).detail;
    write(player, "from", begins);
    write(player, "to", ends);
    settle(player, marked, false);
  });
}

/** Takes the player's present second as one end. */
export function markHere(player: Player, end: End, marked: Marked, byKey: boolean): void {
  if (!field(player, end)) return;
  write(player, end, player.media.currentTime);
  settle(player, marked, byKey && end === "to");
}

/** The second at which the span begins that is being marked; null where that is not said yet. */
export const hasBegun = (player: Player): number | null => ends(player).from;

/** Empties both ends. */
export function unmark(player: Player): void {
  for (const end of ["from", "to"] as const) {
    const input = field(player, end);
    if (input) input.value = "";
  }
  say(player, "");
  player.unchoose();
}

/** Both ends as they stand; null where one is missing or wrong. */
function ends(player: Player): { from: number | null; to: number | null } {
  return { from: seconds(field(player, "from")?.value ?? ""), to: seconds(field(player, "to")?.value ?? "") };
}

/** Offers the span where both ends are there and right; says what is wanting where not. */
export function settle(player: Player, marked: Marked, byKey: boolean): void {
  const { from, to } = ends(player);
  const wrong = (["from", "to"] as const).filter((end) => field(player, end)?.value && seconds(field(player, end)?.value ?? "") === null);
  for (const end of ["from", "to"] as const) field(player, end)?.toggleAttribute("aria-invalid", wrong.includes(end));
  if (wrong.length) return say(player, "Write minutes and seconds, for example 1:15.");
  if (from === null || to === null) return say(player, from === null ? "Now mark where it begins." : "Now mark where it ends.");
  const last = Number(player.element.dataset["duration"]) || player.media.duration || Infinity;
  if (to - from < shortest) return say(player, "The end must come after the beginning.");
  if (to > last + shortest) return say(player, `The recording ends at ${clock(last)}.`);
  say(player, "");
  player.choose(from, Math.min(to, last));
  marked(player, from, Math.min(to, last), byKey);
}

const field = (player: Player, end: End): HTMLInputElement | null => player.element.querySelector(`[data-end="${end}"]`);

function write(player: Player, end: End, value: number): void {
  const input = field(player, end);
  if (input) input.value = clock(value);
}

function say(player: Player, words: string): void {
  const said = player.element.querySelector("[data-span-said]");
  if (said && said.textContent !== words) said.textContent = words;
}
