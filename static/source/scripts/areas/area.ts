/** Rectangles of a picture in per cent of it, to a tenth: drawn, moved, made larger, told in words. */

/** Left, top, width and height. */
export type Area = readonly [number, number, number, number];
/** From the left, from the top. */
export type Spot = readonly [number, number];

/** Width and height below which a rectangle is no place but a slip of the hand. */
export const smallest = 1;
/** Where a rectangle begins for whoever does not point. */
export const middle: Area = [30, 30, 40, 40];

const tenths = (value: number): number => Math.round(value * 10) / 10;
const within = (value: number, least: number, most: number): number => tenths(Math.min(Math.max(value, least), most));

/** Where a pointer is over `sheet`; at the edge where it is beyond. */
function spot(sheet: Element, event: PointerEvent): Spot {
  const { left, top, width, height } = sheet.getBoundingClientRect();
  return [within(((event.clientX - left) / width) * 100, 0, 100), within(((event.clientY - top) / height) * 100, 0, 100)];
}

/** The rectangle with these two opposite corners. */
export function between(one: Spot, other: Spot): Area {
  return [Math.min(one[0], other[0]), Math.min(one[1], other[1]), tenths(Math.abs(one[0] - other[0])), tenths(Math.abs(one[1] - other[1]))];
}

/** Moved to the right and down, as far as the picture reaches. */
export function moved([left, top, width, height]: Area, right: number, down: number): Area {
  return [within(left + right, 0, 100 - width), within(top + down, 0, 100 - height), width, height];
}

/** Made wider and higher, as far as the picture reaches. */
export function sized([left, top, width, height]: Area, wider: number, higher: number): Area {
  return [left, top, within(width + wider, smallest, 100 - left), within(height + higher, smallest, 100 - top)];
}

export const isInside = ([left, top, width, height]: Area): boolean =>
  [left, top, width, height].every(Number.isFinite) && left >= 0 && top >= 0 && width > 0 && height > 0 && left + width <= 100.1 && top + height <= 100.1;

/** In words, as `portfolio/evidence/places/areas.py` tells it. */
export function told([left, top, width, height]: Area): string {
  const side = (half: number, near: string, far: string): string => (half <= 40 ? near : half >= 60 ? far : "");
  const sides = [side(top + height / 2, "upper", "lower"), side(left + width / 2, "left", "right")].filter(Boolean).join(" ");
  const [right, foot] = [tenths(Math.min(left + width, 100)), tenths(Math.min(top + height, 100))];
  return `${sides ? `${sides} part` : "middle"} (${left}–${right}\u00a0% from the left, ${top}–${foot}\u00a0% from the top)`;
}

/** What a drag makes of the spot that it has come to. */
type Drag = (to: Spot) => Area;

/** What is told of a drag; `area` is null where the browser took the fingers for something else. */
interface Dragged {
  readonly begins: (at: Spot, event: PointerEvent) => Drag | null;
  readonly moved: (area: Area) => void;
  readonly ended: (finished: boolean) => void;
}

/** Lets rectangles be dragged on `sheet` with one finger, pen or mouse; two fingers still enlarge the page. */
export function dragOn(place: HTMLElement | SVGElement, told: Dragged): void {
  const sheet = place as HTMLElement;
  let drag: Drag | null = null;
  const stop = (finished: boolean): void => {
    if (!drag) return;
    drag = null;
    told.ended(finished);
  };
  sheet.style.setProperty("touch-action", "pinch-zoom");
  sheet.addEventListener("pointerdown", (event) => {
    if (!event.isPrimary) return stop(false);
    if (event.button) return;
    drag = told.begins(spot(sheet, event), event);
    if (!drag) return;
    event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
  });
  sheet.addEventListener("pointermove", (event) => drag && event.isPrimary && told.moved(drag(spot(sheet, event))));
  sheet.addEventListener("pointerup", (event) => event.isPrimary && stop(true));
  sheet.addEventListener("pointercancel", () => stop(false));
}
