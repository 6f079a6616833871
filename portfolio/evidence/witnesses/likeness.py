"""How far the words of a witness stand in the learner's own texts, and in what was signed about other learners."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from portfolio.evidence.models import Version
from portfolio.evidence.witnesses import queries
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.rules.stating import HEADINGS
from portfolio.foundation.words.text import alike
from portfolio.people import queries as people

Runs = frozenset[tuple[str, ...]]
RUN = 5
"""Words of a run: two people who tell of one event by themselves seldom write five words in the same order."""
FEWEST_RUNS = 10
"""Runs below which two texts are too short to be compared."""
BORROWED = 0.25
"""The share of a witness's runs from which on their words are largely the learner's own. Accounts of one event that
people of five trades wrote by themselves share less than 0.05, a learner's text with a changed name and a few changed
words more than 0.4 (`tests/evidence/witnesses/test_questions.py`)."""
SAME = 0.5
"""The share from which on two witnesses wrote the same: set phrases of one trade stay below."""
MOST_TEXTS, MOST_OTHERS, MOST_ECHOES = 300, 200, 20
"""Texts that are compared: a learner's own, and what witnesses signed about others at the centre; the newest. Of
earlier testimonies in much the same words the newest are asked about anew."""
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """What comparing the words of a witness with those of others found."""

    borrowed: float
    """The share that stands in the learner's own texts, from 0 to 1."""
    learners: int
    """About how many other learners much the same was signed."""
    echoes: Mapping[int, int]
    """The items in which that was; about how many other learners the words of each were signed, with these ones."""


def compared(request: WitnessRequest, text: str) -> Likeness:
    """Compare what answers a request with what was written and signed before; costs time, so before a transaction."""
    given, records = _given(request), people.records_of(request.learner_id)
    own = [request.note, *queries.own_texts(records, MOST_TEXTS)]
    signed = {one: runs_of(one.plain) for one in queries.words_about_others(request.centre_id, records, MOST_OTHERS)}
    mine = runs_of(text) - _all(given)
    same = [one for one, runs in signed.items() if share(mine, runs) >= SAME]
    learners = {one.evidence.learner_id for one in same}
    echoes = {one.evidence_id: len(_others(one, signed)) + 1 for one in same[:MOST_ECHOES]}
    return Likeness(borrowed(text, own, given), len(learners), echoes)


def runs_of(text: str) -> Runs:
    """Every run of `RUN` words of a text, as `alike` compares them."""
    words = _WORD.findall(alike(text))
    return frozenset(tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def share(of: Runs, others: Runs) -> float:
    """How many of the runs stand in the others, from 0 to 1; 0 where there are too few to tell."""
    return len(of & others) / len(of) if len(of) >= FEWEST_RUNS else 0.0


def borrowed(text: str, own: Collection[str], given: Collection[str] = ()) -> float:
    """The share of a witness's text that stands in the learner's own texts; what was `given` to both counts not."""
    return share(runs_of(text) - _all(given), _all(own))


def _others(version: Version, signed: Mapping[Version, Runs]) -> set[int]:
    """The learners about whom much the same was signed as in this version, but for the one it is about."""
    mine = version.evidence.learner_id
    found = {one.evidence.learner_id for one, runs in signed.items() if share(signed[version], runs) >= SAME}
    return found - {mine}


def _all(texts: Collection[str]) -> Runs:
    return frozenset(run for text in texts for run in runs_of(text))


def _given(request: WitnessRequest) -> list[str]:
    """What both had before them: the headings, and the points."""
    return [*HEADINGS, *(f"{point.text} {' '.join(part['text'] for part in point.parts)}" for point in request.points)]
