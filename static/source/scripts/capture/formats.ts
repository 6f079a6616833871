/** In which format this browser records, and what a file of it is called. */
import { type Sort } from "./capture-store";

const wanted: Record<Exclude<Sort, "photo">, readonly string[]> = {
  sound: ["audio/webm;codecs=opus", "audio/mp4;codecs=mp4a.40.2", "audio/mp4", "audio/webm", "audio/ogg;codecs=opus"],
  film: ["video/mp4;codecs=avc1.42E01E,mp4a.40.2", "video/webm;codecs=h264,opus", "video/webm;codecs=vp8,opus", "video/mp4", "video/webm"],
};
const endings: Record<string, string> = {
  "audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg", "video/webm": "webm", "video/mp4": "mp4", "image/jpeg": "jpg",
};
const called: Record<Sort, string> = { sound: "Recording", film: "Film", photo: "Photo" };

/** The best format that it has; undefined where it records nothing of the sort. Safari takes its own first. */
export function formatOf(sort: Exclude<Sort, "photo">): string | undefined {
  if (typeof MediaRecorder === "undefined") return undefined;
  const names = isSafari() ? [...wanted[sort]].sort((one, other) => Number(other.includes("mp4")) - Number(one.includes("mp4"))) : wanted[sort];
  return names.find((name) => MediaRecorder.isTypeSupported(name));
}

/** Whether it is of the family of Safari, as every browser on an iPhone is. */
export const isSafari = (): boolean => /iP(hone|ad|od)|Macintosh.*Version\/[\d.]+.*Safari/.test(navigator.userAgent);

const two = (number: number): string => String(number).padStart(2, "0");

/** `2026-11-30`, by the device's own clock. */
export const dayOf = (moment: Date): string => `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;

/** `Recording 2026-11-30 14.05.webm`, by the device's own clock. */
export function nameOf(sort: Sort, type: string, begun: Date): string {
  const time = `${two(begun.getHours())}.${two(begun.getMinutes())}.${two(begun.getSeconds())}`;
  return `${called[sort]} ${dayOf(begun)} ${time}.${endings[type.split(";")[0] ?? ""] ?? "bin"}`;
}
