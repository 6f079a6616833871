"""Who is at a desk: said by their open page every so often. None of this is told in the log, nor to a learner."""

from sqlalchemy import delete

from portfolio.assessment.models import Assessment, Presence
from portfolio.assessment.rules import AWAY_AFTER
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, insert
from portfolio.people.models import Person


def be_here(assessment: Assessment, point_id: int | None, *, by: Person) -> None:
    """Note that `by` is at this desk now, with a point of its unit in hand, or none."""
    said = {"point_id": point_id, "at": now()}
    made = insert(Presence).values({"assessment_id": assessment.id, "person_id": by.id} | said)
    db.session.execute(made.on_conflict_do_update(index_elements=["assessment_id", "person_id"], set_=said))


def leave(assessment: Assessment, *, by: Person) -> None:
    """Note that `by` left this desk."""
    theirs = delete(Presence).where(Presence.assessment_id == assessment.id, Presence.person_id == by.id)
    db.session.execute(theirs.execution_options(synchronize_session=False))


def forget_presence(person: Person) -> None:
    """Delete where somebody was who is taken out."""
    theirs = delete(Presence).where(Presence.person_id == person.id)
    db.session.execute(theirs.execution_options(synchronize_session=False))


def sweep_presence() -> None:
    """Delete who has been away for a day."""
    away = delete(Presence).where(Presence.at < now() - AWAY_AFTER)
    db.session.execute(away.execution_options(synchronize_session=False))
