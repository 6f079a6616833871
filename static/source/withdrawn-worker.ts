/** Takes the service worker off a device, and all pages and assets that it keeps; forms and recordings that wait there stay. */
import { emptyPages, forgetOlder } from "./scripts/offline/kept-pages";

interface Lasting extends Event {
  waitUntil(until: Promise<unknown>): void;
}

const worker = self as unknown as { readonly registration: ServiceWorkerRegistration; skipWaiting(): Promise<void> };

addEventListener("install", (event) => (event as Lasting).waitUntil(worker.skipWaiting()));
addEventListener("activate", (event) => {
  const empty = emptyPages().then(() => forgetOlder()).catch(() => undefined);
  (event as Lasting).waitUntil(empty.then(() => worker.registration.unregister()));
});
