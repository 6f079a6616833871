/** The step in which something is recorded: what the page shows of it, and its buttons. */
import { announce } from "../page/messages";
import { clock } from "../recordings/timecode";
import { tellAll } from "./capture-news";
import { type Capture } from "./capture-store";
import { isBusy, part, parts, person, refuse, setBusy, show } from "./capture-parts";
import { formatOf } from "./formats";
import { watchLevel } from "./level-meter";
import { type Cause, Recording } from "./recorder";
import { explain } from "./refused-devices";
import { askToKeep, isClosed, lasting, rates, roomLeft } from "./storage-room";

const closed = "This window keeps nothing on the device, as private windows do, so a recording could be lost. Open Markwell in an ordinary window, or record with another app and add the file.";
const words: Record<Cause, string> = {
  taken: "The recording ended: the microphone or the camera was taken away, by a call perhaps. What was recorded until then is kept.",
  full: "There is no more room on this device. What was recorded until then is kept; save it, and it is sent.",
  gone: "The recording ended: it was thrown away in another window of this browser.",
};

let recording: Recording | null = null;
let stopShowing: () => void = () => undefined;

/** Asks for the microphone, for a film for the camera too, and records until somebody stops; then `kept` is told. */
export async function record(sort: "sound" | "film", kept: (capture: Capture) => void): Promise<void> {
  if (isBusy()) return;
  setBusy(true);
  refuse("");
  const type = formatOf(sort);
  let stream: MediaStream | null = null;
  try {
    if (await isClosed()) {
      setBusy(false);
      return refuse(closed);
    }
    if (!type) throw new DOMException("", "NotSupportedError");
    stream = await navigator.mediaDevices.getUserMedia({ audio: true, ...(sort === "film" ? { video: { facingMode: "environment", height: { ideal: 720 } } } : {}) });
    void askToKeep();
    recording = await Recording.begin(person(), sort, type, stream, (why) => (refuse(words[why]), void finish(kept, words[why])));
  } catch (error) {
    for (const track of stream?.getTracks() ?? []) track.stop();
    setBusy(false);
    return refuse(explain(error, sort === "film"));
  }
  tellAll();
  stopShowing = showing(recording);
  part("stop").onclick = () => (refuse(""), void finish(kept));
  part("pause").onclick = pause;
}

async function finish(kept: (capture: Capture) => void, why = ""): Promise<void> {
  const ended = recording;
  if (!ended) return;
  recording = null;
  stopShowing();
  const capture = await ended.stop().finally(() => setBusy(false));
  if (capture) return kept(capture);
  tellAll();
  show("begin", parts("begin")[0]);
  refuse(why || "Nothing was recorded. Try once more.");
}

function pause(): void {
  if (!recording) return;
  recording.toggle();
  told(recording);
  announce(recording.isPaused ? "Paused." : "Recording.");
}

/** What is seen of it in words and by a shape: a disc that is full while it records, two bars while it does not. */
function told({ isPaused }: Recording): void {
  part("stage").classList.toggle("is-paused", isPaused);
  part("state-words").textContent = isPaused ? "Paused" : "Recording";
  part("pause").textContent = isPaused ? "Go on" : "Pause";
}

function showing(of: Recording): () => void {
  const view = part<HTMLVideoElement>("view");
  const film = of.capture.sort === "film";
  for (const name of ["stop", "pause"]) part(name).hidden = false;
  for (const name of ["shoot", "leave"]) part(name).hidden = true;
  part("level").hidden = false;
  view.hidden = !film;
  if (film) {
    view.srcObject = of.stream;
    void view.play().catch(() => undefined);
  }
  told(of);
  show("recording", part("state"));
  const quiet = watchLevel(of.stream, part<HTMLMeterElement>("meter"), (is) => {
    part("silent").textContent = is && !of.isPaused ? "Nothing is heard. Is the microphone covered, or switched off?" : "";
  });
  const tick = (): void => void (part("recorded").textContent = clock(Math.floor(of.seconds)).slice(0, -2));
  tick();
  const [ticks, looks] = [window.setInterval(tick, 250), window.setInterval(() => void room(of), 5000)];
  void room(of);
  return () => {
    for (const timer of [ticks, looks]) window.clearInterval(timer);
    view.srcObject = null;
    part("silent").textContent = "";
    quiet();
  };
}

async function room({ capture: { sort } }: Recording): Promise<void> {
  const left = await roomLeft();
  part("room").textContent = left === null ? "" : `Kept on this device. Room for ${lasting(left / (sort === "film" ? rates.film : rates.sound))} more.`;
}
