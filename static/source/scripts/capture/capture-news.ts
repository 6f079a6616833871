/** Tells all pages of this site that something changed of what lies on the device. */

const name = "markwell-captures";

/** What changed: what lies here, or no more than the words that are typed about it. */
type News = "changed" | "typed";

/** Tells it to every page, this one too. */
export const tellAll = (): void => tell("changed");

/** Tells every page that words were typed: they are shown, and nothing is to be sent because of them. */
export const tellTyped = (): void => tell("typed");

function tell(news: News): void {
  const channel = new BroadcastChannel(name);
  channel.postMessage(news);
  channel.close();
}

/** Does `act` whenever a page tells it, until what it gives is called. */
export function listen(act: (news: News) => void): () => void {
  const channel = new BroadcastChannel(name);
  channel.addEventListener("message", ({ data }) => act(data as News));
  return () => channel.close();
}
