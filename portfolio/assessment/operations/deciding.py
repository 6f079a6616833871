"""Decisions on a whole unit: refer, award, withdraw; and who is responsible for it."""

from portfolio.assessment import lifecycle, queries
from portfolio.assessment.lifecycle import State, Step
from portfolio.assessment.models import Assessment
from portfolio.assessment.operations.log_lines import begun, present, record
from portfolio.assessment.operations.taking_over import take_over_words
from portfolio.assessment.operations.ways_back import ensure_reason, take_step
from portfolio.assessment.rules import DECIDED_LENGTHS, FALLEN, Decision, TakenOver, Verdict, is_settled
from portfolio.assessment.standing import fallen_points, resting
from portfolio.foundation.clock import now, stamp
from portfolio.foundation.db import db
from portfolio.foundation.drafts import operations as drafts
from portfolio.foundation.drafts import queries as typed
from portfolio.foundation.errors import Conflict, Incomplete, Refused
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.words.lengths import ensure_fits
from portfolio.foundation.words.text import is_blank, listed
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units.models import Enrolment
from portfolio.units.operations import ensure_duties_separate, responsible


def refer(assessment: Assessment, decision: Decision, *, by: Person) -> TakenOver:
    """Give a unit back to the learner with what is still needed; tells which feedback keeps words of before.

    Raises `OutOfTurn` where it is not handed in, `Conflict` where feedback waits to say a shared sentence as it is now,
    `Incomplete` for a point without a verdict or for no feedback. Refused where every point is met.
    """
    taken = _ensure_worded(assessment, by=by)
    after = lifecycle.after(State(assessment.state), Step.REFER, by=by)
    verdicts = _ensure_all_judged(assessment)
    if all(verdict == Verdict.MET for verdict in verdicts.values()):
        raise Refused("Every point is met, so there is nothing to refer. Award the unit.")
    if is_blank(decision.feedback):
        raise Incomplete("Tell the learner in a few words what to do next.", ("feedback",))
    _decide(assessment, after, decision, by=by)
    return taken


def award(assessment: Assessment, decision: Decision, *, by: Person) -> TakenOver:
    """Decide that a unit is achieved; tells which feedback keeps words of before.

    Raises `OutOfTurn` where it is not handed in, `Conflict` where feedback waits to say a shared sentence as it is now,
    `Incomplete` for points that are not met, each `ref` in `lacks`, or whose evidence has fallen since, or where
    nothing is said of authenticity.
    """
    taken = _ensure_worded(assessment, by=by)
    after = lifecycle.after(State(assessment.state), Step.AWARD, by=by)
    verdicts = _ensure_all_judged(assessment)
    short = tuple(ref for ref, verdict in verdicts.items() if verdict != Verdict.MET)
    if short:
        raise Incomplete(
            f"To award, every point must be met. Not met yet: {', '.join(short)}.",
            short,
        )
    if fallen := fallen_points(assessment, present(assessment)):
        raise Incomplete(f"Point {listed(fallen)}: {FALLEN}", fallen)
    if is_blank(decision.authenticity):
        raise Incomplete(
            "Say how you made sure that this is the learner's own work.",
            ("authenticity",),
        )
    _decide(assessment, after, decision, by=by)
    return taken


def withdraw(enrolment: Enrolment, reason: str, *, by: Person) -> Assessment:
    """End a learner's work on a unit; all of it stays on record.

    Raises `Incomplete` without a reason or for too long a one, `OutOfTurn` where the learner was withdrawn before.
    """
    ensure_reason(reason)
    assessment = begun(enrolment)
    take_step(assessment, Step.WITHDRAW, reason, deed=Deed.WITHDRAWN, by=by)
    return assessment


