"""Minutes are signed: by the assessor they become evidence; where the learner agrees their points become claims."""

from typing import Any

from portfolio.evidence import operations as evidence
from portfolio.evidence import queries as items
from portfolio.evidence.content import Content
from portfolio.evidence.drafts import Minutes
from portfolio.evidence.meetings import queries
from portfolio.evidence.meetings.composing import PlaceOffered, compose_minutes, offers
from portfolio.evidence.meetings.lifecycle import MeetingStep
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.operations.planning import hold_open
from portfolio.evidence.meetings.recordings import called
from portfolio.evidence.meetings.rules import (
    ASSESSORS_WORDS,
    DISPUTED_MAIL,
    LEARNER_AGREES,
    LEARNER_OBJECTS,
    TO_SIGN_MAIL,
    ensure_signable,
)
from portfolio.evidence.models import Evidence, Version
from portfolio.evidence.places import locators
from portfolio.evidence.rules import Kind
from portfolio.evidence.signatures.models import Signature
from portfolio.evidence.signatures.operations import sign
from portfolio.evidence.signatures.rules import Signer, Signing
from portfolio.foundation.db import db
from portfolio.foundation.errors import Conflict, OutOfTurn
from portfolio.people import news
from portfolio.people.models import Person
from portfolio.units import queries as units

CHANGED = "Something was written down since you opened this page. Read it again, then sign."
THE_SAME = "Nothing is different from what you signed. Leave it as it was signed, or change something first."


def sign_as_assessor(meeting: Meeting, content: Content, name: str, *, based_on: int, by: Person) -> Evidence:
    """Freeze what is written down, as `content` composes it, as an item or as its next version, and sign that.

    What is claimed in a version before stays claimed there until the learner agrees to the new one.

    Raises `Conflict` where something was saved since `based_on`, or would be composed otherwise by now; `Incomplete`
    without a name, where nothing is written down and as `evidence.add` does; `OutOfTurn` by the table, and where
    nothing is different from what was signed.
    """
    hold_open(meeting, MeetingStep.SIGN)
    minutes = content.draft.minutes or Minutes()
    composed = compose_minutes(meeting.kind, minutes, called(queries.files_of(meeting)))
    if meeting.saved != based_on or composed.text != content.draft.text:
        raise Conflict(CHANGED)
    ensure_signable(meeting.kind, minutes)
    version = _frozen(meeting, content, by=by)
    sign(version, Signing(Signer.ASSESSOR, name, ASSESSORS_WORDS[meeting.kind]), by=by)
    meeting.evidence_id, meeting.evidence = version.evidence_id, version.evidence
    meeting.signed, meeting.left_at = meeting.saved, None
    meeting.offers = [_written(one) for one in offers(minutes, composed, version.plain)]
    db.session.flush()
    news.tell(TO_SIGN_MAIL, f"meeting {meeting.id}", [meeting.learner], by=by)
    return version.evidence


def sign_as_learner(
    meeting: Meeting, name: str, *, agrees: bool, comment: str = "", seen: int, by: Person
) -> Signature:
    """Sign as the learner the version with the number `seen`. Who agrees claims the points at the very steps; what
    was claimed in a version before is taken back.

    Raises `Incomplete` without a name, or for who does not agree and says no word; `Conflict` where there is another
    version by now; `OutOfTurn` by the table, and while a recording is not measured.
    """
    hold_open(meeting, MeetingStep.AGREE if agrees else MeetingStep.OBJECT, by=Signer.LEARNER)
    assert meeting.evidence is not None, "the table lets the learner sign only what the assessor signed"
    version = items.latest(meeting.evidence)
    if version.number != seen:
        raise Conflict(CHANGED)
    words = LEARNER_AGREES if agrees else LEARNER_OBJECTS
    signature = sign(version, Signing(Signer.LEARNER, name, words, agrees=agrees, comment=comment), by=by)
    if agrees:
        _claim(meeting, version, by=by)
    else:
        news.tell(DISPUTED_MAIL, f"meeting {meeting.id}", [meeting.assessor], by=by)
    return signature


def _frozen(meeting: Meeting, content: Content, *, by: Person) -> Version:
    if meeting.evidence is None:
        item = evidence.add(Kind(meeting.kind), content, learner=meeting.learner, by=by)
        return items.latest(item)
    before = meeting.evidence.latest
    version = evidence.save(meeting.evidence, content, based_on=before, by=by, claims_stay=True)
    if version.number == before:
        raise OutOfTurn(THE_SAME)
    return version


def _written(offer: PlaceOffered) -> list[Any]:
    """An offer as it is kept: the points by code and number, which are the same in each edition."""
    return [[list(one) for one in offer.points], locators.write(offer.place), offer.reason]


def _claim(meeting: Meeting, version: Version, *, by: Person) -> None:
    """Claim what was offered, for points of units on which the learner is still enrolled, in place of what was claimed
    in versions before.
    """
    for claim in items.claims_on(version.evidence_id):
        evidence.remove_claim(claim, by=by)
    points = units.points_of(meeting.learner_id)
    for pairs, selector, reason in meeting.offers:
        chosen = [point for point in points if [point.edition.code, point.ref] in pairs]
        if chosen:
            evidence.claim(version, locators.read(selector), chosen, reason=reason, by=by)
