/** Rectangles of photos, films and pages on the learner's item: marked, offered for points, and let go with the chooser. */
import { type Area, middle, told } from "../areas/area";
import { AreaMarker } from "../areas/area-marker";
import { type Values } from "../forms/field-values";
import { type Player } from "../recordings/player";
import { change, chooser, closeChooser, offer, offeredPlace } from "./point-chooser";
import { sides, type Place } from "./place-fields";

/** What the page does besides. */
interface Page {
  /** A rectangle is begun: other places are let go; a film stands still. */
  readonly begun: (marker: AreaMarker) => void;
  /** A rectangle of a film is right: its seconds are offered with it, once both ends are known. */
  readonly settle: (marker: AreaMarker, byKey: boolean) => void;
  /** The sheet of points on a phone leaves the picture in sight. */
  readonly clear: (element: HTMLElement) => void;
}

let markers: AreaMarker[] = [];

const isFilm = (marker: AreaMarker): boolean => marker.element.matches("[data-player]");

/** Lets rectangles be marked in every photo, film and page of the item. */
export function startAreas(page: Page): void {
  const marking = {
    begun: (marker: AreaMarker) => {
      if (!isFilm(marker) || !isOffered(marker)) closeChooser();
      endAreas(marker);
      page.begun(marker);
    },
    changed: (marker: AreaMarker, area: Area) => isOffered(marker) && change(placeWith(marker, area)),
    chosen: (marker: AreaMarker, area: Area, byKey: boolean) => {
      if (isFilm(marker)) return page.settle(marker, byKey);
      offer(areaOf(marker, area), byKey);
      if (!byKey) page.clear(marker.element);
    },
    ended: (marker: AreaMarker) => {
      if (!isOffered(marker)) return;
      if (isFilm(marker)) change(placeWith(marker, undefined));
      else closeChooser();
    },
  };
  markers = [...document.querySelectorAll<HTMLElement>("#item [data-areas]")].map((element) => new AreaMarker(element, marking));
  chooser()?.addEventListener("input", (event) => typed(event.target));
  chooser()?.querySelector("[data-film-area] button")?.addEventListener("click", () => {
    const place = offeredPlace();
    const marker = place?.kind === "span" ? markerOf(place.file) : undefined;
    marker?.begin(middle, true);
    if (marker) page.clear(marker.element);
  });
}

/** Lets go of every rectangle that is marked, but for that of `kept`. */
export function endAreas(kept?: AreaMarker): void {
  for (const marker of markers) if (marker !== kept) marker.end();
}

/** The marker of a file's picture, or of the picture of one of its pages. */
export const markerOf = (file: string, page = ""): AreaMarker | undefined => markers.find((one) => one.file === file && one.page === page);

/** The rectangle that is marked in the picture of a player. */
export const areaIn = (player: Player): Area | undefined => markerOf(player.file)?.present ?? undefined;

/** Marks the rectangle once more that kept values name; false where the item has no such picture any more. */
export function markAgain(values: Values): boolean {
  const marker = markerOf(values["file"] ?? "", values["page"]);
  const area = sides.map((side) => Number(values[side])) as unknown as Area;
  if (!marker || !sides.every((side) => values[side])) return false;
  marker.begin(area, false);
  if (!isFilm(marker)) offer(areaOf(marker, area), true);
  return true;
}

const areaOf = ({ file, page }: AreaMarker, area: Area): Place => ({ kind: "area", area, file, page, words: page ? `Page ${page}, ${told(area)}` : told(area) });

function isOffered(marker: AreaMarker): boolean {
  const place = offeredPlace();
  if (place?.kind === "area") return markerOf(place.file, place.page) === marker;
  return place?.kind === "span" && markerOf(place.file) === marker;
}

function placeWith(marker: AreaMarker, area: Area | undefined): Place {
  const place = offeredPlace();
  if (place?.kind === "span") return { ...place, area };
  return area ? areaOf(marker, area) : { kind: "whole" };
}

/** The four numbers and the rectangle say the same. */
function typed(target: EventTarget | null): void {
  const form = chooser();
  if (!form || !(target instanceof HTMLInputElement) || target.dataset["areaSide"] === undefined) return;
  const numbers = sides.map((side) => form.querySelector<HTMLInputElement>(`[data-area-side="${side}"]`)?.valueAsNumber ?? NaN);
  markers.find((one) => one.present)?.set(numbers as unknown as Area);
}
