"""Reads about what was opened."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import select

from portfolio.evidence.opening.models import Opening
from portfolio.foundation.db import db
from portfolio.people.models import Person


def noted(subjects: Collection[str], *, by: Person, day: date) -> set[str]:
    """Of these, what the log says already that `by` opened on that day."""
    query = select(Opening.subject).where(Opening.person_id == by.id, Opening.day == day)
    return set(db.session.scalars(query.where(Opening.subject.in_(subjects))))
