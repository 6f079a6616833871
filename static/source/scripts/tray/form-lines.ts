/** The lines of the tray for forms that wait: what each is, why it waits, and what can be done with it. */
import { button } from "../page/button";
import { flash } from "../page/messages";
import { tellAll } from "../capture/capture-news";
import { words } from "./line-words";
import { changeForm, textsOf, type WaitingForm } from "./waiting-forms";

/** The line of one form; `why` says why it waits. */
export function lineOfForm(form: WaitingForm, why: string): HTMLElement {
  const line = document.createElement("li");
  line.dataset["waiting"] = form.id;
  const said = words("span", form.refused ? `Not taken: ${form.refused}` : why, form.refused ? "small is-refused" : "small");
  if (!form.refused) said.dataset["why"] = "";
  line.append(words("span", form.title, "tray-name"), words("span", `${form.kind} · ${since(form)}`, "small quiet"), said, ...written(form), deeds(form));
  return line;
}

/** Since when it waits, by the reader's clock. */
export const since = ({ queued }: WaitingForm): string =>
  new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" }).format(new Date(queued));

/** What somebody wrote into it, to be read and copied also where its page is gone. */
export function written(form: WaitingForm): HTMLElement[] {
  const texts = textsOf(form).map((text) => words("p", text, "tray-written"));
  if (!texts.length) return [];
  const fold = document.createElement("details");
  fold.append(words("summary", "What you wrote", "small"), ...texts);
  return [fold];
}

function deeds(form: WaitingForm): HTMLElement {
  const row = document.createElement("div");
  row.className = "cluster";
  if (form.refused) {
    const link = document.createElement("a");
    [link.href, link.className, link.textContent] = [form.page, "button button-secondary button-small", "Open the form"];
    row.append(link, button("Try again", "secondary small", () => void changeForm(form.id, { refused: "" }).then(tellAll)));
  }
  row.append(button("Throw away", "quiet small", () => void throwAway(form)));
  for (const one of row.querySelectorAll("a, button")) one.setAttribute("aria-label", `${one.textContent}: ${form.title}, ${since(form)}`);
  return row;
}

async function throwAway({ id }: WaitingForm): Promise<void> {
  await changeForm(id, { thrown: new Date().toISOString() });
  tellAll();
  flash("Thrown away.", "info", { label: "Undo", act: () => void changeForm(id, { thrown: "" }).then(tellAll) });
}
