/** One point across learners: each is brought when they are taken in hand, and whoever comes next before that. */
import { keepFormsIn } from "../drafts/form-drafts";
import { isOurs, pieceHeaders } from "../forms/server-answer";
import { replacePieces } from "../forms/replace-pieces";
import { playerOf } from "../recordings/player";
import { startPassing, takeOut } from "./passing-on";
import { besides, linkOf, nextOpen, panelOf, pointInHand, show, type TakenUp, takenUp, walks } from "./point-in-hand";
import { formOf, takeUpOf } from "./verdicts";

const brought = new Map<string, Promise<void>>();

/** Begins with whoever is in hand as the server opened the page. */
export function startWalk(): void {
  if (!walks()) return;
  startPassing();
  document.addEventListener(takenUp, (event) => void take((event as CustomEvent<TakenUp>).detail.to));
  new MutationObserver(count).observe(document.querySelector(".point-list") as Element, { childList: true, subtree: true, attributeFilter: ["data-gone"] });
  count();
  void take(pointInHand());
}

/** Brings whoever is in hand, then whoever a key would show next. */
async function take(id: string): Promise<void> {
  await bring(id);
  for (const next of new Set([nextOpen(), besides(1)])) if (next && id === pointInHand()) await bring(next);
}

const evidenceOf = (id: string): HTMLElement | null => document.getElementById(`evidence-of-${id}`);
const isAwaited = (id: string): boolean => evidenceOf(id)?.dataset["awaited"] !== undefined && !linkOf(id)?.dataset["gone"];

/** Brings what is not there yet, once at a time. */
function bring(id: string): Promise<void> {
  if (!isAwaited(id)) return Promise.resolve();
  const coming = brought.get(id) ?? ask(id).finally(() => brought.delete(id));
  brought.set(id, coming);
  return coming;
}

async function ask(id: string): Promise<void> {
  const again = "Go to the next learner and back to try again.";
  try {
    const answer = await fetch(linkOf(id)?.dataset["piece"] ?? "", { headers: pieceHeaders });
    if (!isOurs(answer) || answer.redirected) return say(id, `This could not be loaded. ${again}`);
    if (answer.status === 404) return takeOut(id), say(id, "This unit does not wait for you any more.");
    if (!answer.ok) return say(id, `This could not be loaded: the answer was ${answer.status}. ${again}`);
    replacePieces(await answer.text());
  } catch {
    return say(id, `This could not be loaded: the connection is down. ${again}`);
  }
  for (const one of evidenceOf(id)?.querySelectorAll<HTMLElement>("[data-player]") ?? []) playerOf(one);
  for (const one of evidenceOf(id)?.querySelectorAll<HTMLImageElement>("[data-pane]:not([hidden]) img") ?? []) one.loading = "eager";
  if (!formOf(id)) takeOut(id);
  show(pointInHand(), { scroll: true, anew: id === pointInHand() });
  await takeUpOf(id);
  await keepFormsIn(evidenceOf(id));
}

function say(id: string, sentence: string): void {
  const place = evidenceOf(id)?.firstElementChild;
  if (place) place.textContent = sentence;
}

/** How many have a verdict by now; one that clashes with another is not given yet. */
function count(): void {
  const all = [...document.querySelectorAll<HTMLElement>(".point-link[data-point]")].filter((one) => !one.dataset["gone"]);
  const judged = all.filter((one) => one.dataset["settled"] && !panelOf(one.dataset["point"] ?? "")?.querySelector("form[data-clash]")).length;
  const [told, finished] = [document.querySelector("[data-judged]"), document.querySelector<HTMLElement>("[data-finished]")];
  if (told) told.textContent = `${judged} of ${all.length} judged`;
  if (finished) finished.hidden = judged < all.length;
}
