"""Two records of one learner are made one: work, units and what is stated of the person."""

from portfolio.assessment import queries
from portfolio.assessment.merging import plan
from portfolio.assessment.operations.ways_back import ensure_reason, take_out
from portfolio.evidence import operations as evidence
from portfolio.evidence.arrivals import operations as arrivals
from portfolio.evidence.meetings.operations import move_meetings
from portfolio.evidence.witnesses.operations import move_requests
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import OutOfTurn, Refused
from portfolio.people import operations as people
from portfolio.people.models import Person
from portfolio.people.rules import Merging, Registration
from portfolio.units import queries as units
from portfolio.units.qualifications import operations as qualifications


def merge(double: Person, stays: Person, kept: Registration, reason: str, *, by: Person) -> None:
    """Give all work of `double` to who stays, of whom `kept` is stated from now on; the double is taken out.

    Raises `Incomplete` without a reason or for too long a one and as `people.merge` does, `OutOfTurn` where one of them
    was taken out meanwhile. Refused as `merging.plan` objects, and for two of different centres; nothing is moved then.
    """
    ensure_reason(reason)
    hold(stays.centre)
    for person in sorted((double, stays), key=lambda one: one.id):
        hold(person)
    if double.removed_at or stays.removed_at:
        raise OutOfTurn("One of these records was removed or merged meanwhile. Look at what is there now.")
    if double.id == stays.id or double.centre_id != stays.centre_id:
        raise Refused("Choose two records of one centre.")
    for enrolment in (*units.enrolments_of(double.id), *units.enrolments_of(stays.id)):
        hold(enrolment)
        if assessment := queries.assessment_of(enrolment):
            queries.locked(assessment)
    planned = plan(double, stays, by=by)
    if planned.objections:
        raise Refused(" ".join(planned.objections))
    moved = evidence.move_evidence(double, stays)
    arrivals.hand_on(double, stays)
    move_requests(double, stays)
    move_meetings(double, stays)
    for enrolment, other in planned.replaced:
        qualifications.replace_unit(enrolment, other)
        take_out(enrolment, by=by)
    for enrolment in planned.moving:
        enrolment.learner_id, enrolment.learner = stays.id, stays
    db.session.flush()
    qualifications.hand_on(double, stays, by=by)
    moved["enrolments"] = [[one.id, one.edition.code] for one in planned.moving]
    people.merge(double, stays, kept, Merging(reason, moved), by=by)
