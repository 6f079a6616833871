/** The page of whoever holds a witness's link: what is typed is kept on the phone and at the centre. */
import { forgetSigned, keepWords } from "./scripts/witness/keep-words";

forgetSigned();
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-witness]")) keepWords(form);
