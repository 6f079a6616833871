/** Sends a form that waits on this device. */
import { ask, ofStatus, tokenOf, Waits } from "./sending";
import { type WaitingForm } from "./waiting-forms";

/** What it was sent with before is another sign-in's. */
const stale = "csrf_token";

/** Sends it, once however often this is tried; gives the address of what was saved. */
export async function sendForm({ person, address, fields, parts }: WaitingForm): Promise<string> {
  const token = await tokenOf(person);
  const body = parts ? new FormData() : new URLSearchParams();
  for (const [name, value] of fields) {
    const now = name === stale ? token : value;
    if (body instanceof FormData) body.append(name, now as string);
    else if (typeof now === "string") body.append(name, now);
  }
  const answer = await ask(address, { method: "POST", body, headers: { Accept: "application/json", "Markwell-Waited": "1" }, redirect: "error" });
  const words = await answer.text();
  if (!answer.ok) throw ofStatus(answer.status, words);
  try {
    return (JSON.parse(words) as { address: string }).address;
  } catch {
    throw new Waits("cut"); // something else answered in the server's place
  }
}
