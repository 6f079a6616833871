/** Records sound or film into slices that are on the disk of this device as they come. */
import { newKey } from "../forms/form-key";
import { addCapture, addSlice, captureOf, changeCapture, Gone, holdCapture, removeCapture, type Capture, type Sort } from "./capture-store";
import { dayOf, nameOf } from "./formats";

/** Milliseconds of a slice: what a crash can lose, with the time to write it, is less than a second. */
const slice = 500;

/** Bits a second, and the milliseconds after which a picture stands whole: browsers go to such a one, and need one before the end of what was cut off. */
const film = { videoBitsPerSecond: 2_500_000, videoKeyFrameIntervalDuration: 500 };

/** Why a recording ended by itself: the device was taken away, there is no room for more, another page threw it away. */
export type Cause = "taken" | "full" | "gone";
type Ended = (why: Cause) => void;

/** A new capture of `person`, with nothing in it yet. */
export function freshCapture(person: string, sort: Sort, type: string): Capture {
  const begun = new Date();
  const item = { title: "", claims: [] };
  return {
    id: newKey(), person, sort, type, name: nameOf(sort, type, begun), begun: begun.toISOString(), day: dayOf(begun), state: "recording", size: 0, seconds: 0, slices: 0, item,
  };
}

/** One recording that goes on. */
export class Recording {
  private readonly recorder: MediaRecorder;
  private writing: Promise<void> = Promise.resolve();
  private readonly stopped: Promise<unknown>;
  private before = 0;
  /** Since when it records, by the clock of the page; null while it does not. */
  private since: number | null = null;
  private isOver = false;
  private isFull = false;
  private release: () => void = () => undefined;
  private lamp: WakeLockSentinel | null = null;

  private constructor(readonly capture: Capture, readonly stream: MediaStream, private readonly ended: Ended) {
    this.recorder = new MediaRecorder(stream, { mimeType: capture.type, ...(capture.sort === "film" ? film : {}) });
    this.recorder.addEventListener("dataavailable", ({ data }) => this.write(data));
    this.recorder.addEventListener("error", () => this.end("taken"));
    this.stopped = new Promise((done) => this.recorder.addEventListener("stop", done, { once: true }));
    void this.stopped.then(() => this.end("taken"));
    for (const track of stream.getTracks()) track.addEventListener("ended", () => this.end("taken"));
    document.addEventListener("visibilitychange", this.seen);
  }

  /** Begins to record `stream`. */
  static async begin(person: string, sort: Sort, type: string, stream: MediaStream, ended: Ended): Promise<Recording> {
    const recording = new Recording(freshCapture(person, sort, type), stream, ended);
    const { id } = recording.capture;
    recording.release = await holdCapture(id); // before anybody can find it: what no page holds is taken to be left
    try {
      await addCapture(recording.capture);
      recording.since = performance.now();
      recording.recorder.start(slice);
    } catch (error) {
      await removeCapture(id).catch(() => undefined);
      recording.letGo();
      throw error;
    }
    void recording.keepAwake();
    return recording;
  }

  /** Seconds that were recorded until now. */
  get seconds(): number {
    return (this.before + (this.since === null ? 0 : performance.now() - this.since)) / 1000;
  }

  get isPaused(): boolean {
    return this.recorder.state !== "recording";
  }

  /** Stops for a while, or goes on. */
  toggle(): void {
    if (this.isOver) return;
    if (this.isPaused) {
      this.since = performance.now();
      this.recorder.resume();
      return;
    }
    this.recorder.requestData();
    this.halt();
    this.recorder.pause();
  }

  /** Counts no further. */
  private halt(): void {
    this.before = this.seconds * 1000;
    this.since = null;
  }

  /** Ends it; gives what was kept, undefined where nothing came. */
  async stop(): Promise<Capture | undefined> {
    this.isOver = true;
    this.halt();
    if (this.recorder.state !== "inactive") this.recorder.stop();
    await this.stopped; // where a call ended it, its last slice may still be on its way
    await this.writing;
    for (const track of this.stream.getTracks()) track.stop();
    void this.lamp?.release();
    const kept = await this.kept();
    this.letGo();
    if (kept?.slices) return kept;
    await removeCapture(this.capture.id);
    return undefined;
  }

  private letGo(): void {
    document.removeEventListener("visibilitychange", this.seen);
    this.release();
  }

  /** It as the device has it. Where there is no room even to write that it ended, the next page finds that out. */
  private async kept(): Promise<Capture | undefined> {
    const { id, person } = this.capture;
    return changeCapture(id, { state: "kept" }).catch(() => captureOf(person, id));
  }

  private write(data: Blob): void {
    const seconds = this.seconds;
    if (!data.size) return;
    this.writing = this.writing.then(async () => this.isFull || addSlice(this.capture.id, await data.arrayBuffer(), seconds)).then(() => undefined, (error: unknown) => {
      this.isFull = true; // what would come after a gap could not be played
      this.end(error instanceof Gone ? "gone" : "full");
    });
  }

  private end(why: Cause): void {
    if (this.isOver) return;
    this.isOver = true;
    this.halt();
    this.ended(why);
  }

  /** What came until a page goes out of sight is written at once: it may not come back. */
  private readonly seen = (): void => {
    if (document.visibilityState === "visible") void this.keepAwake();
    else if (!this.isPaused) this.recorder.requestData();
  };

  private async keepAwake(): Promise<void> {
    this.lamp = (await navigator.wakeLock?.request("screen").catch(() => null)) ?? null;
  }
}
