/** The page for where there is no line: whose device it is, what waits on it, and the pages that it keeps. */
import { offlinePage, ownerOf, pagesKept } from "./scripts/offline/kept-pages";

const part = (name: string): HTMLElement | null => document.querySelector<HTMLElement>(`[data-offline-${name}]`);

function show(name: string): void {
  for (const one of document.querySelectorAll<HTMLElement>("[data-offline-says]")) one.hidden = one.dataset["offlineSays"] !== name;
  const heading = document.querySelector<HTMLElement>(`[data-offline-says="${name}"] h1`);
  if (heading?.textContent) document.title = `${heading.textContent} · Markwell`;
}

function saying(): string {
  if (location.pathname === "/sign-out") return "signed out";
  if (document.body.dataset["notSaved"] !== undefined) return "not saved";
  return new URLSearchParams(location.search).has("kept") ? "waits" : "no line";
}

async function list(): Promise<void> {
  const kept = await pagesKept().catch(() => []);
  if (!kept.length) return;
  part("pages")!.hidden = false;
  part("list")!.replaceChildren(
    ...kept.map(({ path, title }) => {
      const [line, link] = [document.createElement("li"), document.createElement("a")];
      [link.href, link.textContent] = [path, title];
      line.append(link);
      return line;
    }),
  );
}

async function start(): Promise<void> {
  const says = saying();
  show(says);
  const person = await ownerOf().catch(() => "");
  if (person) {
    document.body.dataset["person"] = person;
    await import("./tray");
  }
  await list();
  window.addEventListener("online", () => says === "no line" && location.pathname !== offlinePage && location.reload());
}

void start();
