/** The service worker: opens the application without a line, keeps the pages that the server marks, and lets forms wait that cannot be sent. */
import { clientsClaim, setCacheNameDetails, type WorkboxPlugin } from "workbox-core";
import { matchPrecache, precacheAndRoute } from "workbox-precaching";
import { registerRoute, setCatchHandler } from "workbox-routing";
import { Strategy, type StrategyHandler } from "workbox-strategies";
import { tellAll } from "./scripts/capture/capture-news";
import {
  addressesAhead, anHour, asKept, emptyPages, forgetOlder, headers, isRecent, keptAt, listed, offlinePage, own, ownerOf, prefixes, prune, pruneAll,
} from "./scripts/offline/kept-pages";
import { ofForm, removeSent, textsOf, waitingForms, waitToSend, type WaitingForm } from "./scripts/tray/waiting-forms";

/** Written in by `static/build.mjs`: a number of this build, and the addresses of its assets. */
declare const BUILD: string;
declare const ASSETS: readonly string[];

/** What a worker's events are, as far as this one needs it. */
interface Lasting extends Event {
  waitUntil(until: Promise<unknown>): void;
  readonly data?: unknown;
}

/** A window of the site. */
interface Window {
  postMessage(asked: string, ports: readonly MessagePort[]): void;
}

const worker = self as unknown as {
  readonly registration: ServiceWorkerRegistration;
  readonly clients: { matchAll(which: { readonly type: "window"; readonly includeUncontrolled: true }): Promise<readonly Window[]> };
  skipWaiting(): Promise<void>;
};
const aSecond = 1000;
const patience = 5 * aSecond; // before a page that is kept is shown in place of one that does not come
const patienceWithCaches = 2 * aSecond;
const patienceOfForms = 20 * aSecond; // before a form that may wait does, in place of one that gets no answer
const justSent = 30 * aSecond; // so long after a form that was answered the page is waited for that tells what became of it
const [pagesCache, assetsCache] = [prefixes.pages + BUILD, prefixes.assets + BUILD];
const downloads = /\.(?:csv|pdf|pem|py|json|jpg|webmanifest)$|\/(?:file|original|shown|picture)$|^\/(?:static|witness|outbox|health)(?:\/|$)/;
const changes = /^\/(?:sign-in|sign-out|centres|join)(?:\/|$)/; // forms after which somebody else may be there
let emptied = 0;
let lastSent = 0;

setCacheNameDetails({ prefix: "markwell", precache: "assets", suffix: BUILD });
clientsClaim();
precacheAndRoute(
  [...ASSETS.map((url) => ({ url, revision: null })), { url: offlinePage, revision: BUILD }],
  { ignoreURLParametersMatching: [/.*/], cleanURLs: false, directoryIndex: "" },
);

/** Empties what is kept of pages; what is on its way meanwhile is not kept either. */
async function empty(): Promise<void> {
  emptied += 1;
  await emptyPages();
}

/** Pages of one person at a time: an answer to somebody else, or to nobody, ends what is kept. Gives how often that was, by now; -1 where the browser's caches fail, so that nothing is kept. */
const heed = (answer: Response, since: number): Promise<number> => inTime(heedOf(answer, since), -1);

/** What the browser's caches give, and `otherwise` where they fail or take their time: no page waits for them. */
const inTime = <Told>(deed: Promise<Told>, otherwise: Told): Promise<Told> =>
  Promise.race([deed.catch(() => otherwise), after(patienceWithCaches).then(() => otherwise)]);

async function heedOf(answer: Response, since: number): Promise<number> {
  const [person, before] = [answer.headers.get(headers.person), await ownerOf()];
  if (since !== emptied || !person || !before || person === before) return since;
  await empty();
  return emptied;
}

async function keepable(answer: Response, since: number): Promise<Response | null> {
  if (answer.status !== 200 || answer.redirected || !answer.headers.has(headers.keep)) return null;
  if (since !== emptied) return null;
  await own(pagesCache, answer.headers.get(headers.person) ?? "");
  const kept = await asKept(answer);
  return since === emptied ? kept : null;
}

