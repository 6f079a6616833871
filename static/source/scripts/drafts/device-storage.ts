/** Words kept on this device until they are saved: per person, never passwords. */

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

/** Keeps `value` under `key`; false where storage that is full or closed keeps nothing. */
export function keep(key: string, value: unknown): boolean {
  if (!person()) return false;
  try {
    localStorage.setItem(`${prefix}${person()}:${key}`, JSON.stringify(value));
    return true;
  } catch {
    return false; // the page still works
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

/** All that is kept here under such keys, for whomever: for a page on which nobody is signed in. */
export function keptAnywhere<Kept>(start: string): Kept[] {
  try {
    const whole = new RegExp(`^${prefix}[^:]+:${start}`);
    return Object.entries(localStorage).flatMap(([key, words]) => (whole.test(key) ? [JSON.parse(String(words)) as Kept] : []));
  } catch {
    return [];
  }
}

/** Whether something is kept here for somebody else than the person of this page. */
export function keptForOthers(): boolean {
  try {
    return Boolean(person()) && Object.keys(localStorage).some((key) => /^markwell:\d+:/.test(key) && !key.startsWith(`${prefix}${person()}:`));
  } catch {
    return false;
  }
}

/** Gives what is kept for these records to the person of this page, into whose record they were merged. */
export function takeOver(records: readonly string[]): void {
  for (const record of records) {
    const start = `${prefix}${record}:`;
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(start))) {
      move(key, `${prefix}${person()}:${key.slice(start.length)}`);
    }
  }
}

function move(key: string, to: string): void {
  try {
    localStorage.setItem(to, localStorage.getItem(key) ?? "null");
    localStorage.removeItem(key);
  } catch {
    // There is no room: it stays where it is until a later page finds some.
  }
}
