/** Sends a form that waits on this device. */
import { ask, ofStatus, Stopped, tokenOf, Waits } from "./sending";
import { formsOf, removeSent, type WaitingForm } from "./waiting-forms";

/** What it was sent with before is another sign-in's. */
const stale = "csrf_token";

/** Sends it as it is by now, once however often this is tried; gives it, and the address of what was saved. Throws `Stopped`. */
export async function sendForm({ person, id }: WaitingForm): Promise<readonly [WaitingForm, string]> {
  const token = await tokenOf(person);
  const now = (await formsOf(person)).find((one) => one.id === id && !one.refused);
  if (!now) throw new Stopped();
  const address = await sent(now, token);
  await removeSent(now);
  return [now, address];
}

async function sent({ address, fields, parts }: WaitingForm, token: string): Promise<string> {
  const body = parts ? new FormData() : new URLSearchParams();
  for (const [name, value] of fields) {
    const now = name === stale ? token : value;
    if (body instanceof FormData) body.append(name, now as string);
    else if (typeof now === "string") body.append(name, now);
  }
  const long = body instanceof FormData && [...body.values()].some((value) => value instanceof File && value.size > 0);
  const answer = await ask(address, { ...(long ? { signal: null } : {}), method: "POST", body, headers: { Accept: "application/json", "Markwell-Waited": "1" }, redirect: "error" });
  const words = await answer.text().catch(() => Promise.reject(new Waits("cut")));
  if (!answer.ok) throw ofStatus(answer.status, words);
  try {
    return (JSON.parse(words) as { address: string }).address;
  } catch {
    throw new Waits("cut"); // something else answered in the server's place
  }
}