const keeping: WorkboxPlugin = {
  handlerWillStart: async ({ state }) => void (state && (state["emptied"] = emptied)),
  fetchDidSucceed: async ({ response, state }) => {
    if (state) state["emptied"] = await heed(response, Number(state["emptied"]));
    return response;
  },
  cacheWillUpdate: ({ response, state }) => keepable(response, Number(state?.["emptied"])),
  cacheDidUpdate: ({ state }) => (emptied === Number(state?.["emptied"]) ? prune(pagesCache) : emptyPages()),
};

/** Pages from the network, kept where they may be. One that is not kept is not read here: it arrives also where this worker ends before it does. */
class FromNetwork extends Strategy {
  async _handle(request: Request, handler: StrategyHandler): Promise<Response> {
    const answer = await handler.fetch(request);
    if (answer.headers.has(headers.keep)) void handler.waitUntil(handler.cachePut(request, answer.clone()));
    return answer;
  }
}

const pages = new FromNetwork({ cacheName: pagesCache, plugins: [keeping] });

const isPage = ({ request, url }: { request: Request; url: URL }): boolean =>
  request.mode === "navigate" && url.origin === location.origin && !downloads.test(url.pathname);

registerRoute(isPage, ({ event, request, url }) => show(event as FetchEvent, request, url));
registerRoute(isPage, ({ event, request, url }) => send(request, url, event as Lasting), "POST");
registerRoute(
  ({ url }) => url.origin === location.origin && url.pathname.startsWith("/static/build/"),
  async ({ event, request }) => (await inTime(caches.match(request, { ignoreVary: true }), undefined)) ?? fetchAsset(request, event as Lasting),
);

setCatchHandler(({ request }) => fetch(request)); // the browser's caches may fail: the site is what it is without them

/** An asset of another release than this worker's: kept beside its own, so that pages of that one are whole without a line; given also where there is no room for it. */
async function fetchAsset(request: Request, event: Lasting): Promise<Response> {
  const answer = await fetch(request);
  const copy = answer.status === 200 ? answer.clone() : null;
  if (copy) event.waitUntil(caches.open(assetsCache).then((cache) => cache.put(request, copy)).catch(() => undefined));
  return answer;
}

/** Whether something else than the centre answered in its place, or the centre without knowing whom: it is away. */
const isAway = (answer: Response): boolean => answer.status >= 502 && !answer.headers.has(headers.person);

/** A page as it is now; as any release kept it where it does not come in time, or the centre is away. */
async function show(event: FetchEvent, request: Request, url: URL): Promise<Response> {
  const fresh = pages.handle({ event, request })
    .then(async (answer) => (isAway(answer) ? await keptFor(url) : undefined) ?? answer)
    .catch(async () => (await keptFor(url)) ?? (await matchPrecache(offlinePage)) ?? fetch(request));
  const late = after(Math.max(patience, lastSent + justSent - Date.now())).then(() => keptFor(url));
  return (await Promise.race([fresh, late])) ?? fresh;
}

const after = (wait: number): Promise<void> => new Promise((on) => setTimeout(on, wait));

/** What is kept for an address; for that at which the site begins, where it leads. */
async function keptFor(url: URL): Promise<Response | undefined> {
  try {
    const [first] = url.pathname === "/" ? await addressesAhead() : [];
    return first ? Response.redirect(first, 302) : await keptAt(url.pathname + url.search);
  } catch {
    return undefined;
  }
}

/** Sends a form. Where the server cannot be reached, one that may wait does, and any other is said not to be saved. */
async function send(request: Request, url: URL, event: Lasting): Promise<Response> {
  if (changes.test(url.pathname)) await inTime(empty(), undefined);
  const [copy, typed] = [request.clone(), request.clone()];
  const before = waitingForms().catch(() => []);
  const asked = fetch(request).catch(() => null);
  event.waitUntil(asked.then((answer) => {
    if (answer?.type !== "opaqueredirect") return undefined;
    lastSent = Date.now();
    return before.then((forms) => wasSent(copy, forms));
  }));
  const read = ofForm(typed).catch(() => null);
  const answer = await Promise.race([asked, after(patienceOfForms).then(() => read).then((form) => (form && isShort(form) ? null : asked))]);
  if (answer && !isAway(answer)) return answer;
  const form = await read;
  if (!form?.id) return notSaved(form);
  try {
    await waitToSend(form);
    tellAll();
    return Response.redirect(`${offlinePage}?kept=${form.id}`, 303);
  } catch {
    return notSaved(form);
  }
}

