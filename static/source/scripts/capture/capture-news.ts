/** Tells all pages of this site that something changed of what lies on the device. */

const name = "markwell-captures";

/** Tells it to every page, this one too. */
export function tellAll(): void {
  const channel = new BroadcastChannel(name);
  channel.postMessage("changed");
  channel.close();
}

/** Does `act` whenever a page tells it, until what it gives is called. */
export function listen(act: () => void): () => void {
  const channel = new BroadcastChannel(name);
  channel.addEventListener("message", act);
  return () => channel.close();
}
