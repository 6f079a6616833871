"""Questions that the product raises about what a witness signed, for assessors and IQAs; none is a verdict."""

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from typing import Any

from portfolio.evidence.models import Version
from portfolio.evidence.witnesses import queries
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.rules.stating import HEADINGS
from portfolio.foundation.clock import now
from portfolio.foundation.words.text import alike, listed, plural
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
AT_ONCE = timedelta(minutes=1)
"""From opening to signing; reading the page takes longer."""
LATELY = timedelta(days=90)
MOST_TEXTS, MOST_OTHERS = 300, 200
"""Texts that are compared: a learner's own, and what witnesses signed about others at the centre; the newest."""
FREE_MAIL = frozenset({
    "aol.com", "btinternet.com", "gmail.com", "gmx.com", "gmx.net", "googlemail.com", "hotmail.com", "hotmail.co.uk",
    "icloud.com", "live.co.uk", "live.com", "mail.com", "me.com", "msn.com", "outlook.com", "proton.me",
    "protonmail.com", "sky.com", "talktalk.net", "virginmedia.com", "yahoo.co.uk", "yahoo.com", "ymail.com",
})  # fmt: skip
"""Domains at which anybody has an address."""
_WORD = re.compile(r"\w+")


def raised(request: WitnessRequest, version: Version) -> list[Any]:
    """What is to be asked of what was just signed: a list for each question, its name and its numbers."""
    return [list(one) for one in (*_of_devices(request), *_of_times(request, version), *_of_words(request, version),
                                  *_of_address(request), *_of_units(request, version))]  # fmt: skip


def asked(questions: Sequence[Sequence[Any]], learner: str) -> list[str]:
    """The questions as sentences, for whoever assesses the `learner` or assures the quality of it."""
    return [SENTENCES[name].format(*values, learner=learner) for name, *values in questions if name in SENTENCES]


SENTENCES = {
    "device": "It was signed on a device that {learner} has used lately too. Did they lend it, and who wrote?",
    "network": "It was signed from a network that {learner} has used lately too. Is it the one at work?",
    "elsewhere": "It was begun on one device and gone on with on another. Whose were they, and who wrote?",
    "at once": "It was signed within a minute of opening the link, as far as is known. Was it written before, by whom?",
    "learner’s words": "{0} % of it stands word for word in {learner}’s own texts. Are these the witness’s own words?",
    "same words": "Much the same words were signed about {0}. Did somebody hand out a text?",
    "free mail": "The witness’s address is at {0}, where {learner} has one as well. Do you know whose address it is?",
    "whole unit": "It covers all points of {0} by itself. Is there other evidence as well?",
}
"""By the name of the question; the numbers and the learner's name belong into it."""


def runs_of(text: str) -> Runs:
    """Every run of `RUN` words of a text, as `alike` compares them."""
    words = _WORD.findall(alike(text))
    return frozenset(tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def share(of: Runs, others: Runs) -> float:
    """How many of the runs stand in the others, from 0 to 1; 0 where there are too few to tell."""
    return len(of & others) / len(of) if len(of) >= FEWEST_RUNS else 0.0


def borrowed(text: str, own: Collection[str], given: Collection[str] = ()) -> float:
    """The share of a witness's text that stands in the learner's own texts; what was `given` to both counts not."""
    runs = runs_of(text) - _all(given)
    return share(runs, _all(own))


def _all(texts: Collection[str]) -> Runs:
    return frozenset(run for text in texts for run in runs_of(text))


def _of_devices(request: WitnessRequest) -> Iterator[tuple[str]]:
    shared = queries.shared_traces(request.id, people.records_of(request.learner_id), now() - LATELY)
    if "device" in shared:
        yield ("device",)
    elif "network" in shared:
        yield ("network",)


def _of_times(request: WitnessRequest, version: Version) -> Iterator[tuple[str]]:
    first = request.signed_at if version.number == 1 else None
    if first and request.opened_at and first - request.opened_at < AT_ONCE:
        yield ("at once",)


def _of_words(request: WitnessRequest, version: Version) -> Iterator[tuple[str, object]]:
    given = [*HEADINGS, *(f"{point.text} {' '.join(part['text'] for part in point.parts)}" for point in request.points)]
    learners = people.records_of(request.learner_id)
    own = [request.note, *queries.own_texts(learners, MOST_TEXTS)]
    if (part := borrowed(version.plain, own, given)) >= BORROWED:
        yield "learner’s words", round(100 * part)
    mine = runs_of(version.plain) - _all(given)
    others = {
        other.evidence.learner_id
        for other in queries.words_about_others(request.centre_id, learners, MOST_OTHERS)
        if share(mine, runs_of(other.plain)) >= SAME
    }
    if others:
        yield "same words", plural(len(others), "other learner")


def _of_address(request: WitnessRequest) -> Iterator[tuple[str, str]]:
    domain = alike(request.email).rpartition("@")[2]
    if domain in FREE_MAIL and domain == alike(request.learner.email).rpartition("@")[2]:
        yield "free mail", domain


def _of_units(request: WitnessRequest, version: Version) -> Iterator[tuple[str, str]]:
    told = {tuple(pair) for pair in (version.testimony or {}).get("points", ())}
    editions = {point.edition_id: point.edition for point in request.points}.values()
    whole = [one.code for one in editions if {(one.code, point.ref) for point in one.points} <= told]
    if whole:
        yield "whole unit", listed(whole)
