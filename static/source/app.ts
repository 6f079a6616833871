/** What every page gets: the theme switch, menus that close, messages that are heard, words that are kept. */
import { spreadTabs } from "./scripts/account/margin-tabs";
import { keepDrafts } from "./scripts/drafts/form-drafts";
import { leaveWords } from "./scripts/drafts/sign-in-form";
import { askAtSignOut } from "./scripts/drafts/sign-out-warning";
import { listUnsaved } from "./scripts/drafts/unsaved-feedback";
import { focusErrors } from "./scripts/forms/error-summary";
import { renewKeys } from "./scripts/forms/form-key";
import { startKeys } from "./scripts/keyboard/shown-keys";
import { tellKept } from "./scripts/offline/kept-notice";
import { startWorker } from "./scripts/offline/worker";
import { offerCopies } from "./scripts/page/copying";
import { countChosen } from "./scripts/page/fold-counts";
import { followProgress } from "./scripts/page/job-progress";
import { closeMenus } from "./scripts/page/menus";
import { announceFlashes } from "./scripts/page/messages";
import { explainTimes } from "./scripts/page/reader-time";
import { listenForThemes } from "./scripts/page/theme-switch";

tellKept();
listenForThemes();
closeMenus();
explainTimes();
focusErrors();
announceFlashes();
askAtSignOut();
keepDrafts();
leaveWords();
renewKeys();
listUnsaved();
followProgress();
offerCopies();
countChosen();
startKeys();
if (document.querySelector("[data-keys-page]")) {
  const { changeKeys } = await import("./scripts/keyboard/keys-page");
  changeKeys();
}
if (document.querySelector("form[data-decision]")) {
  const { decideByKeys } = await import("./scripts/marking/deciding");
  decideByKeys();
}
void startWorker();
for (const account of document.querySelectorAll<HTMLElement>(".account")) spreadTabs(account);
void document.fonts.ready.then(() => {
  for (const account of document.querySelectorAll<HTMLElement>(".account")) spreadTabs(account);
});
