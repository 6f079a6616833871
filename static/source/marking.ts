/** The marking view: one page, worked by mouse, by finger or by keys alone. */
import { besides, choose, nextOpen, nextPlace, startDesk } from "./scripts/marking/point-in-hand";
import { announce } from "./scripts/page/messages";
import { give, saveInHand, startJudging, undo, writeFeedback } from "./scripts/marking/verdicts";
import { met, notMet, partly } from "./scripts/marking/verdict-words";
import { sayFlaw, startFlaws } from "./scripts/marking/flaws";
import { namesPart } from "./scripts/marking/parts";
import { deedOf, markingKeys } from "./scripts/keyboard/keys";
import { isTyping, keysWanted, shortCut, wantKeys } from "./scripts/keyboard/short-cuts";

type Deed = (typeof markingKeys)[keyof typeof markingKeys];

const deeds: Record<Deed, () => void> = {
  "next point": () => choose(besides(1)),
  "point before": () => choose(besides(-1)),
  "next open point": () => choose(nextOpen()) ?? (nextOpen() || announce("Every point has a verdict.")),
  "next place": () => nextPlace(1),
  "place before": () => nextPlace(-1),
  "met: saved at once": () => give(met),
  "partly met": () => give(partly),
  "not met": () => give(notMet),
  "write feedback": writeFeedback,
  "save the verdict": saveInHand,
  undo,
  "say what is wrong with the evidence": sayFlaw,
  "to the evidence": () => document.querySelector<HTMLElement>(".column-evidence")?.focus(),
  decide,
  "all keys": () => help()?.showModal(),
};

const help = (): HTMLDialogElement | null => document.querySelector<HTMLDialogElement>("dialog[data-keys]");

function decide(): void {
  const link = document.querySelector<HTMLAnchorElement>("[data-decide]");
  if (link) link.click();
  else announce(`Not yet. ${document.querySelector("#tally p")?.textContent?.trim() ?? ""}`);
}

function inList(event: KeyboardEvent): boolean {
  const step = { ArrowDown: 1, ArrowUp: -1, ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step || !(event.target instanceof Element) || !event.target.matches(".point-link")) return false;
  choose(besides(step));
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) saveInHand();
  else if (event.key === "Escape" && isTyping(event.target)) (event.target as HTMLElement).blur();
  else if (!event.ctrlKey && !event.metaKey && !event.altKey && (inList(event) || (keysWanted() && namesPart(event)))) event.preventDefault();
  else {
    const deed = deedOf(markingKeys, shortCut(event));
    if (!deed) return;
    deeds[deed]();
  }
  event.preventDefault();
});

const wanted = document.querySelector<HTMLInputElement>("[data-single-keys]");
if (wanted) {
  wanted.checked = keysWanted();
  wanted.addEventListener("change", () => wantKeys(wanted.checked));
}
document.querySelector("[data-keys-open]")?.addEventListener("click", () => help()?.showModal());

startDesk();
startJudging();
startFlaws();
