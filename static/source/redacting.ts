/** The page of a redacted edition: parts of a photo can be drawn on it. */
import { drawArea } from "./scripts/redacting/cover-area";

for (const line of document.querySelectorAll<HTMLElement>("[data-area]")) drawArea(line);
