/** A page that this device kept says so, and does nothing that only a fresh page can. */
import { newKey } from "../forms/form-key";
import { renewTokens } from "../forms/sign-in-state";
import { announce } from "../page/messages";
import { since, written } from "../tray/form-lines";
import { formsOf } from "../tray/waiting-forms";

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
  void tellWaiting();
  void renewTokens();
  window.addEventListener("online", () => void renewTokens());
}

/** Over a form of which something waits to be sent: what that says, so that nobody writes it again. */
async function tellWaiting(): Promise<void> {
  const all = await formsOf(document.body.dataset["person"] ?? "").catch(() => []);
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-basis]")) {
    for (const waiting of all.filter((one) => one.address === new URL(form.action).pathname)) {
      const [box, words] = [document.createElement("div"), document.createElement("div")];
      [box.className, words.className, box.dataset["waits"]] = ["notice is-info", "notice-words", ""];
      words.append(`What you saved here on ${since(waiting)} waits to be sent, and is not on this page yet. Change it when it is sent.`, ...written(waiting));
      box.append(words);
      form.before(box);
    }
  }
}

function moment(at: string): string {
  const [then, lang] = [new Date(at), document.documentElement.lang];
  const time = new Intl.DateTimeFormat(lang, { timeStyle: "short" }).format(then);
  const day = new Intl.DateTimeFormat(lang, { dateStyle: "long" }).format(then);
  return then.toDateString() === new Date().toDateString() ? `at ${time}` : `on ${day}, ${time}`;
}
