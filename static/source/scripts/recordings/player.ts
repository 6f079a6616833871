/** One player: its waveform, the spans that are claimed in it, and going to one of them. */
import { announce } from "../page/messages";
import { control } from "./controls";
import { followAreas, showAreas } from "./film-areas";
import { armSpan, toggle } from "./play-span";
import { type Span, type Wave, wave } from "./waveform";

/** Told by the page when a span was pressed on a waveform. */
export const pressedEvent = "span-pressed";
/** Told by the learner's page when a span was drawn by hand. */
export const drawnEvent = "span-drawn";

const players = new WeakMap<HTMLElement, Player>();
let last: Player | null = null;

/** A player on the page. */
export class Player {
  readonly media: HTMLMediaElement;
  readonly file: string;
  private wave: Wave | null = null;
  private current = "";
  private chosen: { begins: number; ends: number } | null = null;

  constructor(readonly element: HTMLElement) {
    this.media = element.querySelector("audio, video") as HTMLMediaElement;
    this.file = element.dataset["file"] ?? "";
    players.set(element, this);
    element.addEventListener("pointerdown", () => (last = this));
    element.addEventListener("focusin", () => (last = this));
    this.media.addEventListener("play", () => ((last = this), this.offerMore(false)));
    this.button()?.addEventListener("click", () => (this.offerMore(false), toggle(this.media), element.querySelector<HTMLElement>("[data-play]")?.focus()));
    control(element, this.media);
    if (this.media instanceof HTMLVideoElement) followAreas(this.media);
    this.drawWhenSeen();
  }

  /** Goes to the first second of a claimed span, with `play` plays it; either way it stops once at its end. */
  go(span: Span, play: boolean): void {
    last = this;
    this.show(span.number);
    this.offerMore(false);
    armSpan(this.media, span.begins, span.ends, () => {
      this.offerMore(true);
      announce("The claimed part ends here.");
    });
    if (play) void this.media.play().catch(() => undefined);
  }

  /** Draws the spans of the page anew; `current` is the number of the one in hand. */
  show(current = this.current): void {
    this.current = current;
    this.wave?.show(this.spans(), current);
    showAreas(this.media, current);
  }

  /** Shows what the learner is marking. */
  choose(begins: number, ends: number): void {
    this.chosen = { begins, ends };
    this.wave?.choose(begins, ends);
  }

  /** Lets go of what the learner was marking. */
  unchoose(): void {
    this.chosen = null;
    this.wave?.unchoose();
  }

  /** The spans that are claimed in this recording. */
  spans(): Span[] {
    const around = this.element.closest("[data-pane], #item") ?? document;
    const all = [...around.querySelectorAll<HTMLElement>("[data-span]")];
    return all.filter((one) => !one.dataset["file"] || one.dataset["file"] === this.file).map(spanOf);
  }

  private button(): HTMLElement | null {
    return this.element.querySelector<HTMLElement>("[data-go-on]");
  }

  private offerMore(shown: boolean): void {
    const button = this.button();
    if (button) button.hidden = !shown;
  }

  private drawWhenSeen(): void {
    const seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      seen.disconnect();
      void this.draw();
    });
    seen.observe(this.element);
  }

  private async draw(): Promise<void> {
    const place = this.element.querySelector<HTMLElement>("[data-wave]");
    if (!place) return;
    const tell = (name: string, detail: unknown): void => void this.element.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
    this.wave = await wave(place, this.media, this.element.dataset["peaks"] ?? "", {
      choosable: this.element.querySelector("[data-span-ends]") !== null,
      drawn: (begins, ends) => tell(drawnEvent, { begins, ends }),
      pressed: (number) => tell(pressedEvent, { number }),
    });
    this.show();
    if (this.chosen) this.wave?.choose(this.chosen.begins, this.chosen.ends);
  }
}

/** The span that an element of the page stands for. */
export function spanOf(element: HTMLElement): Span {
  const { n = "", begins = "0", ends = "0" } = element.dataset;
  return { number: n, begins: Number(begins), ends: Number(ends) };
}

/** The player of an element, made when it is first asked for. */
export const playerOf = (element: HTMLElement): Player => players.get(element) ?? new Player(element);

/** The player of the file with this hash within `around`; the first one when the span names no file. */
export function playerFor(around: ParentNode, file: string): Player | null {
  const all = [...around.querySelectorAll<HTMLElement>("[data-player]")];
  const element = all.find((one) => one.dataset["file"] === file) ?? (file ? undefined : all[0]);
  return element ? playerOf(element) : null;
}

/** The player that keys speak to: the one used last, or the first in sight. */
export function presentPlayer(): Player | null {
  if (last?.element.checkVisibility()) return last;
  const seen = [...document.querySelectorAll<HTMLElement>("[data-player]")].find((one) => one.checkVisibility());
  return seen ? playerOf(seen) : null;
}
