/** The form of an item: its files are sent while the rest is typed; its text can be looked at before it is saved. */
import { receiveFiles } from "./scripts/uploads/upload-list";
import { previewText } from "./scripts/account/account-preview";
import { noteMoments } from "./scripts/recordings/timed-notes";

for (const form of document.querySelectorAll<HTMLFormElement>("form[data-upload]")) {
  receiveFiles(form);
  noteMoments(form);
}
previewText();
