"""Reads of the log for people: the lines of a centre, the newest first, that say what is looked for."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, func, or_, select

from portfolio.foundation.clock import stamp
from portfolio.foundation.db import like
from portfolio.foundation.log.tables import Event


@dataclass(frozen=True, slots=True)
class SoughtLines:
    """Which lines are looked for; what is empty does not narrow it."""

    words: str = ""
    """In the line as it was written: names, codes, deeds."""
    people: Collection[int] = ()
    """Ids of people whom the words name, however they are called by now: who did it, or whose work it is."""
    deed: str = ""
    learner: int | None = None
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
    if wanted.learner is not None:
        query = query.where(Event.learner_id == wanted.learner)
    if wanted.since:
        query = query.where(Event.at >= _begin(wanted.since, zone))
    if wanted.until:
        query = query.where(Event.at < _begin(wanted.until + timedelta(days=1), zone))
    return query


def _says(wanted: SoughtLines) -> ColumnElement[bool]:
    sought = like(wanted.words.lower())
    columns = (Event.actor, Event.deed, Event.subject, Event.facts)
    said = [func.lower(column).like(sought, escape="\\") for column in columns]
    return or_(*said, Event.actor_id.in_(wanted.people), Event.learner_id.in_(wanted.people))


def _begin(day: date, zone: ZoneInfo) -> str:
    return stamp(datetime.combine(day, time(), zone))
