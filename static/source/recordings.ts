/** Recordings: waveforms over the players, and keys that speak to the one in use. */
import { deedOf, recordingKeys } from "./scripts/keyboard/keys";
import { answersKeys, shortCut } from "./scripts/keyboard/short-cuts";
import { toggle } from "./scripts/recordings/play-span";
import { playerOf, presentPlayer } from "./scripts/recordings/player";
import { playNotes } from "./scripts/recordings/timed-notes";

for (const element of document.querySelectorAll<HTMLElement>("[data-player]")) playerOf(element);
playNotes();

/** Steps in seconds. */
const [long, short] = [5, 1];

document.addEventListener("keydown", (event) => {
  const deed = deedOf(recordingKeys, shortCut(event));
  if (!deed || answersKeys(event.target)) return;
  const media = presentPlayer()?.media;
  if (!media) return;
  const step = event.shiftKey ? short : long;
  if (deed === "play, pause") toggle(media);
  else media.currentTime += deed === recordingKeys.ArrowLeft ? -step : step;
  event.preventDefault();
});
