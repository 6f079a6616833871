/** Every page of somebody who is signed in: what is not yet sent stands in the masthead and goes by itself when it can. */
import { listen, tellAll } from "./scripts/capture/capture-news";
import { capturesOf, isOpen, keptForOthers, removeThrown, rescue, takeOverCaptures } from "./scripts/capture/capture-store";
import { isSafari } from "./scripts/capture/formats";
import { letGoOf, throwAwayOf } from "./scripts/drafts/settling";
import { recordsOf } from "./scripts/forms/sign-in-state";
import { announce, flash } from "./scripts/page/messages";
import { readable } from "./scripts/uploads/upload-progress";
import { keepFocus } from "./scripts/tray/tray-focus";
import { lineOfForm } from "./scripts/tray/form-lines";
import { lineOf, pageOf, titleOf } from "./scripts/tray/tray-lines";
import { markUnsent } from "./scripts/tray/tray-mark";
import { type Why } from "./scripts/tray/sending";
import { formsOf, formsWaitForOthers, numberOf, removeThrownForms, takeOverForms } from "./scripts/tray/waiting-forms";

const person = document.body.dataset["person"] ?? "";
const tray = document.querySelector<HTMLDetailsElement>("[data-tray]");
const lock = "markwell-sending";
const undoable = 10 * 60_000;
const [soonest, latest] = [2000, 60_000];
const reasons: Record<Why | "elsewhere" | "sending", string> = {
  offline: "No network: it goes by itself when there is one.",
  cut: "The line is cut: it is tried again by itself.",
  "signed out": "You are signed out: it goes by itself when you sign in again.",
  "somebody else": "Somebody else is signed in now: it goes when you are.",
  full: "There is no room on this device to note what became of it. Make room: it is tried again by itself.",
  centre: "The centre cannot take it just now: it is tried again by itself.",
  failed: "The centre failed over it: it is tried again by itself.",
  elsewhere: "Sent by another window of this browser.",
  sending: "Being sent.",
};

let why: keyof typeof reasons = "sending";
let timer = 0;
let pause = soonest;
let running = false;
let drawing: Promise<void> = Promise.resolve();

const part = (name: string): HTMLElement | null => tray?.querySelector<HTMLElement>(`[data-tray-${name}]`) ?? null;

/** Draws the tray as the device's store says it is, one drawing after the other. */
function draw(): Promise<void> {
  drawing = drawing.then(drawNow, drawNow);
  return drawing;
}

async function drawNow(): Promise<void> {
  const kept = await capturesOf(person);
  const all = kept.filter((one) => one.state !== "recording");
  const forms = await formsOf(person);
  markUnsent([...kept.map((one) => ({ page: pageOf(one), title: titleOf(one) })), ...forms.map(({ page, title }) => ({ page, title }))]);
  if (!tray) return;
  const many = all.length + forms.length;
  tray.hidden = !many;
  if (!many) tray.open = false;
  part("count")!.textContent = many ? String(many) : "";
  const list = part("list")!;
  const playing = list.querySelector("audio, video");
  if (!playing || !all.some((one) => playing.closest<HTMLElement>("[data-capture]")?.dataset["capture"] === one.id)) {
    const lines = [...all.map((one) => lineOf(one, reasons[why])), ...forms.map((one) => lineOfForm(one, reasons[why]))];
    keepFocus(list, tray.querySelector("summary"), () => list.replaceChildren(...lines));
  }
  part("said")!.textContent = [...all.filter((one) => one.state === "queued"), ...forms].some((one) => !one.refused) ? reasons[why] : "Something here waits for you.";
  part("kept")!.textContent = isSafari() ? "It lies on this device until it is sent. This browser throws it away when you do not come back for seven days." : "It lies on this device until it is sent.";
}

/** Sends, in one window of this browser at a time; what waits is tried again later. */
async function send(): Promise<void> {
  window.clearTimeout(timer);
  if (running) return;
  running = true;
  try {
    const all = [...(await capturesOf(person)).filter((one) => one.state === "queued"), ...(await formsOf(person))];
    if (all.every((one) => one.refused)) return;
    const left = await navigator.locks.request(lock, { ifAvailable: true }, (held) => (held ? sendAsHolder() : "elsewhere" as const));
    if (left) say(left);
    if (left) timer = window.setTimeout(() => void send(), pause);
    pause = left ? Math.min(pause * 2, latest) : soonest;
  } finally {
    running = false;
    await draw();
  }
}

/** Its library is not asked for by pages that send nothing; the page on which one records has it from the start. */
async function sendAsHolder(): Promise<Why | null> {
  say("sending");
  try {
    const { sendAll } = await import("./scripts/tray/tray-sender");
    return await sendAll(person, { moved, made, said });
  } catch {
    return navigator.onLine ? "cut" : "offline";
  }
}

function say(now: keyof typeof reasons): void {
  why = now;
  for (const said of tray?.querySelectorAll("[data-why]") ?? []) said.textContent = reasons[now];
  if (part("said")) part("said")!.textContent = reasons[now];
}

function moved(id: string, sent: number, all: number): void {
  const line = tray?.querySelector<HTMLElement>(`[data-capture="${id}"]`);
  const bar = line?.querySelector("progress");
  if (bar) [bar.max, bar.value] = [all || 1, sent];
  const said = line?.querySelector("[data-why]");
  if (said) said.textContent = `${readable(sent)} of ${readable(all)}`;
}

/** What the centre says of why it takes nothing just now stands in the place of our own sentence. */
const said = (sentence: string): void => void (reasons.centre = sentence);

function made(title: string, address: string, number?: string): void {
  const sentence = `“${title}” is sent.`;
  if (number) letGoOf([number]);
  const told = document.querySelector<HTMLElement>("[data-sent]");
  if (told?.checkVisibility()) tellOn(told, sentence, address);
  else flash(sentence, "done", { label: "Open it", act: () => location.assign(address) });
  announce(sentence);
}

function tellOn(told: HTMLElement, sentence: string, address: string): void {
  const link = document.createElement("a");
  [link.href, link.textContent] = [address, "Open the item"];
  told.replaceChildren(`${sentence} `, link, ".");
}

/** Offers what was rescued of pages that ended while they recorded. */
async function offer(): Promise<void> {
  const found = await rescue(person);
  if (!found.length) return;
  tellAll();
  const sentence = found.length === 1 ? "A recording was rescued whose page was closed." : `${found.length} recordings were rescued whose pages were closed.`;
  flash(sentence, "info", { label: "Look at it", act: open });
}

function open(): void {
  if (!tray) return;
  window.setTimeout(() => {
    tray.open = true;
    tray.querySelector("summary")?.focus();
  });
}

function now(): void {
  pause = soonest;
  void send();
}

async function start(): Promise<void> {
  if (!person || !(await isOpen())) return;
  if ((await keptForOthers(person)) || (await formsWaitForOthers(person))) {
    const records = await recordsOf();
    await takeOverCaptures(records, person);
    await takeOverForms(records, person);
  }
  await removeThrown(person, new Date(Date.now() - undoable).toISOString());
  const gone = await removeThrownForms(person, new Date(Date.now() - undoable).toISOString());
  if (gone.length) void throwAwayOf(gone.map(numberOf).filter(Boolean));
  await offer();
  listen((news) => void draw().then(() => (news === "typed" ? undefined : now())));
  window.addEventListener("online", now);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && now());
  await draw();
  now();
}

void start();
