/** One point across learners: each is brought when they are taken in hand, and whoever comes next before that. */
import { isOurs, pieceHeaders } from "../forms/server-answer";
import { replacePieces } from "../forms/replace-pieces";
import { playerOf } from "../recordings/player";
import { linkOf, nextOpen, pointInHand, show, type TakenUp, takenUp, walks } from "./point-in-hand";
import { takeUpOf } from "./verdicts";

const brought = new Map<string, Promise<void>>();

/** Begins with whoever is in hand as the server opened the page. */
export function startWalk(): void {
  if (!walks()) return;
  document.addEventListener(takenUp, (event) => void take((event as CustomEvent<TakenUp>).detail.to));
  new MutationObserver(count).observe(document.querySelector(".point-list") as Element, { childList: true });
  count();
  void take(pointInHand());
}

async function take(id: string): Promise<void> {
  await bring(id);
  const next = nextOpen();
  if (next) await bring(next);
}

const awaited = (id: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-awaited][data-of="${CSS.escape(id)}"]`);

/** Brings what is not there yet, once at a time. */
function bring(id: string): Promise<void> {
  if (!awaited(id)) return Promise.resolve();
  const coming = brought.get(id) ?? ask(id).finally(() => brought.delete(id));
  brought.set(id, coming);
  return coming;
}

async function ask(id: string): Promise<void> {
  try {
    const answer = await fetch(linkOf(id)?.dataset["piece"] ?? "", { headers: pieceHeaders });
    if (!isOurs(answer) || answer.redirected) return say(id, "This could not be loaded. Go to the next learner and back to try again, or load the page again.");
    if (answer.status === 404) return say(id, "This unit does not wait for you any more.");
    if (!answer.ok) return say(id, `This could not be loaded: the answer was ${answer.status}. Go to the next learner and back to try again.`);
    replacePieces(await answer.text());
  } catch {
    return say(id, "This could not be loaded: the connection is down. Go to the next learner and back to try again.");
  }
  for (const one of document.querySelectorAll<HTMLElement>(`#evidence-of-${CSS.escape(id)} [data-player]`)) playerOf(one);
  show(pointInHand(), { scroll: true, anew: id === pointInHand() });
  await takeUpOf(id);
}

function say(id: string, sentence: string): void {
  const place = awaited(id)?.firstElementChild;
  if (place) place.textContent = sentence;
}

/** How many have a verdict by now. */
function count(): void {
  const all = [...document.querySelectorAll<HTMLElement>(".point-link[data-point]")];
  const judged = all.filter((one) => one.dataset["settled"]).length;
  const [told, finished] = [document.querySelector("[data-judged]"), document.querySelector<HTMLElement>("[data-finished]")];
  if (told) told.textContent = `${judged} of ${all.length} judged`;
  if (finished) finished.hidden = judged < all.length;
}
