/** What the server knows: whether the person of this page is still signed in, and which forms were saved. */

/** What it tells a script that asks. */
interface Known {
  readonly saved: readonly string[];
  /** Since when it knows all that was saved, as an ISO 8601 moment. */
  readonly since: string;
  readonly person: string;
  readonly token: string;
}

/** Asks which of `keys` were saved; null when nobody answers, or somebody else or nobody is signed in. */
export const savedOf = async (keys: readonly string[]): Promise<Pick<Known, "saved" | "since"> | null> => known(keys);

/** Gives all forms of this page the token of the present sign-in; false when its person is not signed in. */
export async function renewTokens(): Promise<boolean> {
  const told = await known([]);
  if (!told) return false;
  for (const field of document.querySelectorAll<HTMLInputElement>("input[name=csrf_token]")) field.value = told.token;
  return true;
}

async function known(keys: readonly string[]): Promise<Known | null> {
  try {
    const asked = new URLSearchParams(keys.map((key) => ["key", key]));
    const answer = await fetch(`/saved?${asked}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || answer.redirected) return null;
    const told = (await answer.json()) as Known;
    return told.person === document.body.dataset["person"] ? told : null;
  } catch {
    return null;
  }
}

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
