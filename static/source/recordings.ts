/** Recordings: waveforms over the players, keys that speak to the one in use, and speech where a form takes it. */
import type { Deed } from "./scripts/keyboard/keys";
import { deedOf } from "./scripts/keyboard/short-cuts";
import { announce } from "./scripts/page/messages";
import { toggle } from "./scripts/recordings/play-span";
import { type Player, playerOf, presentPlayer } from "./scripts/recordings/player";
import { playNotes } from "./scripts/recordings/timed-notes";

for (const element of document.querySelectorAll<HTMLElement>("[data-player]")) playerOf(element);
playNotes();

const deeds: Record<Deed<"recording">, (player: Player) => void> = {
  "play, pause": ({ media }) => toggle(media),
  "5 seconds back": ({ media }) => (media.currentTime -= 5),
  "5 seconds on": ({ media }) => (media.currentTime += 5),
  "1 second back": ({ media }) => (media.currentTime -= 1),
  "1 second on": ({ media }) => (media.currentTime += 1),
  slower: (player) => change(player, -1),
  faster: (player) => change(player, 1),
  mute: (player) => press(player, "[data-mute]", ""),
  captions: (player) => press(player, "[data-captions]", "This recording has no captions."),
  "full screen": (player) => press(player, "[data-full]", "Only a film fills the screen."),
};

function press({ element }: Player, button: string, otherwise: string): void {
  const found = element.querySelector<HTMLElement>(button);
  if (found) found.click();
  else announce(otherwise);
}

/** To the next of the speeds that the player offers. */
function change({ element }: Player, step: number): void {
  const speeds = element.querySelector<HTMLSelectElement>("[data-speed]");
  const next = speeds?.options[speeds.selectedIndex + step];
  if (!speeds || !next) return;
  next.selected = true;
  speeds.dispatchEvent(new Event("change", { bubbles: true }));
  announce(`Speed ${next.text}`);
}

document.addEventListener("keydown", (event) => {
  const deed = deedOf("recording", event);
  const player = deed ? presentPlayer() : null;
  if (!deed || !player) return;
  deeds[deed](player);
  event.preventDefault();
});
if (document.querySelector("[data-speech]")) {
  const { startSpeaking } = await import("./scripts/conversations/speaking");
  startSpeaking();
}
