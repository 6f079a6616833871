/** The switch between the light, the dark and the automatic theme, kept on this device. */

const key = "theme";

function chosen(): string {
  try {
    return localStorage.getItem(key) ?? "auto";
  } catch {
    return "auto";
  }
}

function apply(theme: string): void {
  const root = document.documentElement;
  if (theme === "auto") delete root.dataset["theme"];
  else root.dataset["theme"] = theme;
  try {
    if (theme === "auto") localStorage.removeItem(key);
    else localStorage.setItem(key, theme);
  } catch {
    // The choice then lasts for this page only.
  }
}

/** Shows the switch in the footer and obeys it. */
export function listenForThemes(): void {
  const group = document.querySelector<HTMLFieldSetElement>("[data-appearance]");
  if (!group) return;
  for (const radio of group.querySelectorAll<HTMLInputElement>("input")) {
    radio.checked = radio.value === chosen();
    radio.addEventListener("change", () => apply(radio.value));
  }
  group.hidden = false;
}
