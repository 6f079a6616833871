/** A film's picture with the rectangles that are claimed in it: each shows during its seconds, over the picture alone. */

/** Keeps what lies over the film where its picture is, and shows what belongs to the present second. */
export function followAreas(media: HTMLVideoElement): void {
  const frame = media.closest<HTMLElement>("[data-picture]");
  if (!frame) return;
  const fit = (): void => lay(frame, media);
  new ResizeObserver(fit).observe(media);
  media.addEventListener("loadedmetadata", fit);
  for (const name of ["timeupdate", "seeking", "seeked", "loadedmetadata"]) media.addEventListener(name, () => showAreas(media));
}

/** Shows the rectangles of the present second; call again after they were drawn anew. */
export function showAreas(media: HTMLMediaElement, current?: string): void {
  const now = media.currentTime;
  for (const one of media.closest("[data-picture]")?.querySelectorAll<SVGGElement>(".area") ?? []) {
    const { begins = "0", ends = "0", n } = one.dataset;
    one.classList.toggle("is-now", Number(begins) - 0.05 <= now && now <= Number(ends) + 0.3);
    if (current !== undefined) one.classList.toggle("is-current", n === current && current !== "");
  }
}

/** The picture stands in the middle of its element, with bars beside it or above it. */
function lay(frame: HTMLElement, media: HTMLVideoElement): void {
  const { videoWidth, videoHeight, offsetWidth, offsetHeight, offsetLeft, offsetTop } = media;
  if (!videoWidth || !videoHeight) return;
  const scale = Math.min(offsetWidth / videoWidth, offsetHeight / videoHeight);
  const [width, height] = [videoWidth * scale, videoHeight * scale];
  const sides = { left: offsetLeft + (offsetWidth - width) / 2, top: offsetTop + (offsetHeight - height) / 2, width, height };
  for (const [side, length] of Object.entries(sides)) frame.style.setProperty(`--picture-${side}`, `${length}px`);
}
