"""Writes about what was opened: the house's own lines, which make no new report of a learner."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import delete

from portfolio.evidence.opening import queries
from portfolio.evidence.opening.models import Opening
from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.people.models import Person

KEPT = timedelta(days=7)
"""After that a row says nothing that the log does not."""


def noted(subjects: Collection[str], *, by: Person) -> set[str]:
    """Of these, what the log has lines of today for that `by` opened it."""
    return queries.noted(subjects, by=by, day=_today(by))


def look(subject: str, *, by: Person, learner: Person, **facts: Any) -> None:
    """Put on record that `by` opens the work of `learner`, the first time today."""
    _note(Deed.WORK_OPENED, subject, by=by, whose=learner.id, **facts)
    if not noted([work_of(learner)], by=by):
        db.session.add(Opening(person_id=by.id, subject=work_of(learner), day=_today(by)))


def work_of(learner: Person) -> str:
    """What is noted beside each thing of a learner's that was opened: that anything of theirs was."""
    return f"work of {learner.id}"


def take(subject: str, *, by: Person, **facts: Any) -> None:
    """Put on record that `by` takes an original away, the first time today."""
    _note(Deed.ORIGINAL_TAKEN, subject, by=by, **facts)


def forget() -> None:
    """Remove rows of days that are over."""
    old = delete(Opening).where(Opening.day < (now() - KEPT).date())
    db.session.execute(old.execution_options(synchronize_session=False))


def _note(deed: Deed, subject: str, *, by: Person, **facts: Any) -> None:
    if noted([subject], by=by):
        return
    db.session.add(Opening(person_id=by.id, subject=subject, day=_today(by)))
    db.session.flush()
    audit.record(deed, subject, by=by, **facts)


def _today(by: Person) -> date:
    return now().astimezone(ZoneInfo(by.centre.timezone)).date()
