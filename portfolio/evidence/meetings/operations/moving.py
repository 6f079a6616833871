"""The meetings with one record of somebody go over to another."""

from sqlalchemy import update

from portfolio.evidence.meetings.models import Meeting
from portfolio.foundation.db import db
from portfolio.people.models import Person


def move_meetings(double: Person, stays: Person) -> None:
    """Let the meetings with `double` be with who stays."""
    rows = update(Meeting).where(Meeting.learner_id == double.id).values(learner_id=stays.id)
    db.session.execute(rows.execution_options(synchronize_session="fetch"))
