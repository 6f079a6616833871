/** Sends what waits on this device, one after the other in its order: the file by tus, then the item that is made of it. */
import { type HttpResponse, Upload } from "tus-js-client";
import { captureOf, capturesOf, changeCapture, fileOf, removeCapture, type Capture } from "../capture/capture-store";
import { dayOf } from "../capture/formats";
import { listen, tellAll } from "../capture/capture-news";
import { sendForm } from "./form-sender";
import { ask, Failed, ofStatus, Refused, Stopped, tokenOf, Waits, type Why } from "./sending";
import { titleOf } from "./tray-lines";
import { changeForm, formsOf, numberOf, type WaitingForm } from "./waiting-forms";

/** Told while something is on its way, when an item is made, and what the centre says where it is the centre that waits. */
interface Told {
  moved(id: string, sent: number, all: number): void;
  made(title: string, address: string, number?: string): void;
  said(sentence: string): void;
}

const uploads = "/uploads";
const items = "/evidence/record";
const piece = 4 * 1024 ** 2;
const delays = [0, 500, 1500];

/** Sends everything of `person` that waits; null when nothing is left, else why something waits. */
export async function sendAll(person: string, told: Told): Promise<Why | null> {
  const failed = new Set<string>();
  for (;;) {
    const next = await nextOf(person, failed);
    if (!next) return failed.size ? "failed" : null;
    try {
      await ("sort" in next ? send(next, told) : sendWaiting(next, told));
    } catch (error) {
      if (error instanceof Waits && error.sentence) told.said(error.sentence);
      if (error instanceof Waits) return error.why;
      if (error instanceof Failed) failed.add(orderOf(next));
      if (error instanceof Stopped || error instanceof Failed) continue;
      const refused = error instanceof Refused && error.message ? error.message : "It could not be read from this device.";
      if (!(await ("sort" in next ? write(next.id, { refused }) : noted(changeForm(next.id, { refused }))))) return "full";
    }
    tellAll();
  }
}

/** What is sent in its order: the forms of one address; each capture is by itself. */
const orderOf = (one: Capture | WaitingForm): string => ("sort" in one ? one.id : one.address);

/** What began to wait before everything else that can go, but for what follows upon what `failed`. */
async function nextOf(person: string, failed: ReadonlySet<string>): Promise<Capture | WaitingForm | undefined> {
  const captures = (await capturesOf(person)).filter((one) => one.state === "queued");
  const all: (Capture | WaitingForm)[] = [...captures, ...(await formsOf(person))].filter((one) => !one.refused && !failed.has(orderOf(one)));
  return all.sort((one, other) => since(one).localeCompare(since(other)))[0];
}

const since = (one: Capture | WaitingForm): string => one.queued ?? ("begun" in one ? one.begun : "");

async function sendWaiting(form: WaitingForm, told: Told): Promise<void> {
  const [sent, address] = await sendForm(form);
  told.made(sent.title, address, numberOf(sent));
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
  told.made(titleOf(now), address);
}

/** Notes what became of it, where there is room for that: the server knows it by its key all the same. Whether it is noted. */
const write = (id: string, change: Partial<Capture>): Promise<boolean> => noted(changeCapture(id, change));
const noted = (deed: Promise<unknown>): Promise<boolean> => deed.then(() => true, () => false);

/** It as it is by now; undefined where it was thrown away or taken back while it was on its way. */
async function waiting({ person, id }: Capture): Promise<Capture | undefined> {
  const now = await captureOf(person, id);
  return now?.state === "queued" ? now : undefined;
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
