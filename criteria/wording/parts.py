"""Proposes the parts of a compound marking point: slices of its own words that an assessor could name as missing."""

import re
from dataclasses import dataclass

from criteria.wording.lead_ins import lead_in
from criteria.wording.methods import spans

MAX_PARTS = 26
"""A point has parts `a` to `z`."""

_REACH = 1_000
_TRIGGER = re.compile(
    r"\b(?:such as|including|includes?|covering|namely|for example|for instance|in terms of|e\.g\.|i\.e\.|eg|"
    r"between both|both|all of the following|the following|as follows|consisting of|in line with|like)"
    r"(?:\s*[,:]\s*|\s+)|:\s+",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*[,;]\s+(?:(?:and|plus|then)\s+)?(?P<fresh>with\s+|supported by\s+|together with\s+|along with\s+|"
    r"as well as\s+|while\s+|whilst\s+)?"
    r"|\s+(?:and|&|plus)\s+(?:also\s+|then\s+)?|\s+(?P<more>as well as|along with|together with|while|whilst)\s+|"
    r"\s*;\s*",
    re.IGNORECASE,
)
_QUALIFIER = re.compile(
    r"(?:not (?:just|only|merely|simply)|rather than|instead of|to |in order|so |so that|when|where|which|who|whether|"
    r"if |because|although|even |thereby|thus|leading|resulting|in line with|according|"
    r"as (?:appropriate|required|needed)|"
    r"for example|e\.g|such as|including)\b",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r",?\s+(?:when|where|whenever|if|unless|so that|in order to)\s|\s+(?:in|by|through)\s+\w+\s+or\s", re.IGNORECASE
)
_SOLE_TAIL = re.compile(r",\s+(?:ensuring|making sure|so that|thereby|thus|leading to|resulting in)\s", re.IGNORECASE)
_OPENER = re.compile(
    r"\b(?:of|by|for|from|on|to|in|with|against|about|through|between|effective|including|"
    r"(?:us(?:e|es|ing)\b|demonstrat|show|appl(?:y|ies)|provid|explain|describ|identif|understand|know|weigh|consider|compar|"
    r"balanc)\w*(?: up)?)\s+",
    re.IGNORECASE,
)
_STEM = re.compile(
    r"(?:(?:the|an|a|their) )?(?:ability|capacity|skills?) to |"
    r"(?:clear |specific )?examples of how (?:they|you|the \w+) |"
    r"(?:that|how) (?:they|the (?:learner|candidate|student)) (?:can |has |have )?|"
    r"the (?:learner|candidate|student)s? (?:taking|can|has|have) (?=\w+ing)|demonstrat(?:ing|ion of) ",
    re.IGNORECASE,
)
_ALTERNATIVE = re.compile(r"\bor\b", re.IGNORECASE)
_CHOICE = re.compile(r",\s(?:[^,]*\s)?or\s[^,]*\Z", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|them|this|these|him|her)\b", re.IGNORECASE)
_GERUND = re.compile(r"(?:\w+ly )?\w{2,}ing\b", re.IGNORECASE)
_GERUND_AFTER = re.compile(r"\b(?:to|of|by|through|for|in|as|including)\s+(?=(?:\w+ly )?\w{2,}ing\b)", re.IGNORECASE)
_BARE_ADJECTIVE = re.compile(r"\b(?:a|an|more|most|very)\s+[\w-]+\Z", re.IGNORECASE)
_STRIPPED = ' \t,;:.()[]“”"‘'


@dataclass(frozen=True, slots=True)
class _Segment:
    text: str
    fresh: bool
    """Whether “with”, “while” or the like opens it: then it does not share the words before it."""


def parts(text: str) -> tuple[str, ...]:
    """The parts that the wording of a point names, each a slice of `text`; empty where it names fewer than two.

    Lists with “and” are parts, after “such as” and “e.g.” too (“criteria such as cost, time, and impact”), for a
    verdict of *partly met* must be able to name one. Alternatives are not: what “or” joins, and two examples without
    “and” (“e.g., a survey, a call”), since either is enough. It is a proposal, to be edited before publishing.
    """
    body = text[len(lead_in(text)) : _REACH].strip(_STRIPPED)
    body = _without_methods(body)
    found = _listed(body) or _coordinated(body)
    named = [part for part in dict.fromkeys(_clean(part) for part in found) if len(part) > 1 and part in text]
    return tuple(named) if 1 < len(named) <= MAX_PARTS else ()


def _without_methods(body: str) -> str:
    """`body` up to the words that only say how it is shown, where they stand at its end (“in role-play or …”)."""
    for start, end in spans(body):
        before = re.sub(r"\s+\w+\Z", "", body[:start].rstrip())
        if not body[end:].strip(_STRIPPED):
            return before
        if not before:
            return body[end:].strip(_STRIPPED)
    return body


def _listed(body: str) -> list[str]:
    """The items of the first list that a word like “including” or “such as” announces."""
    for trigger in _TRIGGER.finditer(body):
        opened = body.rfind("(", 0, trigger.start()) > body.rfind(")", 0, trigger.start())
        region, after = _region(body[trigger.end() :], in_brackets=opened)
        if _ALTERNATIVE.search(region) and not re.search(r"\band\b", region):
            continue
        items = _segments(region)
        joined = re.search(r"\band\b|&", region) is not None
        if len(items) > 2 or (len(items) == 2 and joined):
            return _trimmed(items) + [item.text for item in _segments(after) if item.fresh]
        if len(items) == 1 and trigger[0].lower().startswith("includ") and not _ALTERNATIVE.search(region):
            return [segment.text for segment in _segments(body[: trigger.start()])] + [items[0].text]
    return []


def _region(rest: str, *, in_brackets: bool) -> tuple[str, str]:
    """The list at the start of `rest`, and what follows it."""
    if in_brackets:
        region, _, after = rest.partition(")")
        return region, after
    end = re.search(r",\s+(?=(?:to|in line|so that|ensuring|rather)\b)|[.)]\s|\.\Z", rest)
    return (rest[: end.start()], "") if end else (rest, "")


def _coordinated(body: str) -> list[str]:
    """What “and”, commas, “with”, “while” join in the main clause."""
    main = _SOLE_TAIL.search(body)
    clause, consequence = (body[: main.start()], body[main.start() :]) if main else (body, "")
    clause = _without_examples(clause)
    if _CHOICE.search(clause) and not re.search(r"\band\b", clause):
        return []
    items = _trimmed(_segments(clause))
    return items + ([consequence] if consequence and items else [])


def _without_examples(clause: str) -> str:
    """`clause` up to its first list of alternatives, where something like “such as” announces one."""
    example = re.search(r"\s*[,(]?\s*\b(?:such as|e\.g\.|for example|for instance)", clause, re.IGNORECASE)
    return clause[: example.start()] if example else clause


def _segments(clause: str) -> list[_Segment]:
    found, start, fresh = [], 0, False
    for separator in _BETWEEN.finditer(clause):
        before = clause[start : separator.start()]
        if _is_within(before, separator[0].strip()):
            continue
        found.append(_Segment(before, fresh))
        start, fresh = separator.end(), bool(separator["fresh"] or separator["more"])
    found.append(_Segment(clause[start:], fresh))
    return [item for item in found if item.text.strip(_STRIPPED) and not _QUALIFIER.match(item.text.strip())]


def _is_within(before: str, separator: str) -> bool:
    """Whether the separator joins what is one thing: two adjectives, or what “between” stands before."""
    if separator == ",":
        return _BARE_ADJECTIVE.search(before) is not None
    return separator == "and" and re.search(r"\bbetween\s", before, re.IGNORECASE) is not None


def _trimmed(items: list[_Segment]) -> list[str]:
    """The texts of `items`; from the first those words are cut that introduce them all (“weighing options by …”)."""
    texts = [_TAIL.split(item.text, maxsplit=1)[0] for item in items]
    if len(items) < 2 or items[1].fresh:
        return texts
    first, second = texts[0], texts[1]
    stem = _STEM.match(first)
    first = first[stem.end() :] if stem else first
    if _GERUND.match(second):
        openings = list(_GERUND_AFTER.finditer(first))
    else:
        openings = list(_OPENER.finditer(first)) if _are_short(texts[1:]) else []
    cut = first[openings[-1].end() :] if openings else first
    return [cut if cut.strip(_STRIPPED) else first, *texts[1:]]


def _are_short(texts: list[str]) -> bool:
    return all(len(text.split()) <= 3 and not _PRONOUN.search(text) for text in texts)


def _clean(part: str) -> str:
    return re.sub(r"^(?:and|with|by|the|a|an)\s+", "", part.strip(_STRIPPED), flags=re.IGNORECASE)
