/** A page that this device kept says so, and does nothing that only a fresh page can. */
import { newKey } from "../forms/form-key";
import { renewTokens } from "../forms/sign-in-state";
import { announce } from "../page/messages";

/** Says since when the page is as it is; its forms are new ones, for another of this page may have been sent already. */
export function tellKept(): void {
  const at = document.body.dataset["keptAt"];
  if (!at) return;
  document.querySelectorAll("#flashes > *").forEach((one) => one.remove());
  for (const key of document.querySelectorAll<HTMLInputElement>("input[name=once]")) key.value = newKey();
  const box = document.createElement("p");
  box.className = "notice is-info";
  box.dataset["keptNotice"] = "";
  box.textContent = `The centre does not answer just now. This is the page as it was ${moment(at)}. What you write or record here waits on this device and is sent by itself.`;
  document.getElementById("flashes")?.before(box);
  announce(box.textContent);
  void renewTokens();
  window.addEventListener("online", () => void renewTokens());
}

function moment(at: string): string {
  const [then, lang] = [new Date(at), document.documentElement.lang];
  const time = new Intl.DateTimeFormat(lang, { timeStyle: "short" }).format(then);
  const day = new Intl.DateTimeFormat(lang, { dateStyle: "long" }).format(then);
  return then.toDateString() === new Date().toDateString() ? `at ${time}` : `on ${day}, ${time}`;
}