def allocate(enrolment: Enrolment, *, assessor: Person | None, iqa: Person | None, by: Person) -> None:
    """Change who judges and who verifies a learner's unit. Refused as by `ensure_duties_separate`.

    What the assessor of before had typed at the desk and not saved is handed on to the new one.
    """
    ensure_duties_separate(enrolment.learner, assessor, iqa, before=enrolment)
    former = enrolment.assessor
    enrolment.assessor_id = assessor.id if assessor else None
    enrolment.iqa_id = iqa.id if iqa else None
    assessment = queries.assessment_of(enrolment)
    if assessment:
        assessment.assessor_id = enrolment.assessor_id
        if assessor and assessor != former:
            _hand_on(assessment, former, to=assessor, by=by)
    db.session.flush()
    audit.record(
        Deed.ALLOCATED, f"enrolment {enrolment.id}", by=by, learner_id=enrolment.learner_id,
        unit=enrolment.edition.code, **responsible(assessor, iqa),
    )  # fmt: skip


def _hand_on(assessment: Assessment, former: Person | None, *, to: Person, by: Person) -> None:
    """Hand on what was typed at a desk by its former assessor; where it was nobody's, by whoever of the staff did."""
    places = [f"{form}-{assessment.id}-" for form in ("judging", "flaw", "comment", "answer", "decision")]
    others = (people.person(id, viewer=by) for id in typed.typists(places) if former is None)
    for one in [former] if former else [one for one in others if one and one.is_staff and one != to]:
        drafts.hand_on(places, of=one, to=to)


def hand_over(person: Person, role: Role, to: Person | None, *, by: Person) -> int:
    """Allocate to somebody else what is open and `person` answers for in `role`; returns how many units it was.

    With nobody to take over, all of it stays where it is: nobody's, if the person cannot do it any more. Refused, and
    nothing is handed over, where `to` may not have one of the units.
    """
    if to is None:
        return 0
    held = queries.answered_for(person, role)
    queries.hold_all(held)
    for enrolment in held:
        assessor, iqa = (to, enrolment.iqa) if role is Role.ASSESSOR else (enrolment.assessor, to)
        allocate(enrolment, assessor=assessor, iqa=iqa, by=by)
    return len(held)


def take_up(enrolment: Enrolment, *, assessor: Person | None, iqa: Person | None, by: Person) -> None:
    """Name whoever a unit lacks; who can do their part already keeps it. Refused as by `ensure_duties_separate`."""
    assessor = enrolment.assessor_now or assessor or enrolment.assessor
    allocate(enrolment, assessor=assessor, iqa=enrolment.iqa_now or iqa or enrolment.iqa, by=by)


def _ensure_worded(assessment: Assessment, *, by: Person) -> TakenOver:
    """What keeps its words; `Conflict` where others would be decided than the assessor has seen."""
    taken = take_over_words(assessment, by=by)
    if taken.said:
        raise Conflict("Nothing is decided yet. Read the feedback as it is now, then decide.")
    return taken


def _ensure_all_judged(assessment: Assessment) -> dict[str, str]:
    """The verdict on every point by its `ref`; `Incomplete` while one is open in the present round."""
    round = present(assessment)
    standing = queries.standing(queries.judgements(assessment))
    verdicts, open_points = {}, []
    for point in assessment.enrolment.edition.points:
        judgement = standing.get(point.id)
        if judgement and is_settled(
            judgement.verdict, given_in=judgement.round_id, present=round.id, reopened=assessment.reopened_id
        ):
            verdicts[point.ref] = str(judgement.verdict)
        else:
            open_points.append(point.ref)
    if open_points:
        raise Incomplete(
            f"Give a verdict on every point first. Open: {', '.join(open_points)}.",
            tuple(open_points),
        )
    return verdicts


def _decide(assessment: Assessment, after: State, decision: Decision, *, by: Person) -> None:
    ensure_fits(decision, DECIDED_LENGTHS)
    round = present(assessment)
    decided_at = now()
    round.decision, round.decided_at, round.decided_by_id = str(after), decided_at, by.id
    round.feedback, round.authenticity, round.read_at = decision.feedback, decision.authenticity, None
    round.resting_on_own = list(resting(assessment, round))
    noted = {"resting_on_own": round.resting_on_own} if round.resting_on_own else {}
    assessment.state = after
    record(
        Deed.DECIDED, assessment, by=by, round=round.number, decision=str(after), manifest_sha256=round.manifest_sha256,
        feedback_sha256=audit.hash_of(decision.feedback), authenticity_sha256=audit.hash_of(decision.authenticity),
        decided_at=stamp(decided_at), **noted,
    )  # fmt: skip
