/** Plays a part of a recording and stops at its end. */

const stops = new WeakMap<HTMLMediaElement, () => void>();

/** Goes to second `from` of `media`; whenever it plays on from there, it stops at `to` and calls `ended`. */
export function armSpan(media: HTMLMediaElement, from: number, to: number, ended: () => void): void {
  stops.get(media)?.();
  const look = (): void => {
    if (media.currentTime < to) return;
    forget();
    media.pause();
    ended();
  };
  const moved = (): void => {
    if (media.currentTime < from - 0.5 || media.currentTime > to + 0.5) forget();
  };
  const forget = (): void => {
    media.removeEventListener("timeupdate", look);
    media.removeEventListener("seeked", moved);
    stops.delete(media);
  };
  stops.set(media, forget);
  goTo(media, from);
  media.addEventListener("timeupdate", look);
  media.addEventListener("seeked", moved);
}

/** Goes to a second, also before the recording is known well enough for it. */
function goTo(media: HTMLMediaElement, second: number): void {
  if (media.readyState > 0) media.currentTime = second;
  else media.addEventListener("loadedmetadata", () => (media.currentTime = second), { once: true });
}

/** Starts or stops. */
export function toggle(media: HTMLMediaElement): void {
  if (media.paused) void media.play().catch(() => undefined);
  else media.pause();
}
