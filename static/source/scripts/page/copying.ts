/** Buttons that copy what stands elsewhere on the page, such as a link. */
import { announce } from "./messages";

/** Shows the buttons with `data-copy` (the id of what is copied) where the browser can copy. */
export function offerCopies(): void {
  if (!navigator.clipboard) return;
  for (const copy of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
    copy.hidden = false;
    copy.addEventListener("click", () => void copied(copy));
  }
}

async function copied(copy: HTMLButtonElement): Promise<void> {
  const source = document.getElementById(copy.dataset["copy"] ?? "");
  const words = source instanceof HTMLInputElement ? source.value : source?.textContent?.trim() ?? "";
  try {
    await navigator.clipboard.writeText(words);
    copy.textContent = "Copied";
    announce("The link is copied.");
  } catch {
    if (source instanceof HTMLInputElement) source.select();
    announce("The browser did not copy it. Select it and copy it yourself.");
  }
}
