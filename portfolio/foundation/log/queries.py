"""Reads of the log: the lines of a centre that say what is looked for, the newest first; what somebody did."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, or_, select

from portfolio.foundation.clock import stamp
from portfolio.foundation.db import db, like
from portfolio.foundation.log.audit import COMING_AND_GOING
from portfolio.foundation.log.tables import Event


@dataclass(frozen=True, slots=True)
class SoughtLines:
    """Which lines are looked for; what is empty does not narrow it."""

    words: str = ""
    """In the line as it was written: names, codes, deeds."""
    people: Collection[int] = ()
    """Ids of people whom the words name, however they are called by now: who did it, or whose work it is."""
    deed: str = ""
    learners: Collection[int] = ()
    """Ids: somebody's own, and those of the records that were merged into theirs."""
    since: date | None = None
    until: date | None = None
    """Days of the centre; the last one is in it."""


def lines(centre_id: int, wanted: SoughtLines, zone: ZoneInfo) -> Select[Event]:
    """The lines of a centre's log that are `wanted`, the newest first."""
    query = select(Event).where(Event.centre_id == centre_id).order_by(Event.seq.desc())
    if wanted.words:
        query = query.where(_says(wanted))
    if wanted.deed:
        query = query.where(Event.deed == wanted.deed)
    if wanted.learners:
        query = query.where(Event.learner_id.in_(wanted.learners))
    if wanted.since:
        query = query.where(Event.at >= _begin(wanted.since, zone))
    if wanted.until:
        query = query.where(Event.at < _begin(wanted.until + timedelta(days=1), zone))
    return query


def has_acted_on(person_id: int, learner_ids: Sequence[int]) -> bool:
    """Whether somebody did anything that the log files under a learner, by any of their records."""
    query = select(Event.id).where(Event.actor_id == person_id, Event.learner_id.in_(learner_ids))
    return db.session.scalars(query.limit(1)).first() is not None


def acted_as(person_id: int) -> set[str]:
    """In which roles somebody did more than come in and go; several at once as one text: `assessor, learner`."""
    query = select(Event.role).where(Event.actor_id == person_id, Event.deed.not_in(COMING_AND_GOING))
    return set(db.session.scalars(query.distinct()))


def _says(wanted: SoughtLines) -> ColumnElement[bool]:
    sought = like(wanted.words.lower())
    columns = (Event.actor, Event.deed, Event.subject, Event.facts)
    said = [func.lower(column).like(sought, escape="\\") for column in columns]
    return or_(*said, Event.actor_id.in_(wanted.people), Event.learner_id.in_(wanted.people))


def _begin(day: date, zone: ZoneInfo) -> str:
    return stamp(datetime.combine(day, time(), zone))
