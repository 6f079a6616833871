/** The marking view: one point in hand, its places in the evidence, its verdict; all on the page already, one shown at a time. */
import { hideMarked, showMarked } from "../grounds/marked-places";
import { spreadTabs } from "../account/margin-tabs";
import { announce } from "../page/messages";
import { playerFor, pressedEvent, spanOf } from "../recordings/player";

/** Told by the desk when another point is taken in hand; where one point is shown of many learners, another learner. */
export const takenUp = "taken-up";
/** Which was in hand, and which is now. */
export interface TakenUp {
  readonly from: string;
  readonly to: string;
}

/** Told whenever the desk was shown anew, with pieces that may be fresh. */
export const shownEvent = "desk-shown";

let point = "";
/** What stands for a claimed place in an account and in a picture. */
const marks = ".pane mark.passage, .pane .area";
let shownPlace: HTMLElement | null = null;
/** The line of the place that is shown. */
export const placeShown = (): HTMLElement | null => shownPlace;

const all = (selector: string): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(selector)];

const desk = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-marking]");
/** Whether one point is shown of many learners: then what is in hand is a learner, by the id of the assessment. */
export const walks = (): boolean => desk()?.dataset["walk"] !== undefined;

/** The id of the point in hand. */
export const pointInHand = (): string => point;
const links = (): HTMLElement[] => all(".point-link[data-point]");
export const linkOf = (id: string): HTMLElement | undefined => links().find((one) => one.dataset["point"] === id);
/** How messages speak of it. */
export const called = (id: string): string => linkOf(id)?.dataset["called"] ?? "";
export const panelOf = (id: string): HTMLElement | null => document.getElementById(`verdict-${id}`);
const placesInHand = (): HTMLElement[] => all(`[data-point-where="${CSS.escape(point)}"] [data-go]`);

/** Takes up the desk as the server opened it. */
export function startDesk(): void {
  const current = links().find((one) => one.hasAttribute("aria-current")) ?? links()[0];
  if (!current) return;
  show(current.dataset["point"] ?? "", { scroll: matchMedia("(min-width: 56.25em)").matches });
  document.addEventListener("click", clicked);
  document.addEventListener(pressedEvent, (event) => {
    const { number } = (event as CustomEvent<{ number: string }>).detail;
    const pane = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-pane]") : null;
    const line = pane?.querySelector<HTMLElement>(`[data-span][data-n="${CSS.escape(number)}"]`);
    if (line) playerFor(pane as HTMLElement, line.dataset["file"] ?? "")?.go(spanOf(line), true);
  });
}

function clicked(event: MouseEvent): void {
  if (!(event.target instanceof Element) || event.ctrlKey || event.metaKey) return;
  const link = event.target.closest<HTMLElement>(".point-link[data-point]");
  const step = event.target.closest<HTMLElement>("[data-step]");
  const place = event.target.closest<HTMLElement>("[data-go]");
  const mark = event.target.closest<HTMLElement | SVGElement>(marks);
  if (link) choose(link.dataset["point"] ?? "");
  else if (step) choose(besides(Number(step.dataset["step"])));
  else if (place) goTo(place, { play: true, scroll: true });
  else if (mark) return takeUp(mark);
  else return;
  event.preventDefault();
}

/** Pressing a mark shows its own line among the places of the point in hand, if it is one of them. */
function takeUp(mark: HTMLElement | SVGElement): void {
  const pane = mark.closest<HTMLElement>("[data-pane]")?.dataset["pane"];
  const line = placesInHand().find((one) => one.dataset["go"] === pane && one.dataset["place"] === mark.dataset["n"]);
  if (line) goTo(line, { play: false, scroll: false });
}

