/** The hidden key of a form, by which the server knows a form again that is sent twice. */

/** A key that no form had before, for a form of a page that stays after it was saved. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The hidden field by which the server knows a form again that is sent twice. */
export const keyOf = (form: HTMLFormElement): HTMLInputElement | null => form.querySelector("input[name=once]");

/** Pages that a browser shows again as they were: their buttons do a deed anew, while forms with words go on. */
export function renewKeys(): void {
  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    for (const form of document.querySelectorAll<HTMLFormElement>("form:not([data-draft])")) {
      const key = keyOf(form);
      if (key) key.value = newKey();
    }
  });
}
