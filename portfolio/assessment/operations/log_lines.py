"""The present round, whether it still waits, and the line in the log that every deed on an assessment leaves."""

from portfolio.assessment import queries
from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment, Round
from portfolio.assessment.together.meanwhile import meanwhile
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import OutOfTurn
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.people.models import Person
from portfolio.units.models import Enrolment


def present(assessment: Assessment) -> Round:
    """The round that waits or was answered last; `OutOfTurn` when there is none."""
    round = queries.present_round(assessment)
    if round is None:
        raise OutOfTurn("Nothing is handed in for this unit.")
    return round


def ensure_waits(assessment: Assessment, round_id: int | None, *, by: Person) -> None:
    """Hold the assessment; `OutOfTurn`, with what became of it, where round `round_id` is known and waits no more."""
    queries.locked(assessment)
    if told := meanwhile(assessment, round_id, viewer=by):
        raise OutOfTurn(told)


def begun(enrolment: Enrolment) -> Assessment:
    """The assessment of an enrolment, locked; begun now when there is none."""
    hold(enrolment)
    assessment = queries.assessment_of(enrolment)
    if assessment:
        return queries.locked(assessment)
    assessment = Assessment(
        centre_id=enrolment.centre_id,
        enrolment_id=enrolment.id,
        enrolment=enrolment,
        assessor_id=enrolment.assessor_id,
        state=State.GATHERING,
        round=0,
    )
    db.session.add(assessment)
    db.session.flush()
    return assessment


def record(deed: Deed, assessment: Assessment, *, by: Person, **facts: object) -> None:
    """Write the deed to the log, with the unit and the state that it led to."""
    db.session.flush()
    enrolment = assessment.enrolment
    audit.record(
        deed, f"assessment {assessment.id}", by=by, learner_id=enrolment.learner_id, unit=enrolment.edition.code,
        state=assessment.state, **facts,
    )  # fmt: skip
