/** What every page gets: the theme switch, menus that close, messages that are heard, words that are kept. */
import { listenForThemes } from "./parts/appearance";
import { leaveWords } from "./parts/carried";
import { keepDrafts } from "./parts/drafts";
import { focusErrors } from "./parts/errors";
import { announceFlashes } from "./parts/flash";
import { askAtSignOut } from "./parts/leaving";
import { spreadTabs } from "./parts/margin";
import { closeMenus } from "./parts/menus";
import { followProgress } from "./parts/progress";
import { renewKeys } from "./parts/session";
import { explainTimes } from "./parts/times";
import { listUnsaved } from "./parts/unsaved";

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
