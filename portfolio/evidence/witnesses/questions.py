"""Questions that the product raises about what a witness stated, for assessors and IQAs; none is a verdict.

They are raised when it is signed, from what is known then, and stay with the request. The keyed hashes of devices and
networks by which some of them were raised are forgotten after 90 days; that the question was asked is not.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from portfolio.evidence import queries as gathered
from portfolio.evidence.models import Version
from portfolio.evidence.signatures import queries as signatures
from portfolio.evidence.signatures.rules import Signer
from portfolio.evidence.witnesses import queries
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.rules.stating import HEADINGS
from portfolio.foundation.clock import now
from portfolio.foundation.words.text import alike, listed, plural
from portfolio.people import queries as people
from portfolio.units.models import EditionPoint

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
MOST_ECHOES = 20
"""Earlier testimonies of which the same is asked once a later one has their words."""
SAME_WORDS = "same words"
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
    found = (*_of_devices(request), *_of_times(request, version), *_of_names(version), *_of_words(request, version),
             *_same_words(request, version), *_of_address(request), *_of_units(request, version))  # fmt: skip
    return [list(one) for one in found]


def raised_of_typed(version: Version) -> list[Any]:
    """The same of a testimony that an assessor typed: it tells of the points for which it is claimed."""
    points = [claim.point for claim in gathered.claims_on(version.evidence_id)]
    told = {(point.edition.code, point.ref) for point in points}
    return [list(one) for one in _whole_units(points, told)]


def echoed(request: WitnessRequest, version: Version) -> list[WitnessRequest]:
    """Earlier requests about other learners whose testimonies have much the same words as this one; the newest of them,
    at most `MOST_ECHOES`.
    """
    items = [other.evidence_id for other in _others(request, version)]
    found = sorted(queries.requests_behind(items).values(), key=lambda one: one.id, reverse=True)
    return found[:MOST_ECHOES]


def raise_anew(request: WitnessRequest) -> None:
    """Ask of a request's newest version what it is asked, now that somebody else signed much the same words."""
    assert request.evidence is not None, "what was signed is an item"
    version = gathered.latest(request.evidence)
    before = request.questions.get(str(version.number), ())
    kept = [one for one in before if one[0] != SAME_WORDS]
    found = [*kept, *(list(one) for one in _same_words(request, version))]
    request.questions = {**request.questions, str(version.number): found}


def asked(questions: Sequence[Sequence[Any]], learner: str) -> list[str]:
    """The questions as sentences, for whoever assesses the `learner` or assures the quality of it."""
    return [SENTENCES[name].format(*values, learner=learner) for name, *values in questions if name in SENTENCES]


SENTENCES = {
    "device": "It was signed on a device that {learner} has used lately too. Did they lend it, and who wrote?",
    "device opened": "The link was opened on a device that {learner} has used lately, and signed on another one. Did "
    "the witness open it themselves?",
    "network": "It was signed from a network that {learner} has used lately too. Is it the one at work?",
    "elsewhere": "It was begun on one device and gone on with on another. Whose were they, and who wrote?",
    "network opened": "The link was opened from a network that {learner} has used lately, and signed from another one. "
    "Is it the one at work?",
    "names": "The witness gave their name as {0}, and signed as {1}. Is that the same person?",
    "at once": "It was signed within a minute of opening the link, as far as is known. Was it written before, by whom?",
    "learner’s words": "{0} % of it stands word for word in {learner}’s own texts. Are these the witness’s own words?",
    SAME_WORDS: "Much the same words were signed about {0}. Did somebody hand out a text?",
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
    for sort in ("device", "network"):
        if (sort, True) in shared:
            yield (sort,)
            return
        if (sort, False) in shared:
            yield (f"{sort} opened",)
            return


def _of_names(version: Version) -> Iterator[tuple[str, str, str]]:
    signature, said = signatures.signature(version, Signer.WITNESS), version.testimony or {}
    if signature and alike(signature.name) != alike(said.get("witness", "")):
        yield "names", said.get("witness", ""), signature.name


def _of_times(request: WitnessRequest, version: Version) -> Iterator[tuple[str]]:
    first = request.signed_at if version.number == 1 else None
    if first and request.opened_at and first - request.opened_at < AT_ONCE:
        yield ("at once",)


def _given(request: WitnessRequest) -> list[str]:
    """What both had before them: the headings, and the points."""
    return [*HEADINGS, *(f"{point.text} {' '.join(part['text'] for part in point.parts)}" for point in request.points)]


def _of_words(request: WitnessRequest, version: Version) -> Iterator[tuple[str, object]]:
    learners = people.records_of(request.learner_id)
    own = [request.note, *queries.own_texts(learners, MOST_TEXTS)]
    if (part := borrowed(version.plain, own, _given(request))) >= BORROWED:
        yield "learner’s words", round(100 * part)


def _others(request: WitnessRequest, version: Version) -> list[Version]:
    """What was signed about other learners in much the same words."""
    mine = runs_of(version.plain) - _all(_given(request))
    about_others = queries.words_about_others(request.centre_id, people.records_of(request.learner_id), MOST_OTHERS)
    return [other for other in about_others if share(mine, runs_of(other.plain)) >= SAME]


def _same_words(request: WitnessRequest, version: Version) -> Iterator[tuple[str, str]]:
    if learners := {other.evidence.learner_id for other in _others(request, version)}:
        yield SAME_WORDS, plural(len(learners), "other learner")


def _of_address(request: WitnessRequest) -> Iterator[tuple[str, str]]:
    domain = alike(request.email).rpartition("@")[2]
    if domain in FREE_MAIL and domain == alike(request.learner.email).rpartition("@")[2]:
        yield "free mail", domain


def _of_units(request: WitnessRequest, version: Version) -> Iterator[tuple[str, str]]:
    told = {tuple(pair) for pair in (version.testimony or {}).get("points", ())}
    yield from _whole_units(request.points, told)


def _whole_units(points: Iterable[EditionPoint], told: Collection[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    editions = {point.edition_id: point.edition for point in points}.values()
    whole = [one.code for one in editions if {(one.code, point.ref) for point in one.points} <= set(told)]
    if whole:
        yield "whole unit", listed(whole)
