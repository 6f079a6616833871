/** Has the browser run the service worker, and keep the pages of whoever is signed in. */

/** Begins it; where a browser has none, or none for such an address, everything else works as before. */
export async function startWorker(): Promise<void> {
  if (!document.body.dataset["person"] || !("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register("/service-worker.js", { updateViaCache: "none" });
    const { active } = await navigator.serviceWorker.ready;
    active?.postMessage("keep ahead");
  } catch {
    // Without it there is nothing to open without a line; what is recorded and typed is kept all the same.
  }
}
