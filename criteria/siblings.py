"""Finds the marking points that ask for nearly the same: one place in the evidence is offered to all of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from criteria.unit import Point, Unit
from criteria.wording.methods import spans

Ref = tuple[str, str]
"""Code of a unit and `ref` of a point."""

THRESHOLD = 0.4
"""Points are siblings from this share of common weight on, measured against the lighter of the two."""
THEME_WEIGHT = 3
"""A shared theme counts as much as so many shared words, and at least one theme's weight must be shared."""

_WORDS_OF_EVERY_UNIT = """
about above according account accurate accurately after again against also appropriate approach award before being
between beyond both candidate candidates clear clearly complaint complaints credit customer customers demonstrate
demonstrating demonstration effective effectively ensure ensuring evidence example examples expect from have
includes including into issue issues learner learners like look main make making must need needs organisation
organisational organization organizational other over problem problems process provide providing relevant same
service should show showing such sure systematic take taking than that their them then there these they this
through together under understand used using what when where which while with within without work would your
assessor assessors proved written response role play identify identifying identified identification kind kinds
referred multiple several
"""
_THEMES = {
    "listening": r"active(?:ly)? listen\w*|listen\w* active(?:ly)?|listen\w*|paraphras\w*|clarif\w*",
    "empathy": r"empath\w*|compassion\w*",
    "escalation": r"escalat\w*|referral|beyond (?:\w+ )?(?:own )?authority|pass (?:\w+ ){1,4}to the right person|"
    r"what you (?:may not|are not allowed to) decide|what you are allowed to decide|own authority",
    "follow-up": r"follow\w*[- ]?(?:through|up)\b|courtesy calls?|satisfaction (?:call|check|survey)s?",
    "investigation": r"investigat\w*|enquir(?:y|ies) into|(?:gather|collect)\w* (?:\w+ ){0,2}information",
    "trends": r"trends?|repeated\w*|recurr\w*|patterns?|coming back|recommend\w*",
    "cause": r"root[- ]causes?|underlying causes?|fishbone|5 whys|diagnos\w*",
    "proposal": r"propos\w*|(?:agree\w*|negotiat\w*) a (?:solution|resolution)",
    "record": r"record\w*|document\w*|logg\w*|written up",
    "manner": r"communication style|way you communicate|tone|rapport|positive language|body language|"
    r"adapt\w* (?:\w+ )?communicat\w*",
    "stages": r"(?:key|main) stages|structured|set order|acknowledg\w*|apolog\w*",
    "prevention": r"prevent\w*|proactive\w*|happening again|act early|from escalating",
    "options": r"weigh\w*|compar\w*|cost",
}
_THEME = re.compile("|".join(f"(?P<t{i}>\\b(?:{words}))" for i, words in enumerate(_THEMES.values())), re.IGNORECASE)
_NAMES = tuple(_THEMES)
_BEFORE = re.compile(r"\b(?:to |and |act early to )?(?:stop|prevent)\w* (?:\w+ )?(?:from )?escalat\w*", re.IGNORECASE)
_WORD = re.compile(r"[a-z]{4,}")
_SUFFIX = re.compile(r"(?:ations?|ements?|ments?|ings?|ions?|ally|ies|ers?|ed|es|ly|e|s|y)\Z")
_EMPTY = frozenset(_WORDS_OF_EVERY_UNIT.split())


def siblings(units: Iterable[Unit]) -> Mapping[Ref, tuple[Ref, ...]]:
    """For each point its siblings inside and across `units`, nearest first, then in the order of the text.

    Likeness is the weight of what two points share over the weight of the lighter one. A word counts 1, by its stem and
    without those that every unit uses; a theme of the trade (listening, escalation, follow-up, …), by any of its words,
    counts `THEME_WEIGHT`. Points that share no theme are never siblings. A point without siblings has an empty tuple.
    Same units, same answer.
    """
    weights = {(unit.code, point.ref): _weights(point) for unit in units for point in unit.points}
    order = {ref: place for place, ref in enumerate(weights)}
    near: dict[Ref, list[tuple[float, int, Ref]]] = {ref: [] for ref in weights}
    for one, other in _candidates(weights):
        likeness = _likeness(weights[one], weights[other])
        if likeness >= THRESHOLD:
            near[one].append((-likeness, order[other], other))
            near[other].append((-likeness, order[one], one))
    return {ref: tuple(other for _, _, other in sorted(found)) for ref, found in near.items()}


def _candidates(weights: Mapping[Ref, Mapping[str, int]]) -> list[tuple[Ref, Ref]]:
    """The pairs that share a theme."""
    holders: defaultdict[str, list[Ref]] = defaultdict(list)
    pairs: dict[tuple[Ref, Ref], None] = {}
    for ref, words in weights.items():
        for theme in (word for word in words if words[word] == THEME_WEIGHT):
            pairs.update(dict.fromkeys((earlier, ref) for earlier in holders[theme]))
            holders[theme].append(ref)
    return list(pairs)


def _likeness(one: Mapping[str, int], other: Mapping[str, int]) -> float:
    shared = sum(weight for word, weight in one.items() if word in other)
    return shared / min(sum(one.values()), sum(other.values()))


def _weights(point: Point) -> dict[str, int]:
    """The themes and stems of a point, with their weights."""
    text = point.text[len(point.lead_in) if point.text.startswith(point.lead_in) else 0 :]
    for start, end in reversed(spans(text)):
        text = text[:start] + text[end:]
    text = _BEFORE.sub(" prevent ", text)
    themes = {_NAMES[int(str(match.lastgroup)[1:])]: THEME_WEIGHT for match in _THEME.finditer(text)}
    words = _WORD.findall(_THEME.sub(" ", text).lower())
    return {**{_stem(word): 1 for word in words if word not in _EMPTY}, **themes}


def _stem(word: str) -> str:
    """`word` without its ending; at least four letters are left."""
    ending = _SUFFIX.search(word)
    return word[: ending.start()] if ending and ending.start() >= 4 else word
