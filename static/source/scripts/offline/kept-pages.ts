/** Pages that this device keeps for where there is no line: of one person at a time, only such as the server marks; used by the worker and by pages. */

/** What the caches of all releases begin with. */
export const prefixes = { pages: "markwell-pages-", assets: "markwell-assets-" };

/** Headers by which an answer says that it may be kept and whose it is, and a request that nobody looks at the page yet. */
export const headers = { keep: "Markwell-Keep", person: "Markwell-Person", ahead: "Markwell-Ahead", at: "Markwell-Kept-At" };

/** Where the list of what is kept ahead stands, here and at the server. */
export const listed = "/offline/pages";

/** The page that is nobody's. */
export const offlinePage = "/offline";

const owner = "/offline/owner";
/** In milliseconds. */
export const anHour = 3600_000;
const lasting = 14 * 24 * 3600_000;
const most = 80;

/** A page that is kept: its address and its title. */
interface KeptPage {
  readonly path: string;
  readonly title: string;
}

async function cachesOf(prefix: string): Promise<string[]> {
  return (await caches.keys()).filter((name) => name.startsWith(prefix)).reverse();
}

/** Whose pages lie here; empty where none do. */
export async function ownerOf(): Promise<string> {
  for (const name of await cachesOf(prefixes.pages)) {
    const told = await (await caches.open(name)).match(owner);
    if (told) return told.text();
  }
  return "";
}

/** Says whose pages lie in the cache of this name from now on. */
export const own = async (name: string, person: string): Promise<void> => (await caches.open(name)).put(owner, new Response(person));

/** Throws away all pages of everybody. */
export async function emptyPages(): Promise<void> {
  await Promise.all((await cachesOf(prefixes.pages)).map((name) => caches.delete(name)));
}

/** Throws away what releases before this one kept. */
export async function forgetOlder(...present: string[]): Promise<void> {
  const all = [...(await cachesOf(prefixes.pages)), ...(await cachesOf(prefixes.assets))];
  await Promise.all(all.filter((name) => !present.includes(name)).map((name) => caches.delete(name)));
}

/** What a page tells of deeds done before it, which may name others: no device keeps that. */
const told = /<!--told-->[^]*?<!--\/told-->/;

/** The page as it is kept: it says so itself, and since when. */
export async function asKept(answer: Response, since = new Date()): Promise<Response> {
  const [html, at, kept] = [(await answer.text()).replace(told, ""), since.toISOString(), new Headers(answer.headers)];
  for (const name of ["Content-Length", "Content-Encoding", "Transfer-Encoding"]) kept.delete(name);
  kept.set(headers.at, at);
  return new Response(html.replace("<body", `<body data-kept-at="${at}"`), { status: 200, headers: kept });
}

/** Whether a page was kept so lately that it may still be shown. */
function isFresh(kept: Response): boolean {
  return Date.now() - Date.parse(kept.headers.get(headers.at) ?? "") < lasting;
}

/** Whether it was kept within the hour. */
export const isRecent = (kept: Response): boolean => Date.now() - Date.parse(kept.headers.get(headers.at) ?? "") < anHour;

/** The page of this address as any release kept it. */
export async function keptAt(path: string): Promise<Response | undefined> {
  for (const name of await cachesOf(prefixes.pages)) {
    const found = await (await caches.open(name)).match(path);
    if (found && isFresh(found)) return found;
  }
  return undefined;
}

/** Throws pages of a cache away: those that are too old to be shown, and the oldest beyond `most`. */
export async function prune(name: string): Promise<void> {
  const cache = await caches.open(name);
  const keys = (await cache.keys()).filter(({ url }) => !new URL(url).pathname.startsWith("/offline/"));
  const old = await Promise.all(keys.map(async (key) => ((await cache.match(key).then((kept) => kept && isFresh(kept))) ? [] : [key])));
  const gone = new Set([...keys.slice(0, Math.max(keys.length - most, 0)), ...old.flat()]);
  await Promise.all([...gone].map((key) => cache.delete(key)));
}

/** Throws away what is too old to be shown, of every release. */
export const pruneAll = async (): Promise<void> => void (await Promise.all((await cachesOf(prefixes.pages)).map(prune)));

/** The addresses that are kept ahead, in their order; none where nothing is kept. */
export async function addressesAhead(): Promise<readonly string[]> {
  const told = (await (await keptAt(listed))?.json().catch(() => null)) as { pages?: readonly string[] } | null | undefined;
  return told?.pages ?? [];
}

/** The pages that can be read now, in the order in which the server named them. */
export async function pagesKept(): Promise<KeptPage[]> {
  const found: KeptPage[] = [];
  for (const path of await addressesAhead()) {
    const html = await (await keptAt(path))?.text();
    const title = html && /<title>([^<]*?)(?: · Markwell)?<\/title>/.exec(html)?.[1];
    if (title) found.push({ path, title: new DOMParser().parseFromString(title, "text/html").body.textContent ?? path });
  }
  return found;
}
