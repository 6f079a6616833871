/** Sends what waits on this device, one after the other in its order: the file by tus, then the item that is made of it. */
import { type HttpResponse, Upload } from "tus-js-client";
import { captureOf, capturesOf, changeCapture, fileOf, removeCapture, type Capture } from "../capture/capture-store";
import { dayOf } from "../capture/formats";
import { listen, tellAll } from "../capture/capture-news";

/** Why nothing goes just now. */
export type Why = "offline" | "cut" | "signed out" | "somebody else" | "full" | "centre";

/** Told while something is on its way, when an item is made, and what the centre says where it is the centre that waits. */
interface Told {
  moved(id: string, sent: number, all: number): void;
  made(capture: Capture, address: string): void;
  said(sentence: string): void;
}

/** What ends a try: `Waits` passes by itself, `Refused` does not; `Stopped` is somebody who took it back meanwhile. */
class Waits extends Error {
  constructor(readonly why: Why, readonly sentence = "") {
    super(why);
  }
}

class Refused extends Error {}

class Stopped extends Error {}

const uploads = "/uploads";
const items = "/evidence/record";
const piece = 4 * 1024 ** 2;
const delays = [0, 500, 1500];

/** Sends everything of `person` that waits; null when nothing is left, else why something waits. */
export async function sendAll(person: string, told: Told): Promise<Why | null> {
  for (;;) {
    const next = (await capturesOf(person)).find((one) => one.state === "queued" && !one.refused);
    if (!next) return null;
    try {
      await send(next, told);
    } catch (error) {
      if (error instanceof Waits && error.sentence) told.said(error.sentence);
      if (error instanceof Waits) return error.why;
      if (error instanceof Stopped) continue;
      const sentence = error instanceof Refused && error.message ? error.message : "It could not be read from this device.";
      if (!(await write(next.id, { refused: sentence }))) return "full";
    }
    tellAll();
  }
}

async function send(capture: Capture, told: Told): Promise<void> {
  const token = await tokenOf(capture.person);
  let file = capture.file;
  if (!file) {
    file = await upload(capture, await fileOf(capture), token, told);
    await write(capture.id, { file });
  }
  const [fresh, now] = [await tokenOf(capture.person), await waiting(capture)];
  if (!now) throw new Stopped();
  const address = await make(now, file, fresh);
  await removeCapture(capture.id).catch(() => Promise.reject(new Waits("full")));
  told.made(now, address);
}

/** Notes what became of it, where there is room for that: the server knows it by its key all the same. Whether it is noted. */
const write = (id: string, change: Partial<Capture>): Promise<boolean> => changeCapture(id, change).then(() => true, () => false);

/** It as it is by now; undefined where it was thrown away or taken back while it was on its way. */
async function waiting({ person, id }: Capture): Promise<Capture | undefined> {
  const now = await captureOf(person, id);
  return now?.state === "queued" ? now : undefined;
}

/** The token of the sign-in of this person. Throws `Waits` where there is no line, or no such sign-in. */
async function tokenOf(person: string): Promise<string> {
  const answer = await ask("/saved", { headers: { Accept: "application/json" } });
  if (answer.redirected || answer.status === 401) throw new Waits("signed out");
  const told = answer.ok ? ((await answer.json().catch(() => null)) as { person: string; token: string } | null) : null;
  if (!told) throw new Waits("cut");
  if (told.person !== person) throw new Waits("somebody else");
  return told.token;
}

async function ask(address: string, how: RequestInit): Promise<Response> {
  try {
    return await fetch(address, how);
  } catch {
    throw new Waits(navigator.onLine ? "cut" : "offline");
  }
}

/** The id of the file that the server made of it, once, however often this is tried. */
function upload(capture: Capture, file: Blob, token: string, told: Told): Promise<string> {
  let leave = (): void => undefined;
  return new Promise<string>((done, failed) => {
    let id = "";
    const note = (answer: HttpResponse): void => void (id = answer.getHeader("Markwell-File") || id);
    const sending = new Upload(file, {
      endpoint: uploads, chunkSize: piece, retryDelays: delays, storeFingerprintForResuming: false,
      ...(capture.upload ? { uploadUrl: capture.upload } : {}),
      metadata: { filename: capture.name, filetype: capture.type, key: capture.id },
      headers: { "X-CSRFToken": token, Accept: "application/json" },
      onUploadUrlAvailable: () => void (sending.url && write(capture.id, { upload: sending.url })),
      onAfterResponse: (_, answer) => note(answer),
      onProgress: (sent, all) => told.moved(capture.id, sent, all),
      onShouldRetry: (error) => [0, 409, 423, 460].includes(error.originalResponse?.getStatus() ?? 0) && navigator.onLine,
      onSuccess: ({ lastResponse }) => (note(lastResponse), id ? done(id) : failed(new Waits("cut"))),
      onError: (error) => failed(ofUpload("originalResponse" in error ? (error.originalResponse as HttpResponse | null) : null)),
    });
    leave = listen(() => void waiting(capture).then((now) => (now ? undefined : sending.abort().finally(() => failed(new Stopped())))));
    sending.start();
  }).finally(() => leave());
}

function ofUpload(answer: HttpResponse | null): Error {
  const status = answer?.getStatus() ?? 0;
  if (!status) return new Waits(navigator.onLine ? "cut" : "offline");
  return ofStatus(status, answer?.getBody() ?? "");
}

function ofStatus(status: number, body: string): Error {
  const { sentence, ended } = answerIn(body);
  if (status === 401 || ended) return new Waits("signed out");
  if (sentence && (status === 503 || status === 429)) return new Waits("centre", `${sentence} It is tried again by itself.`);
  const passes = status >= 500 || status === 429 || status === 423 || status < 400;
  return passes ? new Waits("cut") : new Refused(sentence || `The server did not take it (${status}).`);
}

/** What the server says, and whether the sign-in has ended; nothing where something else answered in its place. */
function answerIn(body: string): { sentence?: string; ended?: boolean } {
  try {
    return (JSON.parse(body) as { sentence?: string; ended?: boolean } | null) ?? {};
  } catch {
    return {};
  }
}

/** Makes the item; gives its address. The key of the form has the server make it once. */
async function make({ id, sort, begun, day, item }: Capture, file: string, token: string): Promise<string> {
  const body = new URLSearchParams({
    csrf_token: token, once: id, sort, file, title: item.title, happened_on: day ?? dayOf(new Date(begun)), claims: JSON.stringify(item.claims.filter((one) => one.points.length)),
  });
  const answer = await ask(items, { method: "POST", body, headers: { Accept: "application/json" } });
  const path = new URL(answer.url).pathname;
  if (answer.redirected && /^\/evidence\/\d+$/.test(path)) return path;
  if (answer.redirected) throw new Waits(path === "/sign-in" ? "signed out" : "cut");
  throw ofStatus(answer.status, await answer.text());
}
