/** The learner's item: point at a place, choose the points it proves, save, all without leaving the page. */
import { account, focusSentence, prepareSentences } from "./scripts/account/sentence-selection";
import { findPlaces, showPlaces } from "./scripts/claims/claimed-places";
import { redrawPages } from "./scripts/claims/document-pages";
import { type Place } from "./scripts/claims/place";
import { chooserSheet, startChooser } from "./scripts/claims/point-chooser";
import { backTo, lastPointed, letGo, pointAgain, pointedPlayers, pointIn } from "./scripts/claims/pointing";
import { send } from "./scripts/forms/send-form";
import { announce } from "./scripts/page/messages";

/** After the chooser closed: the focus goes back to the place. Where the next claim was begun meanwhile it is left alone. */
function done(place: Place | null, goesOn: boolean): void {
  if (goesOn) return redraw();
  letGo();
  if (place) redraw();
  if (place?.kind === "words") focusSentence(place.start);
  else if (place) backTo(place);
  else if (account()) focusSentence(lastPointed());
}

function redraw(): void {
  void redrawPages().then((drawn) => drawn && prepareSentences());
  prepareSentences();
  for (const player of pointedPlayers()) player.show();
  showPlaces();
}

startChooser(done, pointAgain);
findPlaces();
pointIn(document.getElementById("item") ?? document, chooserSheet);

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.dataset["pieceForm"] === undefined) return;
  event.preventDefault();
  void change(form);
});

/** Takes a claim back, or puts it back. */
async function change(form: HTMLFormElement): Promise<void> {
  const said = form.dataset["done"] ?? "";
  const answer = await send(form);
  if (answer?.kind !== "saved") return;
  redraw();
  announce(said);
  (document.getElementById("undo") ?? document.querySelector<HTMLElement>("#places a, #places button, [data-claim-whole]"))?.focus();
}
