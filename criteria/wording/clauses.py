"""Cuts a marking point down to the clause that says what is to be proved; brackets, quotes and pairs stay whole."""

import re
from dataclasses import dataclass

from criteria.wording.methods import spans
from criteria.wording.words import ADJECTIVE, PAIRS, PREPOSITIONS

_CLOSED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|“[^”]*”|\"[^\"]*\"|(?<!\w)‘[^’]*’(?!\w)")
_PAIRED = re.compile(r"(?<=\s)and(?=\s)", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from one to|difference in) [^,;]*? (and) ", re.IGNORECASE)
_QUALITIES = re.compile(
    r"(?<!\bis )(?<!\bare )(?<!\bbe )(?<!\bwas )(?<!\bthat )"
    rf"\b(?:(?:an?|the|their|own|more|most|very) )?(?:{ADJECTIVE.pattern})(?P<joint>,|,? and|(?<! and) or)"
    rf" (?:\w+ly )?(?:more )?(?:(?:{ADJECTIVE.pattern})(?= [\w-]|[.,;]?\Z)|\w{{3,}}ed(?= (?!{PREPOSITIONS})[\w-]))",
    re.IGNORECASE,
)
_ADJECTIVE_BEFORE_NOUN = re.compile(
    rf"\b(?:an?|more|most|very) (?:{ADJECTIVE.pattern})(?P<joint>,) (?!and |or |with |then |as )[\w-]+ [\w-]",
    re.IGNORECASE,
)
_STATES = re.compile(
    rf"\b(?:is|are|be|was|were|been) (?:{ADJECTIVE.pattern}) (?P<joint>and) (?:\w+ly )?"
    rf"(?:{ADJECTIVE.pattern}|\w+ed)(?=[\s.,;]|\Z)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<!\be\.g)(?<!\bi\.e)(?<!\bNo)[.!?](?=\s+[A-Z“])|[.!?]?\s*\Z")
_MORE = re.compile(
    r"\s*(?:[^.]{0,80}\b(?:may|might|could|optional\w*|not (?:required|essential|necessary))\b|"
    r"(?:this|it|evidence|they)\b)",
    re.IGNORECASE,
)
_OPENING_CONDITION = re.compile(
    r"(?:when|whenever|where|if|after|before|once|during|at|in|on|while|under)\b[^,:]{3,80},\s+",
    re.IGNORECASE,
)
_WITNESSES = (
    r"(?:an? |the |one |your |their )?(?:\w+ )?"
    r"(?:witness|supervisor|manager|assessor|colleague|mentor|tutor|employer|observer)"
)
_SHOWN = re.compile(
    r",?\s+(?:as |and )?(?:(?:is|are|was|were) )?"
    r"(?:(?P<sure>confirmed|witnessed|evidenced|verified|corroborated|countersigned|signed off|proved|proven|attested|"
    r"authenticated|shown|demonstrated|observed|assessed|tested|seen)|backed(?: up)?|supported|recorded|checked|signed)"
    rf" (?:directly |mainly |either )?(?:by|in|through|via|with|on|during|using|from|as)\b"
    rf"(?P<witness> {_WITNESSES}\b)?",
    re.IGNORECASE,
)
_BEFORE_METHODS = re.compile(
    r"[,;]?\s*(?:\b(?:[a-z]+ed|shown|proven|seen|backed up) )?\b(?:in|through|via|by|using|during|with|from|as|on)?"
    r"(?: (?:either|an?|the))?\s*\Z",
    re.IGNORECASE,
)
STRIPPED = " \t,;:.–—-"
"""What may stand at the ends of a slice and is no word of it."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A slice of a point."""

    text: str
    mask: str
    """`text` with `_` for every character in which nothing is joined; as long as it."""

    def cut(self, start: int, end: int | None = None) -> "Clause":
        """The slice from `start` to `end`, without white space and marks at its ends."""
        mask = self.mask[start:end]
        lead = len(mask) - len(mask.lstrip(STRIPPED))
        size = len(mask.strip(STRIPPED))
        return Clause(self.text[start:end][lead : lead + size], mask[lead : lead + size])


def clause(text: str) -> Clause:
    """`text`, with what stands in brackets or quotation marks, between “between” and its “and”, or in a pair masked."""
    mask = _CLOSED.sub(lambda closed: "_" * len(closed[0]), text)
    mask = _blanked(mask, [match.span(1) for match in _BETWEEN.finditer(mask)])
    mask = PAIRS.sub(lambda pair: _PAIRED.sub("___", pair[0]), mask)
    for pattern in (_ADJECTIVE_BEFORE_NOUN, _STATES, _QUALITIES):
        mask = _blanked(mask, [match.span("joint") for match in pattern.finditer(mask) if not _in_a_list(mask, match)])
    return Clause(text, mask)


def _in_a_list(mask: str, match: re.Match[str]) -> bool:
    """Whether another item stands right before the two qualities, or after them: then they are items themselves."""
    before, after = mask[: match.start()].rstrip(), mask[match.end() :]
    return before.endswith(",") or (match["joint"] == "," and re.match(r",| and\b", after) is not None)


def _blanked(mask: str, places: list[tuple[int, int]]) -> str:
    for start, end in places:
        mask = mask[:start] + "_" * (end - start) + mask[end:]
    return mask


def main_clause(body: str) -> Clause | None:
    """What `body`, a point without its lead-in, asks for: one sentence without the words that only say when it holds
    at the start, or how it is shown; None where more sentences ask for more.
    """
    whole = clause(body)
    end = _SENTENCE_END.search(whole.mask)
    assert end is not None
    if whole.text[end.end() :].strip() and not _MORE.match(whole.text[end.end() :]):
        return None
    sentence = _without_methods(whole.cut(0, end.start()))
    opening = _OPENING_CONDITION.match(sentence.mask)
    return sentence.cut(opening.end()) if opening else sentence


def _without_methods(sentence: Clause) -> Clause:
    for shown in _SHOWN.finditer(sentence.mask):
        certain = shown["witness"] or (shown["sure"] and sentence.mask[shown.start()] == ",")
        if certain or any(start - shown.end() < 30 for start, _ in spans(sentence.text) if start >= shown.end() - 1):
            return sentence.cut(0, shown.start())
    for start, end in reversed(spans(sentence.text)):
        if not re.search(r"[,;]|\band\b", sentence.mask[end:]) and len(sentence.mask[end:].split()) <= 4:
            before = _BEFORE_METHODS.search(sentence.mask[:start])
            if not (before.start() if before else start):
                break
            return sentence.cut(0, before.start() if before else start)
        if not sentence.text[:start].strip():
            return sentence.cut(end)
    return sentence
