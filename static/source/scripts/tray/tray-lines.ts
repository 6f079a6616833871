/** The lines of the tray: what each thing is, how far it is, why it waits, and what can be done with it. */
import { button } from "../page/button";
import { flash } from "../page/messages";
import { clock } from "../recordings/timecode";
import { readable } from "../uploads/upload-progress";
import { changeCapture, fileOf, type Capture } from "../capture/capture-store";
import { tellAll } from "../capture/capture-news";
import { words } from "./line-words";

const sorts = { sound: "Recording", film: "Film", photo: "Photo" };

/** Where a capture is gone on with. */
export const pageOf = ({ id }: Capture): string => `/evidence/record#${id}`;

/** What it is called: its title, else what it is and when it was begun. */
export function titleOf({ item, sort, begun }: Capture): string {
  const at = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }).format(new Date(begun));
  return item.title.trim() || `${sorts[sort]} of ${at}`;
}

/** The line of one capture; `why` says why it waits. */
export function lineOf(capture: Capture, why: string): HTMLElement {
  const line = document.createElement("li");
  line.dataset["capture"] = capture.id;
  const lasts = capture.seconds ? ` · ${clock(Math.floor(capture.seconds)).slice(0, -2)}` : "";
  const size = words("span", `${sorts[capture.sort]}${lasts} · ${readable(capture.size)}`, "small quiet");
  line.append(words("span", titleOf(capture), "tray-name"), size, ...standing(capture, why), deeds(capture, line));
  return line;
}

function standing(capture: Capture, why: string): HTMLElement[] {
  if (capture.refused) return [words("span", `Not taken: ${capture.refused}`, "small is-refused")];
  if (capture.state === "recording") return [words("span", "Recording in another window.", "small")];
  if (capture.state === "kept") {
    if (capture.rescued && capture.brought) return [words("span", "Cut off: its page was closed before all of it was kept here, so it may not play. Take it again, or add it as a file.", "small")];
    const cause = capture.rescued ? "Rescued: its page was closed while it recorded." : "Not saved yet.";
    return [words("span", `${cause} ${capture.item.title.trim() ? "Save it" : "Give it a title"}, and it is sent.`, "small")];
  }
  const bar = document.createElement("progress");
  bar.max = capture.size || 1;
  bar.value = capture.file ? bar.max : 0;
  bar.setAttribute("aria-label", `${titleOf(capture)}: how far it is`);
  const said = words("span", why, "small");
  said.dataset["why"] = "";
  return [bar, said];
}

function deeds(capture: Capture, line: HTMLElement): HTMLElement {
  const row = document.createElement("div");
  row.className = "cluster";
  if (capture.state === "recording") return row;
  const opens = capture.state === "kept" || Boolean(capture.refused);
  if (opens) {
    const link = document.createElement("a");
    [link.href, link.className, link.textContent] = [pageOf(capture), "button button-secondary button-small", capture.rescued ? "Keep" : "Go on"];
    row.append(link);
  }
  if (capture.refused) row.append(button("Try again", "secondary small", () => void again(capture)));
  if (capture.sort !== "photo") row.append(button("Play", "quiet small", () => void play(capture, line)));
  row.append(button("Throw away", "quiet small", () => void throwAway(capture)));
  for (const one of row.querySelectorAll("a, button")) one.setAttribute("aria-label", `${one.textContent}: ${titleOf(capture)}`);
  return row;
}

async function again({ id }: Capture): Promise<void> {
  await changeCapture(id, { refused: "", state: "queued" });
  tellAll();
}

async function throwAway({ id }: Capture): Promise<void> {
  await changeCapture(id, { thrown: new Date().toISOString() });
  tellAll();
  const undo = (): void => void changeCapture(id, { thrown: "" }).then(tellAll);
  flash("Thrown away.", "info", { label: "Undo", act: undo });
}

async function play(capture: Capture, line: HTMLElement): Promise<void> {
  line.querySelector("audio, video")?.remove();
  const media = document.createElement(capture.sort === "film" ? "video" : "audio");
  media.controls = true;
  media.setAttribute("aria-label", titleOf(capture));
  media.src = URL.createObjectURL(await fileOf(capture));
  line.append(media);
  void media.play().catch(() => undefined);
}
