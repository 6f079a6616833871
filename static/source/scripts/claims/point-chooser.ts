/** The chooser of points: a panel beside the account, a sheet from below in the hand. */
import { keepSent, placeOf } from "../drafts/draft-store";
import { fillQuietly, valuesBeyond, valuesOf } from "../forms/field-values";
import { send } from "../forms/send-form";
import { fixedDeed } from "../keyboard/keys";
import { announce } from "../page/messages";
import { dropClaim, endClaim, keepClaims, leaveClaim, type Reopen } from "./claim-draft";
import { told } from "../areas/area";
import { nearby, nearOf, toldNear } from "./near-points";
import { fieldsOf, type Place, type Sheet } from "./place";
import { forget, suggest } from "./suggestions";
import { alike } from "./text-comparison";

/** What the page does when the chooser is done: `place` is what was claimed, or null when it was let go; `goesOn` where another place was chosen, or this one let go, while the claim was on its way. */
type Done = (place: Place | null, goesOn: boolean) => void;

const titles = { words: "Claim these words", span: "Claim this part of the recording", page: "Claim this page", area: "Claim this part of the picture", whole: "Claim the whole item" };
const titleOf = (place: Place): string => (place.kind === "area" && place.page ? "Claim this part of the page" : titles[place.kind]);

let offered: Place | null = null;
let finish: Done = () => undefined;
let again: Reopen = () => false;
let closed = 0;

const chooser = (): HTMLFormElement | null => document.querySelector<HTMLFormElement>("[data-chooser]");
const ticks = (form: HTMLFormElement): HTMLInputElement[] => [...form.querySelectorAll<HTMLInputElement>("[name=points]")];
const part = (name: string): HTMLElement | null => chooser()?.querySelector<HTMLElement>(`[data-${name}]`) ?? null;

/** Starts the chooser of this page; `reopen` offers the place that kept values name. */
export function startChooser(done: Done, reopen: Reopen): void {
  const form = chooser();
  if (!form) return;
  finish = done;
  again = reopen;
  form.addEventListener("submit", (event) => (event.preventDefault(), void save(form)));
  form.addEventListener("change", (event) => ticked(form, event.target));
  const filter = form.querySelector<HTMLInputElement>("[data-filter]");
  form.addEventListener("keydown", (event) => {
    const deed = fixedDeed("chooser", event);
    if (deed === "close") closeChooser();
    else if (deed === "look for a point") event.target === filter && event.preventDefault();
    else if (deed) step(form, event, deed === "next point" ? 1 : -1);
  });
  document.addEventListener("scroll", fit, { passive: true });
  window.addEventListener("resize", fit);
  part("chooser-close")?.addEventListener("click", closeChooser);
  filter?.addEventListener("input", () => narrow(form, filter.value));
  part("area-numbers")?.toggleAttribute("hidden", true);
  keepClaims(form, reopen);
}

/** Offers a place for points. `focused` brings the focus to the first point, for whoever works by keys. */
function offer(place: Place, focused: boolean): void {
  const form = chooser();
  if (!form) return;
  offered = place;
  fill(form, place);
  form.classList.add("is-open");
  document.documentElement.classList.add("is-choosing");
  fit();
  if (focused) ticks(form)[0]?.focus();
  else announce(`${titleOf(place)}. Choose the points.`);
  void putFirst(form);
}

/** The points that the words of the place may serve; whoever stood on the first point stands on the first again. */
async function putFirst(form: HTMLFormElement): Promise<void> {
  const first = ticks(form)[0];
  const names = await suggest(form);
  if (names.length && document.activeElement === first) ticks(form)[0]?.focus();
  else if (names.length) announce(`May fit: ${names.join(", ")}.`);
}

/** The place that is offered was moved or made larger meanwhile. */
function change(place: Place): void {
  const form = chooser();
  if (!form || !offered) return;
  offered = place;
  fill(form, place);
  void putFirst(form);
}

/** Closes without a claim. */
function closeChooser(): void {
  const place = offered;
  const form = chooser();
  if (form && place) leaveClaim(form, again);
  close();
  if (place) finish(null, false);
}

/** The chooser as the page points for it. */
export const chooserSheet: Sheet = { offer, change, close: closeChooser, offered: () => offered, element: chooser };

function close(): void {
  const form = chooser();
  offered = null;
  closed += 1;
  form?.classList.remove("is-open");
  document.documentElement.classList.remove("is-choosing");
  if (form) empty(form);
}

function empty(form: HTMLFormElement): void {
  form.reset();
  form.querySelectorAll(".near").forEach((one) => one.remove());
  forget(form);
  for (const field of form.querySelectorAll<HTMLInputElement>("[data-drawn]")) field.value = "";
  narrow(form, "");
}