/** Whether a form may wait and brings no file: without an answer it is not on its way any more. */
const isShort = ({ id, fields }: WaitingForm): boolean => id !== "" && fields.every(([, value]) => typeof value === "string" || !value.size);

/** The page that says so, with what was typed, to be read by `offline.ts`. */
async function notSaved(form: WaitingForm | null): Promise<Response> {
  const page = await matchPrecache(offlinePage);
  if (!page) return Response.error();
  const typed = JSON.stringify(form ? textsOf(form) : []).replaceAll("<", "\\u003c");
  const html = (await page.text()).replace("<body", "<body data-not-saved").replace("</main>", () => `<script type="application/json" data-offline-typed>${typed}</script></main>`);
  return new Response(html, { headers: page.headers });
}

/** What waited `before`, or began to for want of an answer, is sent by its own page now; what was written into it since goes on waiting. */
async function wasSent(copy: Request, before: readonly WaitingForm[]): Promise<void> {
  const form = await ofForm(copy).catch(() => null);
  if (!form?.id) return;
  for (const one of [form, ...before.filter(({ id }) => id === form.id)]) await removeSent(one).catch(() => undefined);
  tellAll();
}

let running: Promise<void> | null = null;

/** Keeps the pages that the server names, at most once an hour and once at a time; what could not be had is tried again with the next page. */
const keepAhead = (): Promise<void> => (running ??= keepNamed().finally(() => void (running = null)));

async function keepNamed(): Promise<void> {
  await pruneAll();
  const before = await (await caches.open(pagesCache)).match(listed);
  if (before && isRecent(before)) return;
  const begun = emptied;
  const answer = await fetch(listed, { headers: { Accept: "application/json" }, redirect: "error" });
  const since = await heed(answer, begun);
  if (!answer.ok || since !== emptied) return;
  const { pages: named } = (await answer.clone().json()) as { pages: readonly string[] };
  let failures = 0;
  for (const path of named) {
    if (failures < 2 && !(await keepOne(path, since).catch(() => false))) failures += 1;
    if (since !== emptied) return emptyPages();
  }
  const list = await asKept(answer, new Date(Date.now() - (failures ? anHour : 0)));
  if (since !== emptied) return emptyPages();
  await (await caches.open(pagesCache)).put(listed, list);
  if (since !== emptied) return emptyPages();
  if (!failures && !worker.registration.waiting && !worker.registration.installing && (await windows()).length < 2) await forgetOlder(pagesCache, assetsCache);
}

/** Keeps one page, where it was not kept lately; false where it does not come. */
async function keepOne(path: string, since: number): Promise<boolean> {
  const before = await (await caches.open(pagesCache)).match(path);
  if (before && isRecent(before)) return true;
  const page = await fetch(path, { headers: { [headers.ahead]: "1" }, redirect: "manual" }).catch(() => null);
  const kept = page && (await keepable(page, since));
  if (kept && since === emptied) await (await caches.open(pagesCache)).put(path, kept);
  return page !== null;
}

const windows = (): Promise<readonly Window[]> => worker.clients.matchAll({ type: "window", includeUncontrolled: true });

/** Takes over where no window says that something in it is changed. One that says nothing holds this up where it is not the only one. */
async function takeOver(): Promise<void> {
  const open = await windows();
  const said = await Promise.all(open.map(isChanged));
  if (said.every((changed) => changed === false || (changed === null && open.length === 1))) await worker.skipWaiting();
}

/** Whether something in the window is changed and not saved; null where it does not say so in time. */
const isChanged = (window: Window): Promise<boolean | null> =>
  new Promise((said) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => said(data !== false);
    setTimeout(() => said(null), aSecond);
    window.postMessage("changed?", [port2]);
  });

addEventListener("install", (event) => (event as Lasting).waitUntil(takeOver().catch(() => undefined)));

addEventListener("message", (event) => {
  const asked = event as Event as Lasting;
  if (asked.data === "take over") asked.waitUntil(takeOver().catch(() => undefined));
  if (asked.data === "keep ahead") asked.waitUntil(keepAhead().catch(() => undefined));
});
