/** The record of an observation or a discussion: each entry is saved at once, parts of a recording are marked by one key. */
import { addEntries } from "./scripts/meetings/entry-form";
import { markParts } from "./scripts/meetings/index-marker";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-entry]")) {
  if (form.dataset["index"] === undefined) addEntries(form, () => undefined);
  else markParts(form);
}
