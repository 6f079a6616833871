"""Questions that the product raises about what a witness stated, for assessors and IQAs; none is a verdict.

They are raised when it is signed, from what is known then, and stay with the request. The keyed hashes of devices and
networks by which some of them were raised are forgotten after 90 days; that the question was asked is not.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from portfolio.evidence import queries as gathered
from portfolio.evidence.models import Version
from portfolio.evidence.signatures import queries as signatures
from portfolio.evidence.signatures.rules import Signer
from portfolio.evidence.witnesses import queries
from portfolio.evidence.witnesses.likeness import BORROWED, Likeness
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.foundation.clock import now
from portfolio.foundation.words.text import alike, listed, plural
from portfolio.people import queries as people
from portfolio.units.models import EditionPoint

AT_ONCE = timedelta(minutes=1)
"""From opening to signing; reading the page takes longer."""
LATELY = timedelta(days=90)
SAME_WORDS = "same words"
BEFORE = "before"
"""Before the name of a question about what was signed before a correction."""
FREE_MAIL = frozenset({
    "aol.com", "btinternet.com", "gmail.com", "gmx.com", "gmx.net", "googlemail.com", "hotmail.com", "hotmail.co.uk",
    "icloud.com", "live.co.uk", "live.com", "mail.com", "me.com", "msn.com", "outlook.com", "proton.me",
    "protonmail.com", "sky.com", "talktalk.net", "virginmedia.com", "yahoo.co.uk", "yahoo.com", "ymail.com",
})  # fmt: skip
"""Domains at which anybody has an address."""


def raised(
    request: WitnessRequest, version: Version, likeness: Likeness, *, elsewhere: bool = False
) -> list[list[Any]]:
    """What is to be asked of what was just signed: a list for each question, its name and its numbers. What a
    correction does not answer by being asked again, is asked of what was signed before.

    `elsewhere`: it was typed on more than one device.
    """
    found: list[list[Any]] = [list(one) for one in (
        *_of_devices(request), *_of_times(request, version), *([("elsewhere",)] if elsewhere else []),
        *_of_names(version), *_of_words(likeness), *_same_words(likeness.learners), *_of_address(request),
        *_of_people(request), *_of_units(request, version),
    )]  # fmt: skip
    return [*found, *_of_before(request.questions.get(str(version.number - 1), ()), {one[0] for one in found})]


def _of_before(asked: Sequence[list[Any]], again: Collection[str]) -> Iterator[list[Any]]:
    """The questions about the version before whose names are not among those asked `again`."""
    for name, *values in asked:
        question = values if name == BEFORE else [name, *values]
        if question[0] not in again:
            yield [BEFORE, *question]


def raised_of_typed(version: Version) -> list[Any]:
    """The same of a testimony that an assessor typed: it tells of the points for which it is claimed."""
    points = [claim.point for claim in gathered.claims_on(version.evidence_id)]
    told = {(point.edition.code, point.ref) for point in points}
    return [list(one) for one in _whole_units(points, told)]


def raise_anew(echoes: Mapping[int, int]) -> None:
    """Ask of earlier testimonies, by the id of the item, that much the same was signed about so many other learners;
    not of one that somebody is at work on in this very moment, for nobody is waited for here.
    """
    for request in queries.free_behind(echoes):
        assert request.evidence is not None, "what was signed is an item"
        number = str(request.evidence.latest)
        kept = [one for one in request.questions.get(number, ()) if one[0] != SAME_WORDS]
        found = [*kept, *(list(one) for one in _same_words(echoes[request.evidence.id]))]
        request.questions = {**request.questions, number: found}


def asked(questions: Sequence[Sequence[Any]], learner: str) -> list[str]:
    """The questions as sentences, for whoever assesses the `learner` or assures the quality of it."""
    return list(filter(None, (_sentence(*question, learner=learner) for question in questions)))


def _sentence(name: str, *values: Any, learner: str) -> str:
    if name == BEFORE:
        return f"Of what was signed first: {_sentence(*values, learner=learner)}"
    return SENTENCES[name].format(*values, learner=learner) if name in SENTENCES else ""


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
    "somebody here": "The witness’s address is that of {0}, who is registered here. In which part do they speak?",
    "whole unit": "It covers all points of {0} by itself. Is there other evidence as well?",
}
"""By the name of the question; the numbers and the learner's name belong into it."""


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


def _of_words(likeness: Likeness) -> Iterator[tuple[str, object]]:
    if likeness.borrowed >= BORROWED:
        yield "learner’s words", round(100 * likeness.borrowed)


def _same_words(learners: int) -> Iterator[tuple[str, str]]:
    if learners:
        yield SAME_WORDS, plural(learners, "other learner")


def _of_address(request: WitnessRequest) -> Iterator[tuple[str, str]]:
    domain = alike(request.email).rpartition("@")[2]
    if domain in FREE_MAIL and domain == alike(request.learner.email).rpartition("@")[2]:
        yield "free mail", domain


def _of_people(request: WitnessRequest) -> Iterator[tuple[str, str]]:
    """Whose address of this centre it is, besides the learner's, which is refused."""
    found = people.person_by_email(request.email, request.learner.centre) if request.email else None
    if found:
        yield "somebody here", found.name


def _of_units(request: WitnessRequest, version: Version) -> Iterator[tuple[str, str]]:
    told = {tuple(pair) for pair in (version.testimony or {}).get("points", ())}
    yield from _whole_units(request.points, told)


def _whole_units(points: Iterable[EditionPoint], told: Collection[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    editions = {point.edition_id: point.edition for point in points}.values()
    whole = [one.code for one in editions if {(one.code, point.ref) for point in one.points} <= set(told)]
    if whole:
        yield "whole unit", listed(whole)
