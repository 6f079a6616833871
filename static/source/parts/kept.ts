/** Words kept on this device until they are saved: per person, never passwords, gone at sign-out. */

const prefix = "markwell:";

const person = (): string => document.body.dataset["person"] ?? "";

/** What is kept under `key` for the person who is signed in; null when nothing is, or nobody is. */
export function kept<Kept>(key: string): Kept | null {
  try {
    const words = person() ? localStorage.getItem(`${prefix}${person()}:${key}`) : null;
    return words === null ? null : (JSON.parse(words) as Kept);
  } catch {
    return null;
  }
}

/** Keeps `value` under `key`; storage that is full or closed keeps nothing. */
export function keep(key: string, value: unknown): void {
  if (!person()) return;
  try {
    localStorage.setItem(`${prefix}${person()}:${key}`, JSON.stringify(value));
  } catch {
    // The page still works; only a reload would lose what is typed.
  }
}

/** Throws away what is kept under `key`. */
export function letGo(key: string): void {
  try {
    localStorage.removeItem(`${prefix}${person()}:${key}`);
  } catch {
    // Nothing was kept either.
  }
}

/** The keys under which something is kept for this person and that begin with `start`. */
export function keptKeys(start: string): string[] {
  const whole = `${prefix}${person()}:`;
  try {
    return Object.keys(localStorage).flatMap((key) => (key.startsWith(whole + start) ? [key.slice(whole.length)] : []));
  } catch {
    return [];
  }
}

/** Empties the device of kept words when somebody signs out. */
export function forgetAtSignOut(): void {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || new URL(form.action).pathname !== "/sign-out") return;
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  });
}
