/** Makes a button as the styles draw it. */

type Kind = "primary" | "secondary" | "quiet";

/** How a button looks; small where it stands in a line of words. */
type Look = Kind | `${Kind} small`;

/** A button that says `label` and does `act` when it is pressed. */
export function button(label: string, look: Look, act: () => void): HTMLButtonElement {
  const made = document.createElement("button");
  made.type = "button";
  made.className = ["button", ...look.split(" ").map((one) => `button-${one}`)].join(" ");
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}
