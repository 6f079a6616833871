/** Asks how far a job is until it ends, then shows the finished page. */

interface Standing {
  readonly state: string;
  readonly done: number;
  readonly total: number;
  readonly step: string | null;
  /** Since when it has not moved, and what can be done; empty while it moves. */
  readonly still: string;
}

const over = new Set(["done", "failed", "cancelled"]);
const first = 500;
const longest = 5000;

/** Follows the job of this page, if it has one. */
export function followProgress(): void {
  const shown = document.querySelector<HTMLElement>("[data-progress]");
  if (shown) window.setTimeout(() => void look(shown, first), first);
}

async function look(shown: HTMLElement, wait: number): Promise<void> {
  const standing = await asked(shown.dataset["progress"] ?? "");
  if (standing && over.has(standing.state)) return location.reload();
  if (standing) draw(shown, standing);
  const next = Math.min(wait * 1.25, longest);
  window.setTimeout(() => void look(shown, next), next);
}

async function asked(address: string): Promise<Standing | null> {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.ok && !answer.redirected ? ((await answer.json()) as Standing) : null;
  } catch {
    return null;
  }
}

function draw(shown: HTMLElement, standing: Standing): void {
  const bar = shown.querySelector("progress");
  const label = shown.querySelector(".progress-label");
  if (!bar || !label) return;
  const still = shown.querySelector<HTMLElement>("[data-still]");
  const words = still?.querySelector("span");
  if (still && words) {
    still.hidden = !standing.still;
    if (words.textContent !== standing.still) words.textContent = standing.still;
  }
  const value = document.createElement("span");
  value.className = "progress-value";
  if (standing.total) {
    bar.max = standing.total;
    bar.value = standing.done;
    value.textContent = `${Math.round((100 * standing.done) / standing.total)} %`;
  }
  label.replaceChildren(standing.step || "Waiting for the worker", " ", value);
}
