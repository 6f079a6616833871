/** The pages of a document on the item's page: their marks are drawn anew when a claim was made or taken back. */

/** Takes the marks over the pages, and in their words, from the page as it is by now; true where there are any. */
export async function redrawPages(): Promise<boolean> {
  const pages = [...document.querySelectorAll<HTMLElement>("[data-document-page]")];
  if (!pages.length) return false;
  const fresh = await thisPage();
  for (const page of fresh ? pages : []) {
    const other = fresh?.getElementById(page.id);
    for (const part of [".areas", "[data-account]"]) {
      const [old, drawn] = [page.querySelector(part), other?.querySelector(part)];
      if (old && drawn && old.outerHTML !== drawn.outerHTML) exchange(old, document.importNode(drawn, true));
    }
  }
  return true;
}

/** Keeps the focus on the sentence where it was. */
function exchange(old: Element, drawn: Element): void {
  const focused = document.activeElement instanceof HTMLElement && old.contains(document.activeElement) ? document.activeElement.dataset["from"] : undefined;
  old.replaceWith(drawn);
  const sentence = drawn.querySelector<HTMLElement>(`.sentence[data-from="${CSS.escape(focused ?? "")}"]`);
  if (!sentence) return;
  sentence.tabIndex = 0;
  sentence.focus({ preventScroll: true });
}

async function thisPage(): Promise<Document | null> {
  try {
    const answer = await fetch(location.href.replace(/#.*$/, ""));
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null;
  }
}
