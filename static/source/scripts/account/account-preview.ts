/** Shows an account as it will look, and counts its words. */
import { signedOut } from "../forms/send-form";
import { askRenewed, isOurs, isSignedOut, pieceHeaders } from "../forms/server-answer";
import { tokenOf } from "../forms/sign-in-state";
import { flash } from "../page/messages";

/** Adds the preview to the writer of this page. */
export function previewText(): void {
  const box = document.querySelector<HTMLElement>("[data-preview]");
  const text = box?.querySelector("textarea");
  if (!box || !text) return;
  const words = box.querySelector<HTMLElement>("[data-words]");
  const many = (): void => void (words && (words.textContent = counted(text.value)));
  text.addEventListener("input", many);
  many();
  const button = box.querySelector<HTMLButtonElement>("[data-preview-button]");
  if (!button) return;
  button.hidden = false;
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => void turn(box, text, button));
}

function counted(text: string): string {
  const words = text.trim() ? text.trim().split(/\s+/).length : 0;
  return `${words.toLocaleString(document.documentElement.lang)} ${words === 1 ? "word" : "words"}`;
}

/** Changes between writing and looking; the text keeps its place on the page. */
async function turn(box: HTMLElement, text: HTMLTextAreaElement, button: HTMLButtonElement): Promise<void> {
  const shown = box.querySelector<HTMLElement>("[data-preview-shown]");
  if (!shown) return;
  if (shown.hidden && !(await draw(box, text, shown))) return;
  shown.hidden = !shown.hidden;
  text.hidden = !shown.hidden;
  button.setAttribute("aria-expanded", String(!shown.hidden));
  const label = [...button.childNodes].find((node) => node.nodeType === Node.TEXT_NODE);
  if (label) label.nodeValue = shown.hidden ? "Preview" : "Go on writing";
  if (shown.hidden) text.focus();
}

async function draw(box: HTMLElement, text: HTMLTextAreaElement, shown: HTMLElement): Promise<boolean> {
  try {
    const answer = await askRenewed(() => ask(box, text));
    if (!isOurs(answer)) throw new Error();
    if (isSignedOut(answer.status)) return signedOut(), false;
    if (!answer.ok) throw new Error(((await answer.json()) as { sentence?: string }).sentence ?? "");
    shown.innerHTML = (await answer.text()) || "<p>Nothing is written yet.</p>";
    return true;
  } catch (error) {
    flash(error instanceof Error && error.message ? error.message : "The preview could not be made.", "error");
    return false;
  }
}

function ask(box: HTMLElement, text: HTMLTextAreaElement): Promise<Response> {
  const body = new URLSearchParams({ csrf_token: tokenOf(box.closest("form")), text: text.value });
  return fetch(box.dataset["preview"] ?? "", { method: "POST", body, headers: pieceHeaders });
}
