/** A place as the forms name it in which places are chosen. */
import type { Area } from "../areas/area";

/** What is to be claimed: words, a rectangle (both perhaps of a page), seconds of a recording, a page, or the whole item. */
export type Place =
  | { readonly kind: "words"; readonly start: number; readonly end: number; readonly words: string; readonly page?: string; readonly file?: string }
  | { readonly kind: "page"; readonly page: string; readonly file: string; readonly words: string }
  | { readonly kind: "span"; readonly begins: number; readonly ends: number; readonly file: string; readonly words: string; readonly area?: Area | undefined }
  | { readonly kind: "area"; readonly area: Area; readonly page: string; readonly file: string; readonly words: string }
  | { readonly kind: "whole" };

/** The numbers of a rectangle, as the form names them. */
export const sides = ["left", "top", "width", "height"] as const;

/** What each field says of a place; empty for the whole item. */
export function fieldsOf(place: Place): Record<string, string> {
  const values: Record<string, string> = { start: "", end: "", begins: "", ends: "", file: "", page: "", left: "", top: "", width: "", height: "" };
  if (place.kind === "words") Object.assign(values, { start: String(place.start), end: String(place.end), page: place.page ?? "", file: place.file ?? "" });
  if (place.kind === "page" || place.kind === "area") Object.assign(values, { page: place.page, file: place.file });
  if (place.kind === "span") Object.assign(values, { begins: String(place.begins), ends: String(place.ends), file: place.file });
  const area = place.kind === "area" || place.kind === "span" ? place.area : undefined;
  if (area) Object.assign(values, Object.fromEntries(sides.map((side, at) => [side, String(area[at])])));
  return values;
}
