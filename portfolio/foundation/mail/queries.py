"""Reads about mail."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Select, func, select

from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.mail.models import Mail


def next_due() -> Mail | None:
    """The mail that is tried next, where one is due; none that is in a hand."""
    query = select(Mail).where(Mail.state == "waiting", Mail.due_at <= now(), Mail.handed_at.is_(None))
    return db.session.scalars(query.order_by(Mail.due_at, Mail.id).limit(1)).first()


def waiting() -> list[Mail]:
    """All that is still to be sent."""
    return list(db.session.scalars(select(Mail).where(Mail.state == "waiting").order_by(Mail.id)))


def left_in_hand() -> list[int]:
    """Ids of those that were begun to be handed in, and of which nobody said since whether they went."""
    return list(db.session.scalars(select(Mail.id).where(Mail.state == "waiting", Mail.handed_at.is_not(None))))


def named(ids: Collection[int]) -> list[Mail]:
    """The mails of these ids."""
    return list(db.session.scalars(select(Mail).where(Mail.id.in_(ids)).order_by(Mail.id)))


def last_about(things: Collection[str], kind: str) -> dict[str, Mail]:
    """The last mail of a kind about each of these things, by the thing."""
    query = select(Mail).where(Mail.kind == kind, Mail.about.in_(things)).order_by(Mail.id)
    return {mail.about: mail for mail in db.session.scalars(query)}


def was_sent(about: str, kind: str) -> bool:
    """Whether the mail server took a mail of a kind about something."""
    query = select(Mail.id).where(Mail.kind == kind, Mail.about == about, Mail.state == "sent")
    return db.session.scalars(query.limit(1)).first() is not None


def last_of_each(centre_id: int, state: str = "") -> Select[Mail]:
    """A centre's mails, or those in a state, the newest first; of several about one thing to one reader the last."""
    query = select(Mail).where(Mail.id.in_(last_ids(centre_id)))
    return (query.where(Mail.state == state) if state else query).order_by(Mail.id.desc())


def last_ids(centre_id: int, kind: str = "") -> Select[int]:
    """Ids of a centre's last mails, or those of a kind, about each thing to each reader, as part of another query."""
    query = select(func.max(Mail.id)).where(Mail.centre_id == centre_id)
    query = query.where(Mail.kind == kind) if kind else query
    return query.group_by(Mail.kind, Mail.about, Mail.person_id)


def counts(centre_id: int) -> dict[str, int]:
    """How many of a centre's mails, the last about each thing to each reader, are in each state that one is in."""
    query = select(Mail.state, func.count()).where(Mail.id.in_(last_ids(centre_id))).group_by(Mail.state)
    return dict(db.session.execute(query).all())


def mail(id: int, *, viewer: Actor) -> Mail | None:
    """A mail of the viewer's centre, where there is one of that id."""
    found = db.session.get(Mail, id)
    return found if found is not None and found.centre_id == viewer.centre_id else None


def count_since(person_ids: Collection[int], since: datetime) -> dict[int, int]:
    """How many mails were asked for since a moment, to each of these people who had any."""
    query = select(Mail.person_id, func.count()).where(Mail.person_id.in_(person_ids), Mail.asked_at >= since)
    return {id: count for id, count in db.session.execute(query.group_by(Mail.person_id)) if id is not None}


def last_to(person_id: int, kind: str) -> Mail | None:
    """The last mail of a kind to a person."""
    query = select(Mail).where(Mail.person_id == person_id, Mail.kind == kind).order_by(Mail.id.desc())
    return db.session.scalars(query.limit(1)).first()


def how_far(centre_id: int, kind: str = "", *, person_id: int | None = None) -> tuple[int, int]:
    """Of a centre's mails, of a kind, to a person, since the oldest that waits: how many are done, of how many.

    Both are 0 where none waits.
    """
    here = [Mail.centre_id == centre_id]
    here += [Mail.kind == kind] if kind else []
    here += [Mail.person_id == person_id] if person_id else []
    oldest = select(func.min(Mail.id)).where(*here, Mail.state == "waiting").scalar_subquery()
    query = select(Mail.state, func.count().label("counted")).where(*here, Mail.id >= oldest).group_by(Mail.state)
    counts = {row.state: row.counted for row in db.session.execute(query)}
    return sum(counts.values()) - counts.get("waiting", 0), sum(counts.values())
