/** The step after recording: listen, give it a title, mark places and tick their points, save; all of it is kept as it is typed. */
import { flash } from "../page/messages";
import { type Player, playerOf } from "../recordings/player";
import { markSpans, unmark } from "../recordings/span-marker";
import { clock } from "../recordings/timecode";
import { changeCapture, fileOf, type Capture } from "./capture-store";
import { tellAll } from "./capture-news";
import { part, parts, refuse, show } from "./capture-parts";
import { mark, openUnfinished, startClaims } from "./span-claims";

const farBeyond = 1e7;

let shown: Capture | null = null;
let address = "";

/** Shows a capture; `saved` is told when it waits to be sent, `left` when it is thrown away. */
export async function review(capture: Capture, saved: (capture: Capture) => void, left: () => void): Promise<void> {
  shown = capture;
  const title = part("item").querySelector<HTMLInputElement>("[name=title]")!;
  title.value = capture.item.title;
  title.oninput = () => void keep({ title: title.value });
  await present(capture, await fileOf(capture));
  startClaims(capture.item.claims, (claims) => void keep({ claims }));
  show("review", title);
  if (capture.sort === "photo") mark(null, null, false);
  part<HTMLFormElement>("item").onsubmit = (event) => (event.preventDefault(), void save(title, saved));
  part("throw").onclick = () => void throwAway(left);
}

async function keep(change: Partial<Capture["item"]>): Promise<void> {
  if (!shown) return;
  shown = { ...shown, item: { ...shown.item, ...change } };
  const after = await changeCapture(shown.id, { item: shown.item }).catch(() => undefined);
  if (after) tellAll();
}

async function present(capture: Capture, file: Blob): Promise<void> {
  URL.revokeObjectURL(address);
  part("photo").hidden = capture.sort !== "photo";
  for (const element of parts("player")) element.hidden = element.dataset["of"] !== capture.sort;
  if (capture.sort === "photo") return draw(file);
  const player = playerOf(parts("player").find((one) => one.dataset["of"] === capture.sort)!);
  address = URL.createObjectURL(file);
  prepare(player);
  measure(player, capture);
  player.media.src = address;
}

async function draw(file: Blob): Promise<void> {
  const [canvas, picture] = [part<HTMLCanvasElement>("picture"), await createImageBitmap(file).catch(() => null)];
  canvas.hidden = !picture;
  if (!picture) return; // a format that this browser does not draw; the server does
  const scale = Math.min(1, 1280 / Math.max(picture.width, picture.height));
  [canvas.width, canvas.height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
}

const prepared = new WeakSet<Player>();

function prepare(player: Player): void {
  unmark(player);
  if (prepared.has(player)) return;
  prepared.add(player);
  const { media, element } = player;
  markSpans(player, (_, begins, ends, byKey) => {
    media.pause();
    unmark(player);
    mark(begins, ends, byKey);
  });
  element.querySelector("[data-mark=from]")?.addEventListener("click", () => void media.play().catch(() => undefined));
  element.querySelector("[data-mark=to]")?.addEventListener("click", () => media.pause());
}

/** A recording that was written as it came does not say how long it is: going far beyond its end has the browser look.
 *  One that was rescued may end in the middle of a picture, where browsers give up: what was written of it must do. */
function measure({ media, element }: Player, { seconds, rescued }: Capture): void {
  const tell = (length: number): void => {
    element.dataset["duration"] = String(length);
    const [lasts, line] = [element.querySelector("[data-lasts]"), element.querySelector<HTMLInputElement>("[data-seek]")];
    if (lasts) lasts.textContent = clock(Math.floor(length)).slice(0, -2);
    if (line) line.max = String(length);
  };
  tell(seconds);
  media.onloadedmetadata = () => {
    if (Number.isFinite(media.duration)) return tell(media.duration);
    if (rescued) return;
    media.ondurationchange = () => {
      if (!Number.isFinite(media.duration)) return;
      media.ondurationchange = null;
      tell(media.duration);
      media.currentTime = 0;
    };
    media.currentTime = farBeyond;
  };
}

async function save(title: HTMLInputElement, saved: (capture: Capture) => void): Promise<void> {
  if (!shown) return;
  if (!title.value.trim()) {
    refuse("Give it a title, for example: What I did about the late delivery.");
    title.setAttribute("aria-invalid", "true");
    return title.focus();
  }
  if (openUnfinished()) return refuse("Tick the points that this place proves, or remove the place.");
  refuse("");
  title.removeAttribute("aria-invalid");
  const { id, item } = shown;
  const after = await changeCapture(id, { state: "queued", queued: new Date().toISOString(), item, refused: "" }).catch(() => undefined);
  if (!after) return refuse("There is no room on this device even to note that. What was recorded is safe. Make room, then save again.");
  shown = null;
  tellAll();
  saved(after);
}

async function throwAway(left: () => void): Promise<void> {
  if (!shown) return;
  const { id } = shown;
  shown = null;
  await changeCapture(id, { thrown: new Date().toISOString() });
  tellAll();
  left();
  const undo = async (): Promise<void> => {
    await changeCapture(id, { thrown: "" });
    tellAll();
  };
  flash("Thrown away.", "info", { label: "Undo", act: () => void undo() });
}
