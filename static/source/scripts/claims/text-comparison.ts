/** What texts that people take for the same have in common: `portfolio.foundation.words.text.alike`, as far as a page needs it. */

const apostrophes = /[\u0060\u00b4\u02b9-\u02bf\u2018-\u201b\u2032\u2035\u2039\u203a\u275b\u275c]/g;
const quotes = /[\u00ab\u00bb\u201c-\u201f\u2033\u2036\u275d\u275e]/g;
const unseen = /[\p{Cf}\p{Variation_Selector}]/gu;

/** For comparing, never for showing: capitals, composed accents, apostrophes, dashes and spaces count as one. */
export function alike(text: string): string {
  const plain = text.normalize("NFKD").toUpperCase().toLowerCase().normalize("NFKD");
  const signs = plain.replace(apostrophes, "'").replace(quotes, '"').replace(/[\p{Pd}\u2212\u2043]/gu, "-");
  return signs.replace(/ı/g, "i").replace(/i\u0307/g, "i").replace(unseen, "").replace(/\s+/g, " ").trim();
}
