/** Menus are `details`; this lets Escape, a click elsewhere and leaving by Tab close them. */
import { fixedDeed } from "../keyboard/keys";

const open = (): NodeListOf<HTMLDetailsElement> => document.querySelectorAll<HTMLDetailsElement>("details.menu[open]");

function closeUnless(target: EventTarget | null): void {
  for (const menu of open()) if (!(target instanceof Node && menu.contains(target))) menu.open = false;
}

/** Starts closing menus. */
export function closeMenus(): void {
  document.addEventListener("click", (event) => closeUnless(event.target));
  document.addEventListener("focusin", (event) => closeUnless(event.target));
  document.addEventListener("keydown", (event) => {
    if (fixedDeed("page", event) !== "close a menu") return;
    for (const menu of open()) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
  });
}
