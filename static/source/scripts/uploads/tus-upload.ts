/** Sends one file by the tus protocol (1.0.0): in pieces, going on where it stopped, also after a reload. */
import { type HttpRequest, type HttpResponse, Upload } from "tus-js-client";
import { isSignedOut } from "../forms/server-answer";
import { renewTokens } from "../forms/sign-in-state";

/** What the page is told while a file is on its way. */
interface Listener {
  moved(sent: number, all: number): void;
  paused(why: "offline" | "cut"): void;
  finished(id: string): void;
  failed(sentence: string): void;
}

/** Bytes of one request: the server keeps also what came of a piece whose line is cut, so that long ones cost nothing. */
const piece = 64 * 1024 ** 2;
const delays = [0, 1000, 2000, 4000, 8000, 15_000, 30_000, 60_000];

/** A file on its way; `stop` takes it out of the house again. */
export interface Sending {
  stop(): Promise<void>;
}

/** Starts sending `file` to `address`; `token` tells the token of the page as it is at that moment. */
export function sendFile(file: File, address: string, token: () => string, listener: Listener): Sending {
  let id = "";
  const door = knock(token);
  const note = (answer: HttpResponse): void => void (id = answer.getHeader("Markwell-File") || id);
  const upload = new Upload(file, {
    endpoint: address, chunkSize: piece, retryDelays: delays, removeFingerprintOnSuccess: true,
    metadata: { filename: file.name, filetype: file.type },
    onBeforeRequest: door.before,
    onAfterResponse: (asked, answer) => (door.after(asked, answer.getStatus()), note(answer)),
    onProgress: (sent, all) => listener.moved(sent, all),
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      if (door.opens(status)) return true;
      const again = status === 0 || status === 409 || status === 423 || status === 460 || status >= 500;
      if (again) listener.paused(navigator.onLine ? "cut" : "offline");
      return again;
    },
    onSuccess: ({ lastResponse }) => (note(lastResponse), listener.finished(id)),
    onError: (error) => listener.failed(reason(error)),
  });
  const offline = (): void => (listener.paused("offline"), void upload.abort());
  const online = (): void => upload.start();
  window.addEventListener("offline", offline);
  window.addEventListener("online", online);
  void resume(upload);
  return {
    async stop() {
      window.removeEventListener("offline", offline);
      window.removeEventListener("online", online);
      await upload.abort(true).catch(() => undefined);
    },
  };
}

interface Door {
  before(asked: HttpRequest): Promise<void>;
  after(asked: HttpRequest, status: number): void;
  opens(status: number): boolean;
}

/** Where a sign-in had ended and was renewed in another tab, a request is made once more, with the new token. */
function knock(token: () => string): Door {
  let [renewing, renewed] = [false, false];
  return {
    async before(asked) {
      if (renewing) await renewTokens();
      renewing = false;
      asked.setHeader("X-CSRFToken", token());
    },
    after: (asked, status) => void (status < 400 && asked.getMethod() !== "HEAD" && (renewed = false)),
    opens(status) {
      if (renewed || !isSignedOut(status)) return false;
      return (renewing = renewed = true);
    },
  };
}

async function resume(upload: Upload): Promise<void> {
  const before = (await upload.findPreviousUploads())[0];
  if (before) upload.resumeFromPreviousUpload(before);
  upload.start();
}

/** The server's own sentence where it gave one. */
function reason(error: Error): string {
  const answer = "originalResponse" in error ? (error.originalResponse as HttpResponse | null) : null;
  const status = answer?.getStatus() ?? 0;
  if (status === 401 || status === 302) return "You are signed out. Sign in, then choose the file again: it goes on where it stopped.";
  if (status === 413) return "This file is larger than may be sent.";
  if (!status) return "The connection is down. Choose the file again: it goes on where it stopped.";
  return sentence(answer?.getBody() ?? "") || `This file was not taken (${status}).`;
}

function sentence(body: string): string {
  try {
    return (JSON.parse(body) as { sentence?: string }).sentence ?? "";
  } catch {
    return new DOMParser().parseFromString(body, "text/html").querySelector(".lede, main p, p")?.textContent?.trim() ?? "";
  }
}
