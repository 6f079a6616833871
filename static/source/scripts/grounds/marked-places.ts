/** Places that an assessor marked: told in a line, and shown in the evidence. */
import { rangeOf, wordsOf } from "../account/passage-offsets";
import { told } from "../areas/area";
import { areaOf, namesArea } from "../claims/place";
import { playerFor } from "../recordings/player";
import { clock } from "../recordings/timecode";

/** The fields that name a place, as `data-` attributes and forms have them. */
export type Fields = Readonly<Record<string, string>>;

const paneOf = (version: string): HTMLElement | null => document.getElementById(`pane-${version}`);
const passageIn = (fields: Fields): { start: number; end: number } | null =>
  fields["start"] && fields["end"] ? { start: Number(fields["start"]), end: Number(fields["end"]) } : null;
const longest = 70;

/** The text in which the words of a place stand: that of the item, or of a page. */
function textOf(around: HTMLElement, { page, file }: Fields): HTMLElement | null {
  const text = page ? `[data-page="${CSS.escape(page)}"][data-file="${CSS.escape(file ?? "")}"]` : ".account:not([data-page]):not(.is-compared)";
  return around.querySelector<HTMLElement>(text);
}

/** The words of a place in a line: a quote, its seconds, its page, its part of a picture. */
export function wordsFor(version: string, fields: Fields): { readonly quote: string; readonly where: string } {
  const pane = paneOf(version);
  const [passage, text] = [passageIn(fields), pane && textOf(pane, fields)];
  const quote = passage && text ? wordsOf(text, passage) : "";
  const where = [
    fields["begins"] && fields["ends"] ? `${clock(Number(fields["begins"]))}–${clock(Number(fields["ends"]))}` : "",
    fields["page"] ? `page ${fields["page"]}` : "",
    namesArea(fields) ? told(areaOf(fields)) : "",
  ].filter(Boolean).join(", ");
  return { quote: quote.length > longest ? `${quote.slice(0, longest)}…` : quote, where: where || (quote ? "" : "the whole item") };
}

/** Shows a place in the evidence that is open; what stands for it on the page, or null where it is not shown there. */
export function showMarked(around: HTMLElement, fields: Fields, play: boolean): Element | null {
  hideMarked();
  const [passage, text] = [passageIn(fields), textOf(around, fields)];
  if (passage && text) {
    const range = rangeOf(text, passage);
    if ("highlights" in CSS) CSS.highlights.set("marked", new Highlight(range));
    return range.startContainer.parentElement;
  }
  if (fields["begins"] && fields["ends"]) {
    const player = playerFor(around, fields["file"] ?? "");
    player?.go({ number: "", begins: Number(fields["begins"]), ends: Number(fields["ends"]) }, play);
    if (player) drawArea(player.element, fields);
    return player?.element ?? null;
  }
  const shown = pictureOf(around, fields);
  if (shown) drawArea(shown, fields);
  return shown ?? (fields["page"] || fields["left"] ? null : around);
}

function pictureOf(around: HTMLElement, { page, file, left }: Fields): HTMLElement | null {
  if (page) return around.querySelector<HTMLElement>(`[data-document-page="${CSS.escape(page)}"][data-file="${CSS.escape(file ?? "")}"]`);
  return left ? around.querySelector<HTMLElement>(`[data-media="${CSS.escape(file ?? "")}"]`) : null;
}

function drawArea(shown: HTMLElement, fields: Fields): void {
  const picture = shown.querySelector("[data-picture]");
  if (!picture || !namesArea(fields)) return;
  const box = document.createElement("div");
  box.className = "area-marked";
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", `Marked by the assessor: ${told(areaOf(fields))}`);
  for (const [at, side] of (["left", "top", "width", "height"] as const).entries()) box.style.setProperty(side, `${areaOf(fields)[at]}%`);
  picture.append(box);
}

/** Shows none any more. */
export function hideMarked(): void {
  if ("highlights" in CSS) CSS.highlights.delete("marked");
  for (const one of document.querySelectorAll(".area-marked")) one.remove();
}
