/** Why the microphone or the camera could not be had, and the way back in this family of browsers. */
import { isSafari } from "./formats";

const device = (film: boolean): string => (film ? "camera and microphone" : "microphone");

/** The sentences for an error of `getUserMedia`. */
export function explain(error: unknown, film: boolean): string {
  const name = error instanceof DOMException ? error.name : "";
  if (!navigator.mediaDevices) return "This browser lets a page record only over a secure connection (https). Open Markwell there, or record with another app and add the file.";
  if (name === "NotAllowedError" || name === "SecurityError") return `The ${device(film)} may not be used on this page. ${wayBack(film)} Then press the button again. Until then you can record with another app and add the file.`;
  if (name === "NotFoundError" || name === "OverconstrainedError") return `No ${device(film)} was found. Plug one in, or record with another device and add the file.`;
  if (name === "NotReadableError" || name === "AbortError") return `Another app uses the ${device(film)} just now: a call, perhaps. End it there, then press the button again.`;
  if (name === "QuotaExceededError") return "There is no room on this device to record anything. Make room, then press the button again, or record with another app and add the file.";
  return `Recording could not begin${name ? ` (${name})` : ""}. Record with another app and add the file.`;
}

function wayBack(film: boolean): string {
  const agent = navigator.userAgent;
  const what = film ? "Camera and Microphone" : "Microphone";
  if (/iP(hone|ad|od)/.test(agent)) return `On an iPhone or iPad: press the button at the left of the address, Website Settings, and set ${what} to Allow; in Settings, Apps, look that your browser may use it at all.`;
  if (isSafari()) return `In Safari: menu Safari, Settings for This Website, and set ${what} to Allow.`;
  if (/Firefox\//.test(agent)) return "In Firefox: press the sign before the address, and take the block of it away.";
  if (/Android/.test(agent)) return `In your browser: press the sign before the address, Permissions, and allow ${what}; in the phone’s settings, look that the browser may use it at all.`;
  return `In your browser: press the sign before the address, and allow ${what}.`;
}
