"""Ways back: a decision is retracted, a withdrawal ended, an award opened again, an enrolment taken off."""

from portfolio.assessment import lifecycle, queries
from portfolio.assessment.lifecycle import State, Step
from portfolio.assessment.models import Assessment, StepTaken
from portfolio.assessment.operations.log_lines import present, record
from portfolio.assessment.operations.presence import forget_presence
from portfolio.assessment.rules import LONGEST_REASON, RETRACTED_WITHIN
from portfolio.evidence import queries as evidence
from portfolio.evidence.meetings import queries as meetings
from portfolio.evidence.witnesses import queries as witnesses
from portfolio.foundation.clock import now, stamp
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Incomplete, OutOfTurn, Refused
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.words.lengths import ensure_short
from portfolio.foundation.words.text import is_blank
from portfolio.people import operations as people
from portfolio.people.models import Person
from portfolio.units import queries as units
from portfolio.units.models import Enrolment
from portfolio.units.qualifications import operations as qualifications
from portfolio.units.qualifications import queries as programmes


def retract(assessment: Assessment, *, by: Person) -> None:
    """Undo one's own decision; what was typed with it stands in the form again.

    Raises `OutOfTurn` where none was made, when its time is over, and once somebody has read it. Refused for somebody
    else's.
    """
    queries.locked(assessment)
    after = lifecycle.after(State(assessment.state), Step.RETRACT, by=by)
    round = present(assessment)
    if round.id == assessment.reopened_id or round.decided_at is None:
        raise OutOfTurn("This unit was opened again after it was decided, so there is no decision to retract.")
    if round.decided_by_id != by.id:
        raise Refused("Only whoever decided can retract it.")
    if round.read_at:
        raise OutOfTurn("The decision has been read, so it cannot be retracted. An award can be opened again.")
    if now() - round.decided_at > RETRACTED_WITHIN:
        raise OutOfTurn("A decision can be retracted for ten minutes only. An award can be opened again.")
    round.decision, round.decided_at, round.decided_by_id = "", None, None
    round.resting_on_own = None
    assessment.state, assessment.phrases_changed = after, now()  # a sentence may have been changed since
    record(Deed.DECISION_RETRACTED, assessment, by=by, round=round.number)


def reinstate(assessment: Assessment, reason: str, *, by: Person) -> None:
    """End a withdrawal: the unit stands where it stood before.

    Raises `Incomplete` without a reason or for too long a one, `OutOfTurn` for who is not withdrawn.
    """
    ensure_reason(reason)
    queries.locked(assessment)
    take_step(assessment, Step.REINSTATE, reason, deed=Deed.REINSTATED, by=by)


def reopen(assessment: Assessment, reason: str, *, by: Person) -> None:
    """Let an award be looked at again: the learner hands in once more, and every point is judged anew.

    The award stays on record. Raises `Incomplete` without a reason or for too long a one, `OutOfTurn` where the unit is
    not achieved. Refused for one's own work.
    """
    ensure_reason(reason)
    queries.locked(assessment)
    if by.id == assessment.enrolment.learner_id:
        raise Refused("Nobody opens their own award again.")
    take_step(assessment, Step.REOPEN, reason, deed=Deed.REOPENED, by=by)


def take_off(enrolment: Enrolment, *, by: Person) -> None:
    """Remove an enrolment on which nobody worked; that it was there stays in the log.

    Raises `OutOfTurn` where the learner claimed something for the unit, where it was handed in or withdrawn, and where
    it counts towards a qualification.
    """
    hold(enrolment.learner)
    hold(enrolment)
    if not may_be_taken_off(enrolment):
        raise OutOfTurn(
            f"There is work on {enrolment.edition.code} already, so {enrolment.learner.name} stays enrolled. "
            "Withdraw them instead: all of it stays on record."
        )
    qualifications.release(enrolment)
    take_out(enrolment, by=by)


def take_out(enrolment: Enrolment, *, by: Person) -> None:
    """Remove an enrolment; whoever calls it knows that no work is lost by that."""
    subject, unit = f"enrolment {enrolment.id}", enrolment.edition.code
    learner_id = enrolment.learner_id
    db.session.delete(enrolment)
    db.session.flush()
    audit.record(Deed.ENROLMENT_TAKEN_OFF, subject, by=by, learner_id=learner_id, unit=unit)


def may_be_taken_off(enrolment: Enrolment) -> bool:
    """Whether nobody worked on an enrolment: nothing was ever claimed for it, handed in or withdrawn."""
    return queries.assessment_of(enrolment) is None and not evidence.was_claimed(
        enrolment.learner_id, enrolment.edition_id
    )


def remove_person(person: Person, *, by: Person) -> None:
    """Remove somebody who was registered by mistake. Raises `OutOfTurn` for who did anything, or answers for a unit."""
    hold(person)
    if not may_be_removed(person) or person.id == by.id:
        raise OutOfTurn(f"{person.name} did something here, or is named somewhere. Close the account instead.")
    forget_presence(person)
    people.remove(person, by=by)


def may_be_removed(person: Person) -> bool:
    """Whether somebody did nothing, gathered nothing, is named for no unit, and nobody was asked about their work."""
    named = units.is_named(person.id) or evidence.has_any(person.id) or programmes.all_of(person.id)
    waits = witnesses.requests_of(person.id) or meetings.meetings_of(person.id)
    return not named and not waits and not audit.has_acted(person.id)


def mark_read(learner_ids: list[int], *, by: Person | None = None) -> None:
    """Note that the decisions on these learners' units were seen: by somebody, or in a report (`by` is None).

    Nothing is noted of those that `by` made.
    """
    for round in queries.unread(learner_ids):
        if by is None or round.decided_by_id != by.id:
            round.read_at = now()


def ensure_reason(reason: str) -> None:
    """Raise `Incomplete` without a reason, or for one that is too long."""
    if is_blank(reason):
        raise Incomplete("Say why; it goes on record.", ("reason",))
    ensure_short("reason", reason, LONGEST_REASON)


def take_step(assessment: Assessment, step: Step, reason: str, *, deed: Deed, by: Person) -> None:
    """Take a step for a reason, with its record and its line in the log."""
    round = queries.present_round(assessment)
    before = State(round.stands) if round else State.GATHERING
    if round and round.id == assessment.reopened_id:
        before = State.REFERRED
    assessment.state = lifecycle.after(State(assessment.state), step, by=by, before=before)
    if step is Step.REOPEN and round:
        assessment.reopened_id = round.id
    taken = StepTaken(
        assessment_id=assessment.id, step=str(step), reason=reason, by_id=by.id, by_name=by.name, at=now()
    )
    db.session.add(taken)
    db.session.flush()
    record(deed, assessment, by=by, step=taken.id, stepped_at=stamp(taken.at), reason_sha256=audit.hash_of(reason))
