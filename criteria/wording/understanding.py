"""Recognises a marking point whose wording asks what somebody understands, rather than what they do."""

import re

from criteria.wording.lead_ins import lead_in

_REACH = 1_000
_ADVERB = r"(?:(?:\w{2,20}ly|also|in detail|in (?:your|their|his|her) own words) )?"
_VERB = (
    r"(?:explain(?:s|ed|ing)?|describ(?:es?|ed|ing)|understand(?:s|ing)?|know(?:s|ing)?(?! to\b)|"
    r"outlin(?:es?|ed|ing)|(?:can )?state(?:s|d)?(?= (?:why|how|what|when|which|the reasons?)\b)|"
    r"(?:gives?|giving) reasons?|justif(?:y|ies|ied|ying)|compar(?:es?|ed|ing)(?= .{1,60}\bwith\b))"
)
_NOUN = (
    r"(?:clear |sound |good |basic |thorough |working |correct |full |brief |detailed |an? |the )*"
    r"(?:explanations?|descriptions?|understanding|knowledge|awareness|justifications?) (?:of|about|why|how|what)\b"
)
_AT_ITS_BEGINNING = re.compile(
    rf"\W*(?:(?:the |a |each )?(?:learner|candidate|student|apprentice|trainee)s? )?{_ADVERB}(?:{_VERB}|{_NOUN})\b",
    re.IGNORECASE,
)
_FURTHER_ON = re.compile(
    rf"(?:[;:.,] |[;,] and |\band (?:can )?|\bor (?:can )?|\bable to |\b(?:shows?|demonstrates?|evidence of) )"
    rf"{_ADVERB}(?:(?:explain|describ|understand)\w*|knows?\b(?! to\b)|{_NOUN})",
    re.IGNORECASE,
)
_TO_SOMEBODY = re.compile(
    r"\b(?:to|for) (?:the |a |an |each |every |all |any |their |his |her |your |another |other |new )*"
    r"(?:\w+ )?(?:customers?|clients?|guests?|patients?|passengers?|visitors?|residents?|tenants?|householders?|"
    r"callers?|buyers?|drivers?|colleagues?|pupils?|children|child|parents?|famil(?:y|ies)|owners?|users?|team)\b(?![’'])",
    re.IGNORECASE,
)

_TOLD = re.compile(r"explain|explan|descri|outlin", re.IGNORECASE)
"""What may as well be said to somebody at work."""


def asks_for_understanding(text: str) -> bool:
    """Whether `text` asks to explain, describe, understand or know something.

    What is explained to a customer, a patient or somebody else at work is done, and does not count.
    """
    text = text[:_REACH]
    asked = text[len(lead_in(text)) :]
    found = _AT_ITS_BEGINNING.match(asked) or _FURTHER_ON.search(asked)
    if found is None:
        return False
    if not _TOLD.search(found[0]):
        return True
    clause = re.split(r"[.;]", asked[found.end() :], maxsplit=1)[0]
    return _TO_SOMEBODY.search(clause[:120]) is None
