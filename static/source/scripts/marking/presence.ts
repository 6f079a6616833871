/** Who else is at this desk and what became of the round: said and asked at most once in 15 seconds, while the page is seen. */
import { askRenewed, isOurs, pieceHeaders } from "../forms/server-answer";
import { pointInHand, takenUp, walks } from "./point-in-hand";

const every = 15_000;
const seldom = 120_000;
/** Milliseconds with one learner in hand before the walk rests there. */
const rest = 1000;
let [wait, last, timer, over] = [every, -Infinity, 0, false];

const desk = (): HTMLElement | null => document.querySelector<HTMLElement>("[data-marking]");

/** Begins once the page has nothing better to do. */
export function startPresence(): void {
  if (!document.getElementById("here")) return;
  document.addEventListener("visibilitychange", later);
  window.addEventListener("online", later);
  window.addEventListener("pageshow", ({ persisted }) => persisted && later());
  window.addEventListener("pagehide", leave);
  document.addEventListener(takenUp, () => walks() && beginAnew());
  if ("requestIdleCallback" in window) window.requestIdleCallback(later, { timeout: 2000 });
  else later();
}

const notice = (): HTMLTemplateElement | null => document.querySelector<HTMLTemplateElement>("#gone");

/** What is said to whom the unit is not shown any more. */
export const gone = (): string => notice()?.content.textContent?.trim() ?? "";

/** Says at the desk that the unit is not shown any more: nothing is asked from then on. */
function sayGone(): void {
  over = true;
  const words = notice()?.content.cloneNode(true);
  if (words) document.getElementById("news")?.replaceChildren(words);
  document.getElementById("here")?.replaceChildren();
}

/** With another learner in hand nothing is known of their round and of who is at it: asked once the walk rests there. */
function beginAnew(): void {
  [over, wait] = [false, every];
  for (const id of ["here", "news"]) document.getElementById(id)?.replaceChildren();
  window.clearTimeout(timer);
  timer = window.setTimeout(() => document.visibilityState === "visible" && navigator.onLine && void tell(), rest);
}

/** The next time is due when the last is long enough ago, and the page is seen and connected. */
function later(): void {
  window.clearTimeout(timer);
  if (over || document.visibilityState !== "visible" || !navigator.onLine) return;
  timer = window.setTimeout(() => void tell(), Math.max(0, last + wait - Date.now()));
}

async function tell(): Promise<void> {
  const [at, of] = [desk(), desk()?.dataset["marking"]];
  if (!at || !of) return;
  last = Date.now();
  const answer = await askRenewed(() => ask(at)).catch(() => null);
  if (desk()?.dataset["marking"] === of) await read(answer);
  later();
}

async function read(answer: Response | null): Promise<void> {
  if (answer?.status === 404 && isOurs(answer)) return sayGone();
  const told = answer?.ok && isOurs(answer) && !answer.redirected;
  wait = told ? every : Math.min(wait * 2, seldom);
  if (told) show(await answer.text());
  else document.getElementById("here")?.replaceChildren(); // nobody knows
}

function ask({ dataset }: HTMLElement, more: Record<string, string> = {}, keepalive = false): Promise<Response> {
  const token = document.querySelector<HTMLInputElement>("input[name=csrf_token]")?.value ?? "";
  const stop = document.querySelector<HTMLElement>("[data-of]:not([hidden])")?.dataset;
  const round = stop?.["round"] ?? dataset["round"] ?? "";
  const body = new URLSearchParams({ point: dataset["walk"] ?? pointInHand(), round, ...more });
  const headers = { ...pieceHeaders, "X-CSRFToken": token };
  return fetch(`/marking/${dataset["marking"]}/here${stop?.["query"] ?? ""}`, { method: "POST", body, headers, keepalive });
}

/** Fills the regions that the answer names; one that says the same stays, so that it is read out once. */
function show(html: string): void {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  for (const fresh of [...holder.content.children]) {
    const region = document.getElementById(fresh.id);
    if (region && region.innerHTML !== fresh.innerHTML) region.replaceChildren(...fresh.childNodes);
  }
}

function leave(): void {
  const at = desk();
  window.clearTimeout(timer);
  if (at && !over && last > 0) void ask(at, { left: "y" }, true).catch(() => undefined);
}
