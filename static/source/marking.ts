/** The marking view: one page, worked by mouse, by finger or by keys alone. */
import { besides, choose, nextOpen, nextPlace, panelOf, pointInHand, startDesk, walks } from "./scripts/marking/point-in-hand";
import { announce } from "./scripts/page/messages";
import { unfold } from "./scripts/page/unfold";
import { give, saveInHand, startJudging, undo, writeFeedback } from "./scripts/marking/verdicts";
import { met, notMet, partly } from "./scripts/marking/verdict-words";
import { startChanges, turnChanges } from "./scripts/marking/changes";
import { startWalk } from "./scripts/marking/walk";
import { startTaking } from "./scripts/marking/clash";
import { sendDecision } from "./scripts/marking/deciding";
import { commentHere, startTalking } from "./scripts/conversations/talking";
import { sayFlaw, startFlaws } from "./scripts/marking/flaws";
import { restHere, startGrounds } from "./scripts/grounds/resting";
import { startMarkingPlaces, turnMarking } from "./scripts/grounds/marking-places";
import { offerPhrases, startPhrases } from "./scripts/marking/phrases";
import { namesPart } from "./scripts/marking/parts";
import { startPresence } from "./scripts/marking/presence";
import { type Deed, fixedDeed, type FixedDeed } from "./scripts/keyboard/keys";
import { deedOf, isTyping, keysWanted } from "./scripts/keyboard/short-cuts";

const part = "among the parts: tick part a; B ticks part b, and so on";

const reading: Record<Deed<"points">, () => void> = {
  "next point": () => choose(besides(1)),
  "point before": () => choose(besides(-1)),
  "to the list of points": () => choose(pointInHand()),
  "next place": () => nextPlace(1),
  "place before": () => nextPlace(-1),
  "what changed in this evidence": turnChanges,
  "to the evidence": () => go(document.querySelector(".column-evidence"), ""),
  "to the verdict": () => go(inPanel("[name=verdict], summary") ?? document.getElementById("verdict"), ""),
  "earlier verdicts": () => go(opened(inPanel("[data-earlier] > summary")), "This point has no earlier verdicts."),
  "round before": () => follow("[data-round-before]", "There is no earlier round."),
  "present round": () => follow("[data-present-round]", "This is the present round."),
};

const judging: Record<Deed<"marking">, () => void> = {
  "next open point": () => choose(nextOpen()) ?? (nextOpen() || announce("Every point has a verdict.")),
  [met]: () => give(met),
  [partly]: () => give(partly),
  [notMet]: () => give(notMet),
  "rest on this place, or not": restHere,
  "mark a place, or end that": turnMarking,
  "what is wrong with the evidence": sayFlaw,
  "comment at the place shown": commentHere,
  "write feedback": writeFeedback,
  "phrases for feedback": () => (writeFeedback(), void offerPhrases(document.activeElement)),
  "save the verdict (met is saved by itself)": saveInHand,
  undo,
  decide: () => follow("[data-decide]", `Not yet. ${document.querySelector("#tally p")?.textContent?.trim() ?? ""}`),
  "to “Retract the decision”": () => go(document.querySelector("form[action$='/retract'] button"), "There is no decision that can be retracted."),
  "back to the queue": () => follow("[data-queue]", ""),
};

const walking: Record<Deed<"walk">, () => void> = {
  "what you found lately": () => go(opened(document.querySelector("#lately > summary")), ""),
  "hide or show names": () => follow("[data-names]", ""),
  "also who has a verdict, or not": () => follow("[data-given]", ""),
};

/** What keys do that always count; each tells whether it did something. */
const inTheList: Record<FixedDeed<"points">, (event: KeyboardEvent) => boolean> = {
  "on in the list of points": (event) => inList(event, 1),
  "back in the list of points": (event) => inList(event, -1),
};
const inFields: Record<FixedDeed<"marking">, (event: KeyboardEvent) => boolean> = {
  "save while typing": ({ target }) => (saveHere(target), true),
  "leave the field": ({ target }) => isTyping(target) && ((target as HTMLElement).blur(), true),
  [part]: (event) => keysWanted() && namesPart(event),
};

/** Saves the form in which somebody types; elsewhere the verdict on the point in hand. */
function saveHere(target: EventTarget | null): void {
  if (target instanceof Element && target.closest("#deciding")) return void sendDecision();
  const form = target instanceof Element ? target.closest<HTMLFormElement>("form[data-flaw], form[data-talk]") : null;
  if (form) form.requestSubmit();
  else saveInHand();
}

const inPanel = (selector: string): HTMLElement | null => panelOf(pointInHand())?.querySelector<HTMLElement>(selector) ?? null;

/** What is folded is opened before the cursor goes there. */
function opened(element: HTMLElement | null): HTMLElement | null {
  unfold(element);
  return element;
}

/** Brings the cursor to an element; says the sentence where there is none. */
function go(element: HTMLElement | null, otherwise: string): void {
  if (element) element.focus();
  else announce(otherwise);
}

function follow(link: string, otherwise: string): void {
  const found = [...document.querySelectorAll<HTMLAnchorElement>(link)].find((one) => one.checkVisibility());
  if (found) found.click();
  else announce(otherwise);
}

function inList({ target }: KeyboardEvent, step: number): boolean {
  if (!(target instanceof Element) || !target.matches(".point-link")) return false;
  choose(besides(step));
  return true;
}

/** Whether a key did something that belongs to what has the cursor: a field, the parts of a point, the list of points. */
function didAtCursor(event: KeyboardEvent): boolean {
  const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
  const [listed, field] = [fixedDeed("points", event), fixedDeed("marking", event)];
  return (plain && inFields[part](event)) || (listed !== undefined && inTheList[listed](event)) || (field !== undefined && inFields[field](event));
}

/** Whether a single key did something. */
function did(event: KeyboardEvent): boolean {
  const [read, judge] = [deedOf("points", event), deedOf("marking", event)];
  const walk = walks() ? deedOf("walk", event) : undefined;
  if (read) reading[read]();
  else if (judge) judging[judge]();
  else if (walk) walking[walk]();
  return Boolean(read ?? judge ?? walk);
}

document.addEventListener("keydown", (event) => {
  if (didAtCursor(event) || did(event)) event.preventDefault();
});

startDesk();
startGrounds();
startMarkingPlaces();
startJudging();
startFlaws();
startTalking();
startWalk();
startChanges();
startTaking();
startPresence();
startPhrases();
