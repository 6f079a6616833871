/** Opens the fold in which an element lies, so that it is seen and takes the cursor. */
export function unfold(element: Element | null): void {
  const folded = element?.closest("details");
  if (folded) folded.open = true;
}
