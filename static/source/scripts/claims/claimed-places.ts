/** Ties the list of claimed places to their marks: choosing one shows the other. */
import { playerFor, pressedEvent, spanOf } from "../recordings/player";

let current = "";

/** What stands for a claimed place in the account and in the pictures. */
const marks = "[data-account] mark.passage, #item .area";

const line = (number: string): HTMLElement | null => document.querySelector<HTMLElement>(`#places [data-place="${CSS.escape(number)}"]`);
const marksOf = (number: string, shown: ParentNode): (HTMLElement | SVGElement)[] =>
  [...shown.querySelectorAll<HTMLElement | SVGElement>(marks)].filter((one) => one.dataset["n"] === number);

/** Starts listening on the item's page. */
export function findPlaces(): void {
  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const link = event.target.closest<HTMLElement>("#places a.place");
    if (link) return follow(event, link);
    const mark = event.target.closest<HTMLElement | SVGElement>(marks);
    if (mark) light(mark.dataset["n"] ?? "");
  });
  document.addEventListener(pressedEvent, (event) => {
    const { number } = (event as CustomEvent<{ number: string }>).detail;
    light(number);
    play(line(number));
  });
}

/** Shows again which place is in hand, after the pieces were drawn anew. */
export const showPlaces = (): void => light("");

function follow(event: Event, link: HTMLElement): void {
  const page = link.dataset["page"];
  const shown = page ? document.getElementById(page) : null;
  if (page && !shown) return;
  event.preventDefault();
  const entry = link.closest<HTMLElement>("[data-place]");
  const number = entry?.dataset["place"] ?? "";
  light(number);
  if (entry?.dataset["begins"]) play(entry);
  else (marksOf(number, shown ?? document)[0] ?? shown)?.scrollIntoView({ block: marksOf(number, shown ?? document).length ? "center" : "start" });
}

function play(entry: HTMLElement | null): void {
  const item = document.getElementById("item");
  if (!entry || !item) return;
  const player = playerFor(item, entry.dataset["file"] ?? "");
  player?.element.scrollIntoView({ block: "nearest" });
  player?.go(spanOf(entry), true);
}

function light(number: string): void {
  current = number;
  for (const mark of document.querySelectorAll<HTMLElement | SVGElement>(marks)) mark.classList.toggle("is-current", mark.dataset["n"] === current && current !== "");
  for (const one of document.querySelectorAll<HTMLElement>("#places [data-place]")) one.classList.toggle("is-current", one.dataset["place"] === current);
  const side = line(number)?.closest(".split-side");
  if (side && getComputedStyle(side).position === "sticky") line(number)?.scrollIntoView({ block: "nearest" });
}
