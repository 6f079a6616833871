/** A place in an item, as it is chosen on a page, and who takes it. */
import { type Area } from "../areas/area";

/** Words, a rectangle (both perhaps of a page), seconds of a recording, a page, or the whole item. */
export type Place =
  | { readonly kind: "words"; readonly start: number; readonly end: number; readonly words: string; readonly page?: string; readonly file?: string }
  | { readonly kind: "page"; readonly page: string; readonly file: string; readonly words: string }
  | { readonly kind: "span"; readonly begins: number; readonly ends: number; readonly file: string; readonly words: string; readonly area?: Area | undefined }
  | { readonly kind: "area"; readonly area: Area; readonly page: string; readonly file: string; readonly words: string }
  | { readonly kind: "whole" };

/** What shows the place that was chosen, with what can be done with it. */
export interface Sheet {
  /** A place was chosen; `focused` for whoever works by keys, and goes on in the sheet. */
  readonly offer: (place: Place, focused: boolean) => void;
  /** The place that is offered was moved or made larger. */
  readonly change: (place: Place) => void;
  readonly close: () => void;
  /** The place that is offered now. */
  readonly offered: () => Place | null;
  readonly element: () => HTMLElement | null;
}

/** The numbers of a rectangle, as forms name them. */
const sides = ["left", "top", "width", "height"] as const;

/** What a form says that names a place, by the names of its fields; empty for those that the place does not have. */
export function fieldsOf(place: Place): Record<string, string> {
  const values: Record<string, string> = { start: "", end: "", begins: "", ends: "", file: "", page: "", left: "", top: "", width: "", height: "" };
  if (place.kind === "words") Object.assign(values, { start: String(place.start), end: String(place.end), page: place.page ?? "", file: place.file ?? "" });
  if (place.kind === "page" || place.kind === "area") Object.assign(values, { page: place.page, file: place.file });
  if (place.kind === "span") Object.assign(values, { begins: String(place.begins), ends: String(place.ends), file: place.file });
  const area = place.kind === "area" || place.kind === "span" ? place.area : undefined;
  if (area) Object.assign(values, Object.fromEntries(sides.map((side, at) => [side, String(area[at])])));
  return values;
}

/** The rectangle that fields name. */
export const areaOf = (values: Readonly<Record<string, string>>): Area => sides.map((side) => Number(values[side])) as unknown as Area;
/** Whether fields name a rectangle. */
export const namesArea = (values: Readonly<Record<string, string>>): boolean => sides.every((side) => values[side]);
/** The fields of a form in which the rectangle stands in numbers. */
export const sideFields = (form: HTMLElement): (HTMLInputElement | null)[] => sides.map((side) => form.querySelector<HTMLInputElement>(`[data-area-side="${side}"]`));
