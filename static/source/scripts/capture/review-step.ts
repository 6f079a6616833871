/** The step after recording: listen, give it a title, mark places and tick their points, save; all of it is kept as it is typed. */
import { flash } from "../page/messages";
import { type Player, playerOf } from "../recordings/player";
import { markSpans, unmark } from "../recordings/span-marker";
import { clock } from "../recordings/timecode";
import { changeCapture, fileOf, takeBack, type Capture, type Item } from "./capture-store";
import { tellAll, tellTyped } from "./capture-news";
import { isBusy, part, parts, refuse, show } from "./capture-parts";
import { mark, openUnfinished, startClaims } from "./span-claims";

const farBeyond = 1e7;

const meanwhile = "It was sent or thrown away in another window meanwhile. What was sent is in your evidence: change it there.";
const full = "There is no room on this device even to note that. What was recorded is safe. Make room, then save again.";

let shown: Capture | null = null;
/** What was changed of its item on this page: only that is written, for another page may have it open, too. */
let changed: Partial<Item> = {};
let asked = 0;
let address = "";

/** Shows a capture; `saved` is told when it waits to be sent, `left` when it is thrown away. */
export async function review(capture: Capture, saved: (capture: Capture) => void, left: () => void): Promise<void> {
  const mine = (asked += 1);
  const file = await fileOf(capture);
  if (isBusy() || mine !== asked) return; // what was begun meanwhile stays in sight, with its buttons
  [shown, changed] = [capture, {}];
  const title = part("item").querySelector<HTMLInputElement>("[name=title]")!;
  title.value = capture.item.title;
  title.oninput = () => void keep({ title: title.value });
  const gone = startClaims(capture.item.claims, (claims) => void keep({ claims }));
  await present(capture, file);
  show("review", title);
  if (gone) refuse(`Your units changed meanwhile: ${gone === 1 ? "one point that you ticked is" : `${gone} points that you ticked are`} not yours any more. Look which are ticked before you save it.`);
  if (capture.sort === "photo") mark(null, null, false);
  part<HTMLFormElement>("item").onsubmit = (event) => (event.preventDefault(), void save(title, saved));
  part("throw").onclick = () => void throwAway(left);
}

async function keep(change: Partial<Item>): Promise<void> {
  if (!shown) return;
  changed = { ...changed, ...change };
  await write(shown.id, takeBack, tellTyped);
}

/** Writes what was changed here, and `also`; says where it is gone or there is no room. */
async function write(id: string, also: (before: Capture) => Partial<Capture>, tell = tellAll): Promise<Capture | undefined> {
  const mine = changed;
  try {
    const after = await changeCapture(id, (before) => ({ item: { ...before.item, ...mine }, ...also(before) }));
    if (after) tell();
    else refuse(meanwhile);
    return after;
  } catch {
    return void refuse(full);
  }
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
  const capture = shown;
  shown = null; // what is typed while it is written would take it back
  const after = await write(capture.id, () => ({ state: "queued", queued: new Date().toISOString(), refused: "", thrown: "" }));
  if (after) return saved(after);
  shown ??= capture;
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
