/** Makes the words of a line of the tray. */

/** An element that says `text` and looks like `look`. */
export function words(tag: string, text: string, look: string): HTMLElement {
  const made = document.createElement(tag);
  [made.textContent, made.className] = [text, look];
  return made;
}
