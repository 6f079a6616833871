"""Something is said at a place, answered, read, taken back: while the round waits, and never edited."""

from portfolio.assessment import queries as assessments
from portfolio.assessment.conversations import queries
from portfolio.assessment.conversations.models import Comment, Conversation
from portfolio.assessment.conversations.rules import FROZEN, NO_SPEECH, ensure_said
from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment, Round
from portfolio.assessment.operations.log_lines import ensure_waits, present, record
from portfolio.evidence import queries as evidence
from portfolio.evidence.models import File
from portfolio.evidence.operations import ensure_within
from portfolio.evidence.places import locators
from portfolio.evidence.places.locators import Locator
from portfolio.foundation.clock import now, stamp
from portfolio.foundation.db import db
from portfolio.foundation.errors import OutOfTurn, Refused
from portfolio.foundation.log.audit import hash_of
from portfolio.foundation.log.deeds import Deed
from portfolio.people.models import Person


def comment(
    assessment: Assessment,
    version_id: int,
    place: Locator,
    words: str,
    *,
    by: Person,
    spoken: int | None = None,
    looked_at: int | None = None,
) -> Comment:
    """Say something at a place of a version that was handed in; where something was said there already, it goes on.

    `spoken` is the id of a file in which it is spoken, `looked_at` that of the round that was shown, where it is known.
    Raises `Incomplete` for no words or too many,
    `OutOfTurn` where the round waits no more. Refused for a version that was not handed in, for a file
    that is no recording of theirs, and as `evidence.ensure_within` does.
    """
    ensure_waits(assessment, looked_at, by=by)
    ensure_said(words)
    round = _open_round(assessment)
    version = assessments.handed_version(round, version_id)
    if version is None:
        raise Refused("This evidence was not handed in.")
    ensure_within(place, version)
    written = locators.write(place)
    found = queries.at_place(round, version_id, hash_of(written)) or Conversation(
        round_id=round.id, round=round, version_id=version_id, version=version, locator=written,
        place_sha256=hash_of(written), number=queries.count(round) + 1,
    )  # fmt: skip
    db.session.add(found)
    db.session.flush()
    return _said(found, words, spoken, by=by)


def answer(conversation: Conversation, words: str, *, by: Person, spoken: int | None = None) -> Comment:
    """Say something more; what the other side said counts as read. Raises `Incomplete` for no words or too many,
    `OutOfTurn` where the round waits no more. Refused for a file `spoken` that is no recording of theirs.
    """
    _ensure_open(conversation, by=by)
    ensure_said(words)
    return _said(conversation, words, spoken, by=by)


def take_comment_back(comment: Comment, *, by: Person) -> None:
    """Take back what one said last: nobody is shown its words any more.

    Raises `OutOfTurn` where it was read or answered, was taken back already, or the round waits no more.
    """
    _ensure_open(comment.conversation, by=by)
    db.session.refresh(comment)
    said = [one for one in queries.said_in(comment.conversation) if not one.taken_back_at]
    if comment.read_at or not said or said[-1] is not comment:
        raise OutOfTurn("This was read or answered meanwhile, so it stays.")
    comment.taken_back_at = now()
    _record(Deed.COMMENT_TAKEN_BACK, comment.conversation, [comment], by=by, taken_back_at=stamp(comment.taken_back_at))


def mark_read(conversation: Conversation, *, by: Person) -> None:
    """Say that one read what the other side said; also after the decision. What was read already stays so."""
    ensure_waits(conversation.round.assessment, None, by=by)
    read = _read(conversation, by=by)
    if read:
        _record(Deed.COMMENT_READ, conversation, read, by=by, read_at=stamp(now()))


def _open_round(assessment: Assessment) -> Round:
    """The round that waits. Raises `OutOfTurn` where none does."""
    round = present(assessment)
    if assessment.state != State.HANDED_IN:
        raise OutOfTurn(FROZEN)
    return round


def _ensure_open(conversation: Conversation, *, by: Person) -> None:
    """Hold the assessment. Raises `OutOfTurn` where the round of the conversation waits no more."""
    assessment = conversation.round.assessment
    ensure_waits(assessment, conversation.round_id, by=by)
    if _open_round(assessment).id != conversation.round_id:
        raise OutOfTurn(FROZEN)


def _recording(spoken: int, *, by: Person) -> File:
    """The recording that was sent. Refused for what is none, or somebody else's."""
    found = evidence.files((spoken,), owner=by)
    if not found or found[0].kind not in ("audio", "video"):
        raise Refused(NO_SPEECH)
    return found[0]


def _said(conversation: Conversation, words: str, spoken: int | None, *, by: Person) -> Comment:
    said, assessment = queries.said_in(conversation), conversation.round.assessment
    file = _recording(spoken, by=by) if spoken else None
    comment = Comment(
        conversation_id=conversation.id, conversation=conversation, number=len(said) + 1, words=words, by_id=by.id,
        by_name=by.name, by_learner=by.id == assessment.enrolment.learner_id, at=now(),
        file_id=file.id if file else None,
    )  # fmt: skip
    db.session.add(comment)
    read = _read(conversation, by=by)
    db.session.flush()
    _record(
        Deed.COMMENTED, conversation, [comment], by=by, said_at=stamp(comment.at), words_sha256=hash_of(words),
        read=[one.id for one in read], spoken_sha256=file.sha256 if file else "",
    )  # fmt: skip
    return comment


def _read(conversation: Conversation, *, by: Person) -> list[Comment]:
    """Set that `by` read what the other side said; what was not read before."""
    learns = by.id == conversation.round.assessment.enrolment.learner_id
    waits = [
        one
        for one in queries.said_in(conversation)
        if one.by_learner != learns and not one.read_at and not one.taken_back_at
    ]
    for one in waits:
        one.read_at = now()
    return waits


def _record(deed: Deed, conversation: Conversation, comments: list[Comment], *, by: Person, **facts: object) -> None:
    """Count anew what there is and what waits to be read, and write the line."""
    db.session.flush()
    assessment, version = conversation.round.assessment, conversation.version
    counted = queries.count_comments(assessment)
    assessment.comments = sum(counted.values())
    assessment.unread_by_learner, assessment.unread_by_assessor = (
        counted.get((by_learner, True), 0) for by_learner in (False, True)
    )
    record(
        deed, assessment, by=by, round=conversation.round.number, conversation=conversation.id,
        comments=[one.id for one in comments], item=version.evidence_id, version=version.number,
        version_sha256=version.sha256, selector_sha256=conversation.place_sha256, **facts,
    )  # fmt: skip
