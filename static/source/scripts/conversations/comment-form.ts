/** The form in which something is said at a place of the evidence: opened for a place that is chosen or claimed. */
import { fieldsOf, type Place } from "../claims/place";
import { fillQuietly } from "../forms/field-values";
import { announce } from "../page/messages";

/** Opens the form of a version for a place. */
export function commentAt(version: string, place: Place): void {
  fill(version, fieldsOf(place), place.kind === "whole" ? "the whole item" : place.words);
}

/** Opens it for the claimed place beside which the link stands, and shows that place. */
export function commentBy({ dataset, parentElement }: HTMLElement): void {
  parentElement?.querySelector<HTMLElement>("[data-go]")?.click();
  fill(dataset["commentAt"] ?? "", JSON.parse(dataset["fields"] ?? "{}") as Record<string, string>, dataset["where"] ?? "");
}

/** Opens it for a place by its fields; `where` tells it in words. */
export const commentAtFields = (version: string, fields: Record<string, string>, where: string): void =>
  fill(version, { ...fieldsOf({ kind: "whole" }), ...fields }, where);

function fill(version: string, fields: Record<string, string>, where: string): void {
  const folded = document.getElementById(`comment-${version}`);
  const form = folded?.querySelector("form");
  if (!(folded instanceof HTMLDetailsElement) || !form) return announce("Nothing can be said about evidence here.");
  folded.open = true;
  fillQuietly(form, { ...fields, where });
  form.querySelector("textarea")?.focus();
}
