/** The places that are claimed in what was recorded, before it is sent: each with the points that it is offered for. */
import { announce } from "../page/messages";
import { button } from "../page/button";
import { clock } from "../recordings/timecode";
import { type ClaimedSpan } from "./capture-store";
import { part } from "./capture-parts";

let claims: ClaimedSpan[] = [];
let current = -1;
let changed: (claims: readonly ClaimedSpan[]) => void = () => undefined;

const box = (): HTMLFieldSetElement => part<HTMLFieldSetElement>("points");
const ticks = (): HTMLInputElement[] => [...box().querySelectorAll<HTMLInputElement>("[name=points]")];

/** How a place is called: its seconds, or all of it. */
const called = ({ begins, ends }: ClaimedSpan): string => (begins === null || ends === null ? "All of it" : `${clock(begins)}–${clock(ends)}`);

/** Shows these claims, and tells `keep` of each change of them; gives how many ticks are of points that one has no more. */
export function startClaims(from: readonly ClaimedSpan[], keep: (claims: readonly ClaimedSpan[]) => void): number {
  const own = new Set(ticks().map((one) => Number(one.value)));
  claims = from.map((one) => ({ ...one, points: one.points.filter((id) => own.has(id)) }));
  changed = keep;
  close();
  draw();
  const gone = new Set(from.flatMap(({ points }) => points.filter((id) => !own.has(id)))).size;
  if (gone) settle();
  box().onchange = () => {
    const points = ticks().filter((one) => one.checked).map((one) => Number(one.value));
    const claim = claims[current];
    if (!claim) return;
    claims[current] = { ...claim, points };
    settle();
  };
  return gone;
}

/** A place was marked: its points can be ticked now. */
export function mark(begins: number | null, ends: number | null, focused: boolean): void {
  const same = claims.findIndex((one) => one.begins === begins && one.ends === ends);
  if (same < 0) claims.push({ begins, ends, points: [] });
  open(same < 0 ? claims.length - 1 : same, focused);
  settle();
}

/** The first place without a point, opened; whether there is one. */
export function openUnfinished(): boolean {
  const at = claims.findIndex((one) => !one.points.length && one.begins !== null);
  if (at >= 0) open(at, true);
  return at >= 0;
}

function open(at: number, focused: boolean): void {
  current = at;
  const claim = claims[at];
  if (!claim) return;
  const legend = part("points-of");
  legend.textContent = `Points that ${claim.begins === null ? "it" : called(claim)} proves`;
  for (const tick of ticks()) tick.checked = claim.points.includes(Number(tick.value));
  box().hidden = false;
  const first = ticks()[0];
  if (focused) (first ?? legend).focus();
  else announce(`${legend.textContent}. Tick them.`);
}

function close(): void {
  current = -1;
  box().hidden = true;
}

function settle(): void {
  draw();
  changed(claims.filter((one) => one.begins !== null || one.points.length));
}

function draw(): void {
  part("claims").replaceChildren(...claims.flatMap((claim, at) => (claim.begins === null ? [] : [line(claim, at)])));
}

function line(claim: ClaimedSpan, at: number): HTMLElement {
  const [item, place, points] = [document.createElement("li"), document.createElement("span"), document.createElement("span")];
  place.className = "place-time";
  place.textContent = called(claim);
  points.className = "small";
  points.textContent = named(claim) || "No point is ticked yet.";
  const change = button("Change", "quiet small", () => open(at, true));
  const out = button("Remove", "quiet small", () => remove(at));
  for (const one of [change, out]) one.setAttribute("aria-label", `${one.textContent} ${called(claim)}`);
  item.append(place, points, change, out);
  item.classList.toggle("is-current", at === current);
  return item;
}

function named({ points }: ClaimedSpan): string {
  const keys = ticks().filter((one) => points.includes(Number(one.value))).map((one) => one.dataset["key"] ?? "");
  return keys.map((key) => key.replace("/", " · ")).join(", ");
}

function remove(at: number): void {
  claims.splice(at, 1);
  close();
  settle();
  announce("Removed.");
}