/** Takes a point in hand; the focus goes to its line, so that it is read out and the keys stay free. */
export function choose(id: string): void {
  if (!linkOf(id)) return;
  show(id, { scroll: true });
  const link = linkOf(id);
  link?.focus({ preventScroll: true });
  link?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

/** Shows a point, its places and its panel; call again after pieces were swapped, with `anew` where its evidence came with them. */
export function show(id: string, { scroll, anew = false }: { scroll: boolean; anew?: boolean }): void {
  const [from, changed] = [point, id !== point];
  point = id;
  for (const one of links()) {
    if (one.dataset["point"] === id) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
  for (const one of all("[data-verdict-for]")) one.hidden = one.dataset["verdictFor"] !== id;
  for (const one of all("[data-point-where]")) one.hidden = one.dataset["pointWhere"] !== id;
  for (const one of all("[data-point-words]")) one.hidden = one.dataset["pointWords"] !== id;
  for (const one of all("[data-of]")) one.hidden = one.dataset["of"] !== id;
  sayWhere();
  document.dispatchEvent(new Event(shownEvent));
  if (!changed && !anew) return;
  remember(id);
  const first = placesInHand()[0];
  if (first) goTo(first, { play: false, scroll });
  else openSome(), paint();
  if (changed) document.dispatchEvent(new CustomEvent<TakenUp>(takenUp, { detail: { from, to: id } }));
}

/** Without a place the evidence that was open stays so; of a learner of whom none is open, the first. */
function openSome(): void {
  const panes = all("[data-of]:not([hidden]) [data-pane]");
  if (panes[0] && panes.every((one) => one.hidden)) panes[0].hidden = false;
}

/** Which point of how many it is, and what of the steps beside it leads nowhere. */
function sayWhere(): void {
  const ids = links().map((one) => one.dataset["point"] ?? "");
  for (const one of all("[data-steps]")) one.textContent = `${one.dataset["steps"]} ${ids.indexOf(point) + 1} of ${ids.length}`;
  for (const one of all("[data-step]")) one.classList.toggle("is-end", besides(Number(one.dataset["step"])) === point);
}

/** The next or the one before: among points by `step`, ending at the ends. */
export function besides(step: number): string {
  const ids = links().map((one) => one.dataset["point"] ?? "");
  return ids[Math.max(0, Math.min(ids.length - 1, ids.indexOf(point) + step))] ?? point;
}

/** Whether it still wants a verdict: none was given, none is on its way, and the unit was not taken away meanwhile. */
function isOpen({ dataset }: HTMLElement): boolean {
  return !dataset["settled"] && !dataset["gone"] && !panelOf(dataset["point"] ?? "")?.querySelector("form[aria-busy]");
}

/** The next point without a verdict in this round, from the one in hand onwards and round; empty when none is left. */
export function nextOpen(): string {
  const here = links().findIndex((one) => one.dataset["point"] === point);
  const order = [...links().slice(here + 1), ...links().slice(0, here + 1)];
  return order.find(isOpen)?.dataset["point"] ?? "";
}

/** Goes on to the next place of the point in hand, or back. */
export function nextPlace(step: number): void {
  const places = placesInHand();
  if (!places.length) return announce("No place is claimed for this point.");
  const here = places.findIndex((one) => one === shownPlace);
  const next = places[(here + step + places.length) % places.length];
  if (!next) return;
  goTo(next, { play: false, scroll: true });
  announce(`Place ${places.indexOf(next) + 1} of ${places.length}: ${next.textContent?.trim() ?? ""}`);
}

/** Shows one version, by its id, in place of the others. */
export function openPane(version: string): void {
  for (const one of all("[data-pointed]")) if (one.dataset["pointed"] !== version) one.remove();
  for (const pane of all("[data-pane]")) pane.hidden = pane.dataset["pane"] !== version || pointedIn(version) !== null;
}

function goTo(place: HTMLElement, { play, scroll }: { play: boolean; scroll: boolean }): void {
  shownPlace = place;
  const version = place.dataset["go"] ?? "";
  openPane(version);
  const pane = document.getElementById(`pane-${version}`);
  for (const account of pane?.querySelectorAll<HTMLElement>(".account") ?? []) spreadTabs(account);
  paint();
  hideMarked();
  const around = pointedIn(version) ?? pane;
  const own = place.dataset["own"] !== undefined && around ? showMarked(around, dataOf(place), play) : null;
  if (own) return scroll ? bringIntoSight(own) : undefined;
  const isSpan = place.dataset["span"] !== undefined;
  const player = isSpan && around ? playerFor(around, place.dataset["file"] ?? "") : null;
  player?.go(spanOf(place), play);
  const address = around === pane ? `[id="place-${version}-${place.dataset["place"]}"]` : `[data-n="${place.dataset["place"]}"]`;
  const target = player?.element ?? around?.querySelector(address) ?? around;
  if (target && scroll) bringIntoSight(target);
}

/** The evidence of a version while places are marked in it, which stands in its stead. */
const pointedIn = (version: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-pointed="${CSS.escape(version)}"]`);
const dataOf = (place: HTMLElement): Record<string, string> => Object.fromEntries(Object.entries(place.dataset).map(([name, said]) => [name, said ?? ""]));

/** Marks of the place in hand, of its point, and of the others. */
function paint(): void {
  for (const one of all("[data-go]")) {
    if (one === shownPlace) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
  for (const mark of document.querySelectorAll<HTMLElement | SVGElement>(marks)) {
    const here = mark.closest<HTMLElement>("[data-pane]")?.dataset["pane"] === shownPlace?.dataset["go"];
    const mine = (mark.dataset["points"] ?? "").split(" ").includes(desk()?.dataset["walk"] ?? point);
    mark.classList.toggle("is-current", mine && here && mark.dataset["n"] === shownPlace?.dataset["place"]);
    mark.classList.toggle("is-other", !mine);
  }
}

/** A third from the top of the column where it scrolls by itself, else of the window below the strip of points. */
function bringIntoSight(target: Element): void {
  const column = target.closest<HTMLElement>(".column-evidence");
  const top = target.getClientRects()[0]?.top ?? 0;
  if (column && getComputedStyle(column).overflowY === "auto") {
    column.scrollTop += top - column.getBoundingClientRect().top - column.clientHeight / 3;
  } else window.scrollBy({ top: top - window.innerHeight / 3 });
}

function remember(id: string): void {
  if (walks()) desk()?.setAttribute("data-marking", id);
  const address = new URL(location.href);
  address.searchParams.set(walks() ? "learner" : "point", id);
  address.hash = "";
  history.replaceState(history.state, "", address);
}
