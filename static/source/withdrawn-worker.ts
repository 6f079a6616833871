/** In the place of the service worker where devices are to keep nothing: it answers no request, and throws all pages and assets away that the one before kept. Forms and recordings that wait there stay. The next page takes it off the device. */
import { forgetOlder } from "./scripts/offline/kept-pages";

interface Lasting extends Event {
  waitUntil(until: Promise<unknown>): void;
}

const worker = self as unknown as { skipWaiting(): Promise<void> };

addEventListener("install", (event) => (event as Lasting).waitUntil(worker.skipWaiting()));
addEventListener("activate", (event) => (event as Lasting).waitUntil(forgetOlder().catch(() => undefined)));
