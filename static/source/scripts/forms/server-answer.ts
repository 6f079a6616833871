/** What an answer tells before it is read: whether Markwell gave it, and whether the sign-in has ended. */
import { renewTokens } from "./sign-in-state";

/** What asks for a piece of a page. */
export const pieceHeaders = { "X-Piece": "1", Accept: "application/json, text/html;q=0.9" };

/** Whether Markwell gave the answer; proxies and portals answer in its place, with pages of their own and any status. */
export const isOurs = (answer: Response): boolean => answer.headers.get("X-Piece") !== null;

/** Whether an answer of this status says that the page's sign-in has ended. */
export const isSignedOut = (status: number): boolean => status === 400 || status === 401;

/** Asks once; where the sign-in had ended and was renewed in another tab, with the new token once more. */
export async function askRenewed(ask: () => Promise<Response>): Promise<Response> {
  const answer = await ask();
  return isSignedOut(answer.status) && (await renewTokens()) ? ask() : answer;
}
