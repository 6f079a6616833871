/** The page on which a learner records: begin, record, name and claim, saved; no other page is loaded in between. */
import { captureOf, changeCapture, takeBack, type Capture } from "./scripts/capture/capture-store";
import { isBusy, part, parts, person, refuse, show } from "./scripts/capture/capture-parts";
import { bring, shoot } from "./scripts/capture/photo-step";
import { record } from "./scripts/capture/record-step";
import { review } from "./scripts/capture/review-step";
import { isClosed, warnings } from "./scripts/capture/storage-room";
import { tellAll } from "./scripts/capture/capture-news";
import "./scripts/tray/tray-sender"; // so that it is there when the network is not

const begin = (): void => (history.replaceState(null, "", location.pathname), show("begin", parts("begin")[0]));
const saved = ({ item }: Capture): void => {
  history.replaceState(null, "", location.pathname);
  part("sent").dataset["title"] = item.title;
  show("done", document.getElementById("done-heading"));
};
const kept = (capture: Capture): void => {
  history.replaceState(null, "", `#${capture.id}`);
  tellAll();
  void review(capture, saved, begin);
};

for (const button of parts("begin")) {
  button.addEventListener("click", () => {
    const sort = button.dataset["begin"] as Capture["sort"];
    if (sort === "photo") void shoot(kept, begin);
    else void record(sort, kept);
  });
}
for (const field of parts<HTMLInputElement>("taken")) {
  field.addEventListener("change", () => {
    const file = field.files?.[0];
    field.value = "";
    if (file) void bring(file, field.dataset["taken"] as Capture["sort"], kept);
  });
}
part("again").addEventListener("click", begin);

/** A phone's own camera is better than ours; a film from it comes whole, one from the page is kept as it comes. */
if (matchMedia("(pointer: coarse)").matches) {
  part("own-camera").hidden = false;
  parts("begin").find((one) => one.dataset["begin"] === "photo")!.hidden = true;
}

/** The capture of this key; what waits to be sent is taken back, so that nothing is sent while it is changed. */
async function named(id: string): Promise<Capture | undefined> {
  const found = id ? await captureOf(person(), id) : undefined;
  if (found?.state !== "queued" || isBusy()) return found;
  const back = await changeCapture(id, takeBack);
  tellAll();
  return back;
}

/** A capture that an address names is gone on with, but not in the place of one that is being made. */
async function goOn(): Promise<void> {
  const found = await named(location.hash.slice(1));
  if (found && isBusy()) {
    history.replaceState(null, "", location.pathname);
    refuse("Finish what you record or photograph here first. Then open the other one.");
  } else if (found?.state === "recording") refuse("It is being recorded in another window of this browser. Stop it there.");
  else if (found) await review(found, saved, begin);
  else if (location.hash) refuse("That is not on this device any more: it was sent meanwhile, or thrown away. What was sent is in your evidence.");
}

async function warn(): Promise<void> {
  const said = await warnings();
  if (await isClosed()) said.unshift("This window keeps nothing on the device, as private windows do. Open Markwell in an ordinary window to record.");
  for (const sentence of said) {
    const box = document.createElement("p");
    box.className = "notice is-warning";
    box.textContent = sentence;
    part("warnings").append(box);
  }
}

window.addEventListener("hashchange", () => void goOn());
void goOn();
void warn();