/** The panel ends where the window ends, wherever the page is scrolled to, so that Save is always in sight. */
function fit(): void {
  const form = chooser();
  if (offered && form) form.style.setProperty("--from-top", `${Math.max(form.getBoundingClientRect().top, 0)}px`);
}

function fill(form: HTMLFormElement, place: Place): void {
  const values = fieldsOf(place);
  const area = place.kind === "area" || place.kind === "span" ? place.area : undefined;
  part("area-numbers")?.toggleAttribute("hidden", !area && place.kind !== "page");
  part("film-area")?.toggleAttribute("hidden", place.kind !== "span" || Boolean(area) || !isFilm(place.file));
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement && field !== document.activeElement) field.value = value;
  }
  const title = form.querySelector(".sheet-title");
  if (title) title.textContent = titleOf(place);
  show(place);
  count(form);
}

const isFilm = (file: string): boolean => document.querySelector(`#item [data-player][data-areas][data-file="${CSS.escape(file)}"]`) !== null;

function show(place: Place): void {
  const words = part("chosen");
  if (!words) return;
  words.hidden = place.kind === "whole";
  if (place.kind === "whole") return;
  const made = document.createElement(place.kind === "words" ? "q" : "span");
  made.className = { words: "place-quote", span: "place-time", page: "place-where", area: "place-where" }[place.kind];
  made.textContent = place.words;
  words.replaceChildren(made);
  if (place.kind !== "span" || !place.area) return;
  const lies = document.createElement("span");
  lies.className = "place-where";
  lies.textContent = told(place.area);
  words.append(" ", lies);
}

function ticked(form: HTMLFormElement, target: EventTarget | null): void {
  count(form);
  if (!(target instanceof HTMLInputElement) || target.name !== "points") return;
  const line = target.closest<HTMLElement>(".choice");
  line?.nextElementSibling?.matches(".near") && line.nextElementSibling.remove();
  if (!target.checked || !line) return;
  const note = line.querySelector(".method-note")?.textContent?.trim();
  const siblings = nearOf(ticks(form), target);
  if (siblings.length) line.after(nearby(siblings, () => count(form)));
  announce([note, siblings.length ? toldNear(siblings) : ""].filter(Boolean).join(" "));
}

function count(form: HTMLFormElement): void {
  const many = ticks(form).filter((one) => one.checked).length;
  const said = part("count");
  if (said) said.textContent = many ? `${many} ${many === 1 ? "point" : "points"}` : "Tick the points it proves.";
  said?.classList.remove("is-wanting");
}

function narrow(form: HTMLFormElement, words: string): void {
  const wanted = alike(words).split(" ").filter(Boolean);
  let left = 0;
  for (const group of form.querySelectorAll<HTMLElement>(".chooser-group")) {
    const unit = group.querySelector("legend")?.textContent ?? "";
    let here = 0;
    for (const line of group.querySelectorAll<HTMLElement>(".choice")) {
      const text = alike(`${unit} ${line.textContent}`);
      line.hidden = !wanted.every((word) => text.includes(word)) && !line.querySelector(":checked");
      if (!line.hidden) here += 1;
    }
    group.hidden = here === 0;
    left += here;
  }
  const none = part("none");
  if (none) none.hidden = left > 0;
}

/** Arrows walk the list of points, so that thirty of them are not thirty tabs. */
function step(form: HTMLFormElement, event: KeyboardEvent, by: number): void {
  const seen = ticks(form).filter((tick) => !tick.closest<HTMLElement>(".choice")?.hidden && !tick.closest<HTMLElement>("fieldset")?.hidden);
  const here = seen.indexOf(event.target as HTMLInputElement);
  const next = seen[here + by];
  if (here < 0 || !next) return;
  event.preventDefault();
  next.focus();
}

async function save(form: HTMLFormElement): Promise<void> {
  if (!offered) return;
  const said = part("count");
  if (!ticks(form).some((one) => one.checked)) {
    if (said) said.textContent = "Tick at least one point first.";
    said?.classList.add("is-wanting");
    return;
  }
  const many = ticks(form).filter((one) => one.checked).length;
  const [place, before, known, own] = [offered, closed, valuesOf(form), placeOf(form)];
  keepSent(form);
  const answer = await send(form);
  if (answer?.kind !== "saved") return;
  const since = valuesBeyond(form, known);
  const goesOn = closed !== before || Object.keys(since).length > 0;
  if (closed !== before) dropClaim(own);
  else if (goesOn) {
    empty(form);
    fill(form, offered ?? place);
    fillQuietly(form, since);
    endClaim(form, true);
  } else (endClaim(form, false), close());
  announce(`Saved: claimed for ${many} ${many === 1 ? "point" : "points"}.${goesOn && offered ? " What you chose since then is not saved yet." : ""}`);
  finish(place, goesOn);
}
