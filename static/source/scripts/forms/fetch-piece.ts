/** A piece of a page, asked for by a script. */
import { isOurs, pieceHeaders } from "./server-answer";

/** The HTML at an address; null where it could not be had, or somebody else answered. */
export async function fetchPiece(address: string): Promise<string | null> {
  const answer = await fetch(address, { headers: pieceHeaders }).catch(() => null);
  return answer?.ok && isOurs(answer) && !answer.redirected ? answer.text() : null;
}
