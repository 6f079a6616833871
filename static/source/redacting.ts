/** The page of a redacted edition: the area of a photo that is covered can be drawn on it. */
import { drawArea } from "./scripts/redacting/cover-area";

for (const line of document.querySelectorAll<HTMLElement>("[data-area]")) drawArea(line);
