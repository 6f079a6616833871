/** Recordings: waveforms over the players, and keys that speak to the one in use. */
import { answersKeys, shortCut } from "./scripts/keyboard/short-cuts";
import { toggle } from "./scripts/recordings/play-span";
import { playerOf, presentPlayer } from "./scripts/recordings/player";

for (const element of document.querySelectorAll<HTMLElement>("[data-player]")) playerOf(element);

const long = 5;
const short = 1;

document.addEventListener("keydown", (event) => {
  const key = shortCut(event);
  if (!key || answersKeys(event.target)) return;
  const media = presentPlayer()?.media;
  if (!media) return;
  const step = event.shiftKey ? short : long;
  if (key === " ") toggle(media);
  else if (key === "ArrowLeft" || key === "ArrowRight") media.currentTime += key === "ArrowLeft" ? -step : step;
  else return;
  event.preventDefault();
});
