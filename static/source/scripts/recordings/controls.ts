/** The controls of a player in the place of the browser's: play, time, volume, speed, the whole screen. */
import { keep, kept } from "../drafts/device-storage";
import { flash } from "../page/messages";
import { showCaptions } from "./captions";
import { toggle } from "./play-span";
import { clock } from "./timecode";

/** How fast recordings play on this device. */
const setting = "playing-speed";

/** Connects the controls of `player` with its recording, and puts the browser's away. */
export function control(player: HTMLElement, media: HTMLMediaElement): void {
  const bar = player.querySelector<HTMLElement>("[data-player-bar]");
  if (!bar) return;
  media.controls = false;
  playing(player, bar, media);
  time(bar, media);
  volume(bar, media);
  speed(bar, media);
  showCaptions(player, bar, media);
  bar.querySelector("[data-full]")?.addEventListener("click", () => fill(player, media));
  loading(media);
}

const part = <E extends HTMLElement>(bar: HTMLElement, name: string): E => bar.querySelector<E>(`[data-${name}]`)!;

function playing(player: HTMLElement, bar: HTMLElement, media: HTMLMediaElement): void {
  const button = part<HTMLButtonElement>(bar, "play");
  const tell = (): void => {
    player.classList.toggle("is-playing", !media.paused);
    button.setAttribute("aria-label", media.paused ? "Play" : "Pause");
  };
  button.addEventListener("click", () => toggle(media));
  if (media instanceof HTMLVideoElement) media.addEventListener("click", () => toggle(media));
  for (const name of ["play", "pause"]) media.addEventListener(name, tell);
}

function time(bar: HTMLElement, media: HTMLMediaElement): void {
  const [said, line] = [part(bar, "clock"), part<HTMLInputElement>(bar, "seek")];
  const tell = (): void => {
    const waits = !media.paused && media.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
    const now = clock(Math.floor(media.currentTime)).slice(0, -2);
    said.textContent = waits ? "Loading…" : now;
    line.value = String(media.currentTime);
    line.setAttribute("aria-valuetext", now);
  };
  line.addEventListener("input", () => (media.currentTime = Number(line.value)));
  for (const name of ["timeupdate", "seeking", "waiting", "playing", "pause"]) media.addEventListener(name, tell);
}

/** A recording that failed is loaded once more and goes on where it was; then it is said. One that cannot be decoded there begins anew
 *  before that: of what was written as it came, browsers do not show every second. */
function loading(media: HTMLMediaElement): void {
  let [source, failures] = ["", 0];
  const mend = (): void => {
    failures = source === media.currentSrc ? failures + 1 : 1;
    source = media.currentSrc;
    const [at, played, name] = [media.currentTime, !media.paused, media.getAttribute("aria-label") ?? ""];
    const anew = failures === 2 && at > 0 && media.error?.code === MediaError.MEDIA_ERR_DECODE;
    if (failures > 1 && !anew) return flash(`“${name}” could not be loaded. Load the page again, or download the file.`, "error");
    media.load();
    if (!anew) media.currentTime = at;
    else flash(`“${name}” cannot be shown at ${clock(Math.floor(at)).slice(0, -2)} here. It begins anew.`, "warning");
    if (played) void media.play().catch(() => undefined);
  };
  media.addEventListener("error", mend);
  if (media.error) mend(); // before this script was there
}

function volume(bar: HTMLElement, media: HTMLMediaElement): void {
  const [button, line] = [part<HTMLButtonElement>(bar, "mute"), part<HTMLInputElement>(bar, "volume")];
  button.addEventListener("click", () => (media.muted = !media.muted));
  line.addEventListener("input", () => {
    media.volume = Number(line.value);
    media.muted = media.volume === 0;
  });
  media.addEventListener("volumechange", () => {
    button.setAttribute("aria-pressed", String(media.muted));
    line.value = media.muted ? "0" : String(media.volume);
  });
}

function speed(bar: HTMLElement, media: HTMLMediaElement): void {
  const choice = part<HTMLSelectElement>(bar, "speed");
  choice.value = kept<string>(setting) ?? choice.value;
  const play = (): void => {
    media.defaultPlaybackRate = media.playbackRate = Number(choice.value) || 1;
  };
  play();
  choice.addEventListener("change", () => {
    keep(setting, choice.value);
    play();
  });
}

/** The player with its waveform and controls takes the whole screen, or leaves it; a telephone that fills it with videos alone shows its own controls. */
function fill(player: HTMLElement, media: HTMLMediaElement): void {
  const alone = media as HTMLMediaElement & { webkitEnterFullscreen?: () => void };
  if (document.fullscreenElement) void document.exitFullscreen();
  else if (document.fullscreenEnabled) void player.requestFullscreen().catch(() => undefined);
  else alone.webkitEnterFullscreen?.();
}
