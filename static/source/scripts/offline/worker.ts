/** Has the browser run the service worker, and keep the pages of whoever is signed in. */

import { isChanged } from "../forms/field-values";
import { forgetOlder } from "./kept-pages";

/** Begins it; where a browser has none, or none for such an address, everything else works as before. */
export async function startWorker(): Promise<void> {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", ({ data, ports }) => data === "changed?" && void somethingChanged().then((changed) => ports[0]?.postMessage(changed)));
  try {
    if (document.body.dataset["offline"] === "off") return await letGo();
    if (!document.body.dataset["person"]) return;
    const { waiting } = await navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" });
    waiting?.postMessage("take over");
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage("keep ahead");
  } catch {
    // Without it there is nothing to open without a line; what is recorded and typed is kept all the same.
  }
}

/** Where devices are to keep nothing: the next page has no worker, and what the one of this page was still writing goes with that. */
async function letGo(): Promise<void> {
  await (await navigator.serviceWorker.getRegistration())?.unregister().catch(() => undefined);
  await forgetOlder();
}

/** Whether a form of this page says something else than the server drew, or this device records: a new worker waits then. */
async function somethingChanged(): Promise<boolean> {
  const chosen = [...document.querySelectorAll<HTMLInputElement>("input[type=file]")].some((field) => field.files?.length);
  if (chosen || [...document.forms].some(isChanged)) return true;
  return Boolean((await navigator.locks.query()).held?.some((lock) => lock.name?.startsWith("markwell-recording-")));
}
