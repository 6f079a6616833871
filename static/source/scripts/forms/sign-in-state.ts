/** Asks the server what only it knows: whether the person of this page is still signed in, and which forms were saved. */

/** What it tells a script that asks. */
interface Known {
  readonly saved: readonly string[];
  /** Since when it knows all that was saved, as an ISO 8601 moment. */
  readonly since: string;
  readonly person: string;
  readonly token: string;
  /** The records that were merged into this person's. */
  readonly records: readonly string[];
}

/** Asks which of `keys` were saved; null when nobody answers, or somebody else or nobody is signed in. */
export const savedOf = async (keys: readonly string[]): Promise<Pick<Known, "saved" | "since"> | null> => known(keys);

/** The records that were merged into that of this page's person; none when nobody answers. */
export const recordsOf = async (): Promise<readonly string[]> => (await known([]))?.records ?? [];

/** The token of the sign-in that a form would be sent with. */
export const tokenOf = (form: HTMLFormElement | null | undefined): string =>
  form?.querySelector<HTMLInputElement>("[name=csrf_token]")?.value ?? "";

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
