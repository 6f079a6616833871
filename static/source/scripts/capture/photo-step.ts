/** A photo: taken in the page, or brought by the phone's own camera, which takes films as well. */
import { addCapture, addSlice, captureOf, changeCapture, holdCapture, removeCapture, type Capture, type Sort } from "./capture-store";
import { isBusy, part, person, refuse, setBusy, show } from "./capture-parts";
import { freshCapture } from "./recorder";
import { explain } from "./refused-devices";
import { isClosed } from "./storage-room";

const piece = 4 * 1024 ** 2;
const full = "There is no room for it on this device. Make room, or add it as a file.";
const busy = "What was taken before is still being kept on this device. Wait until it is shown, then take the next.";
const unread = "It could not be read. Where it lies in a cloud or on a card, wait until it is on this device, then choose it once more.";
const closed = "This window keeps nothing on the device, as private windows do. Add it as a file.";

/** Shows what the camera sees until a photo is taken; then `kept` is told. */
export async function shoot(kept: (capture: Capture) => void, left: () => void): Promise<void> {
  if (isBusy()) return;
  setBusy(true);
  refuse("");
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 2560 } } });
  } catch (error) {
    setBusy(false);
    return refuse(explain(error, true));
  }
  const view = part<HTMLVideoElement>("view");
  const end = (): void => {
    for (const track of stream.getTracks()) track.stop();
    view.srcObject = null;
    setBusy(false);
  };
  for (const name of ["stop", "pause", "level"]) part(name).hidden = true;
  for (const name of ["shoot", "leave"]) part(name).hidden = false;
  part("stage").classList.add("is-paused");
  part("state-words").textContent = "The camera is on";
  for (const name of ["recorded", "room", "silent"]) part(name).textContent = "";
  view.hidden = false;
  view.srcObject = stream;
  void view.play().catch(() => undefined);
  show("recording", part("shoot"));
  let taking = false;
  part("shoot").onclick = async () => {
    if (taking) return;
    taking = true;
    const photo = await take(view);
    const capture = photo && (await copy(photo, "photo"));
    taking = false; // where there is no room for it the camera stays on, for the next try
    if (!photo) refuse("The camera shows nothing yet. Wait until you see the picture, then press again.");
    if (!capture) return;
    end();
    kept(capture);
  };
  part("leave").onclick = () => {
    if (taking) return;
    refuse("");
    end();
    left();
  };
}

/** Keeps what the phone's own camera took, in pieces; tells where there is no room. */
export async function bring(file: Blob, sort: Sort, kept: (capture: Capture) => void): Promise<void> {
  if (isBusy()) return refuse(busy);
  setBusy(true);
  const capture = await copy(file, sort).finally(() => setBusy(false));
  if (capture) kept(capture);
}

async function copy(file: Blob, sort: Sort): Promise<Capture | undefined> {
  refuse("");
  if (await isClosed()) return void refuse(closed);
  const fresh = { ...freshCapture(person(), sort, file.type), ...(file instanceof File && file.name ? { name: file.name } : {}) };
  const release = await holdCapture(fresh.id);
  try {
    await addCapture({ ...fresh, brought: true });
    for (let at = 0; at < file.size; at += piece) await addSlice(fresh.id, await file.slice(at, at + piece).arrayBuffer(), 0);
    return await changeCapture(fresh.id, { state: "kept" }).catch(() => captureOf(fresh.person, fresh.id));
  } catch (error) {
    await removeCapture(fresh.id).catch(() => undefined);
    const name = error instanceof DOMException ? error.name : "";
    return void refuse(["NotReadableError", "NotFoundError", "SecurityError"].includes(name) ? unread : full);
  } finally {
    release();
  }
}

function take(view: HTMLVideoElement): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [view.videoWidth, view.videoHeight];
  canvas.getContext("2d")?.drawImage(view, 0, 0);
  return new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.92));
}
