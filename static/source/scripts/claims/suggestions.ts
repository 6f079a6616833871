/** The points that the words of a place may serve come first in the chooser, with the words that speak for them. Nothing is ticked. */

interface Suggestion {
  readonly point: number;
  readonly because: readonly string[];
}

const places = ["version", "start", "end", "begins", "ends", "file", "page"] as const;
let asking = new AbortController();

/** Asks which points the place in `form` may serve and puts them first; gives their names. Whoever has begun to tick is not disturbed. */
export async function suggest(form: HTMLFormElement): Promise<string[]> {
  letGo();
  const named = places.map((name) => [name, valueOf(form, name)] as const).filter(([, value]) => value);
  const isArea = valueOf(form, "page") !== "" && valueOf(form, "left") !== ""; // which of the page’s words lie in it nobody knows
  const asks = !isArea && named.some(([name]) => name === "start" || name === "begins" || name === "page");
  if (!asks) return (restore(form), []);
  const { signal } = asking;
  const answer = await fetch(`${form.dataset["suggestions"]}?${new URLSearchParams(named.map((one) => [...one]))}`, { headers: { Accept: "application/json" }, signal }).catch(() => null);
  const found = answer?.ok ? ((await answer.json().catch(() => [])) as Suggestion[]) : [];
  if (signal.aborted || form.querySelector("[name=points]:checked")) return [];
  const stood = document.activeElement;
  restore(form);
  const names = putFirst(form, found);
  if (stood instanceof HTMLElement && form.contains(stood)) stood.focus(); // what is moved loses it
  return names;
}

/** Every point back to its unit. */
export function forget(form: HTMLFormElement): void {
  letGo();
  restore(form);
}

function letGo(): void {
  asking.abort();
  asking = new AbortController();
}

function valueOf(form: HTMLFormElement, name: string): string {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement ? field.value : "";
}

function putFirst(form: HTMLFormElement, found: readonly Suggestion[]): string[] {
  const group = document.createElement("fieldset");
  group.className = "chooser-group";
  group.dataset["suggested"] = "";
  const title = document.createElement("legend");
  title.className = "chooser-unit";
  title.textContent = "May fit";
  group.append(title);
  const lines = found.flatMap(({ point, because }) => {
    const tick = form.querySelector<HTMLInputElement>(`[name=points][value="${point}"]`);
    const line = tick?.closest<HTMLElement>(".choice");
    return tick && line ? [{ tick, line, because }] : [];
  });
  if (!lines.length) return [];
  form.querySelector(".chooser-group")?.before(group);
  for (const { tick, line, because } of lines) {
    const home = document.createElement("template");
    home.dataset["home"] = tick.id;
    line.before(home);
    line.querySelector("label")?.append(" ", reason(tick, because));
    group.append(line);
  }
  return lines.map(({ tick }) => (tick.dataset["key"] ?? "").replace("/", " · "));
}

function reason(tick: HTMLInputElement, because: readonly string[]): HTMLElement {
  const words = document.createElement("span");
  words.className = "because small quiet";
  words.textContent = `${tick.dataset["key"]?.split("/")[0]}, because of: ${because.map((word) => `“${word}”`).join(", ")}`;
  return words;
}

function restore(form: HTMLFormElement): void {
  form.querySelectorAll(".because").forEach((words) => words.remove());
  for (const home of form.querySelectorAll<HTMLElement>("[data-home]")) {
    const line = form.querySelector(`#${home.dataset["home"]}`)?.closest(".choice");
    if (line) home.replaceWith(line);
  }
  form.querySelector("[data-suggested]")?.remove();
}
