"""Takes the parts of a clause from the list that it announces: “including …”, “three of the following: …”."""

import re

from criteria.wording.clauses import Clause, clause
from criteria.wording.joined import joined
from criteria.wording.joints import JoinedForm, form_of, segments

_NAMES = "one two three four five six seven eight nine ten"
_NUMBERS = {name: number for number, name in enumerate(_NAMES.split(), start=1)}
_COUNT = re.compile(
    rf"\b(?P<count>{'|'.join(_NUMBERS)}|[1-9]|10)(?: or more)?\b(?: [\w-]+){{0,4}}? (?:of|from)"
    r"(?: (?:these|the following|the list|those below)\b[^:,]{0,40}|(?=:))",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"[,;]?\s*(?:\b(?:including|to include|includes?|covering|namely|consisting of|i\.e\.|both(?= [^,;]* and ))"
    r"\b,?:?\s+|:\s+)",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"[,;]?\s*\b(?:such as|for example|for instance|e\.g\.|eg)(?:\s*[,:]\s*|\s+)", re.IGNORECASE)
_REST = re.compile(
    r",\s+(?=(?:to|in line|in accordance|according|so that|rather|when|where|if|before|after|with|while|as|ensuring|"
    r"using)\b)",
    re.IGNORECASE,
)
_KINDS = re.compile(
    r"\b(?:criteria|stages|steps|phases|types|kinds|headings|categories)\b(?: (?:of|in|for)(?: [\w-]+){1,3})?\s*\Z",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:in line with|in accordance with|according to|with reference to|in relation to|in terms of)\s+", re.IGNORECASE
)


def needed(text: str) -> int:
    """How many of its parts a point asks for (“at least three of the following: …”); 0 where all are meant."""
    count = _COUNT.search(text)
    return (_NUMBERS.get(count["count"].lower()) or int(count["count"])) if count else 0


def named(whole: Clause, *, base: bool) -> list[str]:
    """The parts of `whole`: the items of the list that it announces, else what is joined in it.

    `base` says that the words before it make its first word a verb (“Learners must”).
    """
    if sure := _SURE.search(whole.mask):
        return _after(whole, sure)
    if example := _EXAMPLE.search(whole.mask):
        listed, rest = _region(whole, example.end())
        if _are_meant(whole.mask[: example.start()], listed):
            return _items(listed)
        if not whole.mask[rest:]:
            return joined(whole.cut(0, example.start()), base=base)
        whole = Clause(whole.text, whole.mask[: example.start()] + "_" * (rest - example.start()) + whole.mask[rest:])
    outside = joined(whole, base=base)
    if outside:
        return outside
    if said := _SAID.search(whole.mask):
        return _items(_region(whole, said.end())[0])
    return _in_brackets(whole)


def _after(whole: Clause, sure: re.Match[str]) -> list[str]:
    """The items after words that announce the list for sure, and what is asked for beside them."""
    before = whole.cut(0, sure.start())
    listed, rest = _region(whole, sure.end())
    items = _items(listed, alternatives=needed(whole.text) > 0)
    if items:
        return [*items, *_beside(whole.cut(rest))]
    if "includ" in sure[0].lower() and len(segments(listed)) == 1:
        heads = [before.cut(piece.start, piece.end).text for piece in segments(before) if piece.joint != "or"]
        return [*heads, listed.text]
    return []


def _beside(rest: Clause) -> list[str]:
    """What is asked for beside a list, where `rest` begins so (“with justification”)."""
    asked = re.match(r"(?:along |together )?with\s+", rest.mask)
    return [rest.cut(asked.end()).text] if asked and len(segments(rest)) == 1 else []


def _region(whole: Clause, start: int) -> tuple[Clause, int]:
    """The list that begins at `start`, and where it ends."""
    rest = _REST.search(whole.mask, start)
    end = rest.start() if rest else len(whole.mask)
    return whole.cut(start, end), end


def _items(listed: Clause, *, alternatives: bool = False) -> list[str]:
    """The items of a list: joined like any clause, or by commas alone; by “or” where only some are asked for."""
    pieces = segments(listed)
    joints = {piece.joint for piece in pieces[1:]}
    if joints == {","} or (alternatives and joints <= {",", "or"}):
        return [listed.cut(piece.start, piece.end).text for piece in pieces]
    return joined(listed)


def _are_meant(before: str, listed: Clause) -> bool:
    """Whether examples are more: the kinds or steps themselves that are asked for, or what is to be done."""
    pieces = segments(listed)
    if any(piece.joint == "or" for piece in pieces):
        return False
    doing = all(form_of(piece.mask) is JoinedForm.GERUND for piece in pieces)
    return len(pieces) > 1 and (doing or _KINDS.search(before) is not None)


def _in_brackets(whole: Clause) -> list[str]:
    """The items of three or more in the first brackets that hold a list."""
    for bracket in re.finditer(r"\(([^()]*)\)", whole.text):
        example = _EXAMPLE.match(bracket[1])
        listed = clause(bracket[1][example.end() if example else 0 :])
        pieces = segments(listed)
        meant = not example or _are_meant(whole.text[: bracket.start()], listed)
        if len(pieces) > 2 and meant and not any(piece.joint == "or" for piece in pieces):
            return _items(listed)
    return []
