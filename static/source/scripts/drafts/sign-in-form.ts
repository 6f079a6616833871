/** The sign-in where a form was not taken: words that are kept on this device are put back into their form and need not go through it. */
import { keptAnywhere } from "./device-storage";
import { draftPrefix } from "./draft-store";

interface Kept {
  readonly page?: string;
  readonly sent?: string;
}

/** Takes the words out of the sign-in's form where the form to which it leads keeps them. */
export function leaveWords(): void {
  const carried = document.querySelectorAll<HTMLInputElement>("input[data-carried]");
  const next = carried[0]?.form?.querySelector<HTMLInputElement>("[name=next]")?.value ?? "";
  if (!next) return;
  const page = new URL(next, location.origin).pathname;
  const kept = keptAnywhere<Kept>(draftPrefix).some((draft) => draft.sent !== undefined && draft.page === page);
  if (kept) for (const field of carried) field.remove();
}
