/** What every page gets: the theme switch, menus that close, messages that are heard, words that are kept. */
import { listenForThemes } from "./scripts/page/theme-switch";
import { leaveWords } from "./scripts/drafts/sign-in-form";
import { keepDrafts } from "./scripts/drafts/form-drafts";
import { focusErrors } from "./scripts/forms/error-summary";
import { announceFlashes } from "./scripts/page/messages";
import { askAtSignOut } from "./scripts/drafts/sign-out-warning";
import { spreadTabs } from "./scripts/account/margin-tabs";
import { closeMenus } from "./scripts/page/menus";
import { followProgress } from "./scripts/page/job-progress";
import { renewKeys } from "./scripts/forms/sign-in-state";
import { explainTimes } from "./scripts/page/reader-time";
import { listUnsaved } from "./scripts/drafts/unsaved-feedback";

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
for (const account of document.querySelectorAll<HTMLElement>(".account")) spreadTabs(account);
void document.fonts.ready.then(() => {
  for (const account of document.querySelectorAll<HTMLElement>(".account")) spreadTabs(account);
});
