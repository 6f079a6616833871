/** Draws the area of a photo that is covered: its four numbers and a rectangle over the photo say the same. */

import { between, dragOn } from "../areas/area";

const names = ["left", "top", "width", "height"] as const;
const drawing = "http://www.w3.org/2000/svg";
const wide = 1000;

/** Lets a part be drawn in a line of the form that names a photo and its four numbers. */
export function drawArea(line: HTMLElement): void {
  const photo = line.querySelector<HTMLSelectElement>("select");
  const place = line.querySelector("[data-photo]");
  if (!photo || !place) return;
  const shown = document.createElement("figure");
  place.append(shown);
  const address = (): string => photo.selectedOptions[0]?.dataset["picture"] ?? "";
  const show = async (): Promise<void> => {
    const chosen = address();
    shown.replaceChildren();
    shown.className = chosen ? "figure" : "";
    const high = chosen ? await height(chosen) : 0;
    if (high && chosen === address()) draw(line, shown, chosen, high);
  };
  photo.addEventListener("change", () => void show());
  for (const input of inputs(line)) input.addEventListener("input", () => cover(line, shown));
  void show();
}

/** How high a photo is on a sheet of a thousand units across; 0 where it cannot be had. */
async function height(address: string): Promise<number> {
  const photo = new Image();
  photo.src = address;
  await photo.decode().catch(() => undefined);
  return photo.naturalWidth ? Math.round((wide * photo.naturalHeight) / photo.naturalWidth) : 0;
}

/** Shows the photo; the numbers are for whoever does not see it or does not point, so it needs no words. */
function draw(line: HTMLElement, shown: HTMLElement, address: string, high: number): void {
  const sheet = made("svg", { viewBox: `0 0 ${wide} ${high}`, width: "100%", "aria-hidden": "true" });
  sheet.append(made("image", { href: address, width: String(wide), height: String(high) }));
  sheet.append(made("rect", { fill: "currentColor", "fill-opacity": "0.86" }));
  shown.replaceChildren(sheet);
  listen(line, shown, sheet);
  cover(line, shown);
}

function listen(line: HTMLElement, shown: HTMLElement, sheet: SVGElement): void {
  sheet.style.setProperty("cursor", "crosshair");
  const draw = (area: readonly number[]): void => {
    for (const [at, input] of inputs(line).entries()) input.value = String(area[at]);
    cover(line, shown);
  };
  dragOn(sheet, { begins: (from) => (to) => between(from, to), moved: draw, ended: () => undefined });
}

const inputs = (line: HTMLElement): HTMLInputElement[] =>
  names.flatMap((name) => line.querySelector<HTMLInputElement>(`input[name$="-${name}"]`) ?? []);

/** Lays the rectangle over the photo as the numbers say; without four numbers there is none. */
function cover(line: HTMLElement, shown: HTMLElement): void {
  const sheet = shown.querySelector("svg");
  const part = sheet?.querySelector("rect");
  if (!sheet || !part) return;
  const area = inputs(line).map((input) => Number.parseFloat(input.value.replace(",", ".")));
  const high = sheet.viewBox.baseVal.height;
  const whole = area.every(Number.isFinite);
  for (const [at, name] of (["x", "y", "width", "height"] as const).entries()) {
    const side = at % 2 ? high : wide;
    part.setAttribute(name, String(whole ? (Math.max(area[at] ?? 0, 0) * side) / 100 : 0));
  }
}

function made(name: "svg" | "image" | "rect", attributes: Record<string, string>): SVGElement {
  const element = document.createElementNS(drawing, name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  return element;
}
