/** The files that arrived for a form: their ids in its hidden field, their names for the list. */

const fieldOf = (form: HTMLFormElement): HTMLInputElement | null => form.querySelector("[name=received]");

const held = (form: HTMLFormElement): string[] => (fieldOf(form)?.value ?? "").split(/\s+/).filter(Boolean);

/** The names of the files that arrived for `form`, by their ids. */
export const namesOf = (form: HTMLFormElement): Record<string, string> => JSON.parse(form.dataset["names"] ?? "{}") as Record<string, string>;

/** Writes the ids; that is heard like typing, so that it is kept like what is typed. */
function write(form: HTMLFormElement, ids: readonly string[]): void {
  const field = fieldOf(form);
  if (!field) return;
  field.value = [...new Set(ids)].join(" ");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** A file that arrived belongs to the form from now on. */
export function add(form: HTMLFormElement, id: string, name: string): void {
  form.dataset["names"] = JSON.stringify({ ...namesOf(form), [id]: name });
  write(form, [...held(form), id]);
}

/** A file does not belong to the form any more. */
export const remove = (form: HTMLFormElement, id: string): void => write(form, held(form).filter((one) => one !== id));

/** Makes the list show just the files that the form holds, now and whenever they are put back; `draw` makes the line of one. */
export function showHeld(form: HTMLFormElement, draw: (id: string, name: string) => void): void {
  const look = (): void => {
    const [ids, names] = [held(form), namesOf(form)];
    const lines = [...form.querySelectorAll<HTMLElement>("[data-files] > [data-file]")];
    for (const line of lines) line.hidden = !ids.includes(line.dataset["file"] ?? "");
    for (const id of ids) if (!lines.some((line) => line.dataset["file"] === id)) draw(id, names[id] ?? `File ${id}`);
  };
  for (const line of form.querySelectorAll<HTMLElement>("[data-files] > [data-file]")) {
    const name = line.querySelector(".file-name")?.textContent?.trim();
    if (name) form.dataset["names"] = JSON.stringify({ ...namesOf(form), [line.dataset["file"] ?? ""]: name });
  }
  look();
  fieldOf(form)?.addEventListener("input", look);
}
