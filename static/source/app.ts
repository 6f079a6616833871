/** What every page gets: the theme switch, menus that close, messages that are heard, times that say whose they are. */
import { listenForThemes } from "./parts/appearance";
import { announceFlashes } from "./parts/flash";
import { spreadTabs } from "./parts/margin";
import { closeMenus } from "./parts/menus";
import { focusErrors } from "./parts/errors";
import { explainTimes } from "./parts/times";

listenForThemes();
closeMenus();
explainTimes();
focusErrors();
announceFlashes();
for (const account of document.querySelectorAll<HTMLElement>(".account")) spreadTabs(account);
