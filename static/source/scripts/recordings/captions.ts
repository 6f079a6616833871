/** Captions in a player: shown and put away by a button; those of a sound stand in a line of their own. */
import { keep, kept } from "../drafts/device-storage";

/** Whether captions are shown on this device. */
const setting = "captions";

/** Connects the button for captions, where the recording has any. */
export function showCaptions(player: HTMLElement, bar: HTMLElement, media: HTMLMediaElement): void {
  const [button, track] = [bar.querySelector<HTMLElement>("[data-captions]"), media.querySelector("track")?.track];
  if (!button || !track) return;
  const line = player.querySelector<HTMLElement>("[data-caption-line]");
  const set = (shown: boolean): void => {
    track.mode = shown ? (line ? "hidden" : "showing") : "disabled";
    button.setAttribute("aria-pressed", String(shown));
    if (line) line.hidden = !shown;
  };
  set(kept<boolean>(setting) ?? false);
  button.addEventListener("click", () => {
    const shown = button.getAttribute("aria-pressed") !== "true";
    keep(setting, shown);
    set(shown);
  });
  track.addEventListener("cuechange", () => {
    if (line) line.textContent = [...(track.activeCues ?? [])].map((cue) => (cue as VTTCue).getCueAsHTML().textContent).join("\n");
  });
}
