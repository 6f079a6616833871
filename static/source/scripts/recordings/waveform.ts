/** The waveform over a recording, drawn from peaks that the server made; claimed spans lie on it with their numbers. */
import WaveSurfer from "wavesurfer.js";
import Regions, { type Region } from "wavesurfer.js/dist/plugins/regions.esm.js";

/** A span of a recording, in seconds. */
export interface Span {
  readonly number: string;
  readonly begins: number;
  readonly ends: number;
}

/** What one can do with a waveform that is drawn. */
export interface Wave {
  show(spans: readonly Span[], current: string): void;
  choose(begins: number, ends: number): void;
  unchoose(): void;
}

/** What the waveform tells: a span was drawn or moved by hand; a claimed one was pressed. */
interface Listener {
  readonly choosable: boolean;
  drawn(begins: number, ends: number): void;
  pressed(number: string): void;
}

const chosen = "chosen";
const fills = { claimed: "var(--span)", current: "var(--span-current)", chosen: "var(--span-chosen)" };

/** Draws the waveform of `media` into `place`; null when there are no peaks, and the player's own controls must do. */
export async function wave(place: HTMLElement, media: HTMLMediaElement, address: string, listener: Listener): Promise<Wave | null> {
  const found = await peaksAt(address);
  if (!found) return null;
  place.hidden = false;
  const regions = Regions.create();
  const surfer = WaveSurfer.create({
    container: place, media, peaks: [found.peaks], duration: found.duration, plugins: [regions],
    height: 72, barWidth: 2, barGap: 1, barRadius: 1, cursorWidth: 2, normalize: true, hideScrollbar: true,
    cspNonce: document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce ?? "", ...colours(place),
  });
  repaint(() => surfer.setOptions(colours(place)));
  return drawnOn(regions, listener);
}

type Drawing = ReturnType<typeof Regions.create>;

function drawnOn(regions: Drawing, listener: Listener): Wave {
  const old = (): Region | undefined => regions.getRegions().find((one) => one.id === chosen);
  if (listener.choosable) regions.enableDragSelection({ id: chosen, color: fills.chosen, minLength: 0.1 });
  regions.on("region-initialized", (region) => {
    if (region.id === chosen) for (const one of regions.getRegions()) if (one.id === chosen && one !== region) one.remove();
  });
  regions.on("region-created", (region) => region.id === chosen && listener.drawn(region.start, region.end));
  regions.on("region-updated", (region) => region.id === chosen && listener.drawn(region.start, region.end));
  regions.on("region-clicked", (region) => region.id !== chosen && listener.pressed(region.id));
  return {
    show(spans, current) {
      for (const one of [...regions.getRegions()]) if (one.id !== chosen) one.remove();
      for (const { number, begins, ends } of spans) {
        const color = number === current ? fills.current : fills.claimed;
        regions.addRegion({ id: number, start: begins, end: ends, content: number, drag: false, resize: false, color });
      }
    },
    choose(begins, ends) {
      const here = old();
      if (here) here.setOptions({ start: begins, end: ends });
      else regions.addRegion({ id: chosen, start: begins, end: ends, color: fills.chosen });
    },
    unchoose: () => old()?.remove(),
  };
}

async function peaksAt(address: string): Promise<{ duration: number; peaks: number[] } | null> {
  try {
    const answer = await fetch(address);
    const found = (await answer.json()) as { duration: number | null; peaks: number[] | null };
    return answer.ok && found.duration && found.peaks?.length ? { duration: found.duration, peaks: found.peaks } : null;
  } catch {
    return null;
  }
}

function colours(place: HTMLElement): { waveColor: string; progressColor: string; cursorColor: string } {
  const style = getComputedStyle(place);
  const named = (name: string): string => style.getPropertyValue(name).trim();
  return { waveColor: named("--rule-2"), progressColor: named("--ink-2"), cursorColor: named("--accent") };
}

/** The theme may change while the page is open, and a canvas keeps its colours. */
function repaint(paint: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", paint);
  new MutationObserver(paint).observe(document.documentElement, { attributeFilter: ["data-theme"] });
}
