/** The page for where there is no line: whose device it is, what waits on it, and the pages that it keeps. */
import { listen } from "./scripts/capture/capture-news";
import { headers, offlinePage, ownerOf, pagesKept } from "./scripts/offline/kept-pages";
import { waitingForms } from "./scripts/tray/waiting-forms";

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

/** What was typed into a form that is not saved, to be read and copied. */
function showTyped(): void {
  const typed = JSON.parse(document.querySelector("[data-offline-typed]")?.textContent ?? "[]") as readonly string[];
  part("texts")!.replaceChildren(...typed.map((text) => Object.assign(document.createElement("p"), { className: "tray-written", textContent: text })));
  part("written")!.hidden = !typed.length;
}

/** Loads the page that was asked for as soon as the centre answers. */
function lookOut(): void {
  const look = async (): Promise<void> => {
    if (document.querySelector("[data-tray][open]")) return; // somebody reads what waits
    const answer = await fetch(location.href, { headers: { [headers.ahead]: "1" }, redirect: "manual" }).catch(() => null);
    if (answer && answer.status < 500) location.reload();
  };
  window.addEventListener("online", () => void look());
  window.setInterval(() => void look(), 15_000);
}

/** Says that what was kept here is sent, where the centre had it all along and only its answer was late. */
function followUp(): void {
  const kept = new URLSearchParams(location.search).get("kept");
  listen(() => void waitingForms().then((all) => {
    const told = document.querySelector("[data-sent]");
    if (told && !all.some(({ id }) => id === kept) && !told.querySelector("a")) told.textContent = "It is sent.";
  }));
}

async function list(): Promise<void> {
  const kept = await pagesKept().catch(() => []);
  if (!kept.length) return;
  part("pages")!.hidden = false;
  part("list")!.replaceChildren(
    ...kept.map(({ path, title }) => {
      const [line, link] = [document.createElement("li"), document.createElement("a")];
      [link.href, link.textContent] = [path, path.startsWith("/units/") ? `${title}: what it asks for` : title];
      line.append(link);
      return line;
    }),
  );
}

async function start(): Promise<void> {
  const says = saying();
  show(says);
  if (says === "not saved") showTyped();
  if (says === "waits") followUp();
  const person = await ownerOf().catch(() => "");
  if (person) {
    document.body.dataset["person"] = person;
    await import("./tray");
  }
  await list();
  if (says === "no line" && location.pathname !== offlinePage) lookOut();
}

void start();
