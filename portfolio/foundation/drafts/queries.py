"""Reads of drafts: nobody is given another's."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Select, func, or_, select

from portfolio.foundation.db import db
from portfolio.foundation.drafts.models import Sitting
from portfolio.foundation.drafts.rules import Turn


def drafts(person_id: int, places: Collection[str]) -> Sequence[Sitting]:
    """What somebody typed into these forms and did not save, the newest first."""
    query = select(Sitting).where(Sitting.person_id == person_id, Sitting.place.in_(places), ~Sitting.ended)
    return db.session.scalars(query.order_by(Sitting.at.desc(), Sitting.key)).all()


def begun_with(person_id: int, beginnings: Collection[str]) -> Sequence[Sitting]:
    """What somebody typed into forms whose places begin so and did not save."""
    query = select(Sitting).where(Sitting.person_id == person_id, ~Sitting.ended)
    places = or_(*(Sitting.place.startswith(one, autoescape=True) for one in beginnings))
    return db.session.scalars(query.where(places).order_by(Sitting.key)).all()


def typists(beginnings: Collection[str]) -> Sequence[int]:
    """Ids of those who typed something of their own into forms whose places begin so and did not save it."""
    places = or_(*(Sitting.place.startswith(one, autoescape=True) for one in beginnings))
    query = select(Sitting.person_id).where(places, ~Sitting.ended, Sitting.whose.is_(None)).distinct()
    return db.session.scalars(query.order_by(Sitting.person_id)).all()


def turns_at(person_id: int, place: str) -> list[Turn]:
    """The turns that are kept of a form, by their sittings, without their words."""
    return _turns(person_id, Sitting.place == place)


def held(person_id: int, keys: Collection[str]) -> list[Turn]:
    """The turns that are kept of these sittings of somebody, without their words."""
    return _turns(person_id, Sitting.key.in_(keys))


def ended(person_id: int, keys: Collection[str]) -> list[str]:
    """Those of these sittings of somebody that have ended."""
    query = select(Sitting.key).where(Sitting.person_id == person_id, Sitting.key.in_(keys), Sitting.ended)
    return list(db.session.scalars(query.order_by(Sitting.key)))


def sitting(person_id: int, key: str) -> Sitting | None:
    """A sitting of somebody, as it is now."""
    return db.session.get(Sitting, (person_id, key), populate_existing=True)


def others(person_id: int, keys: Collection[str]) -> tuple[int, int]:
    """How many drafts of their own somebody has in other sittings than these, and how many characters those are."""
    query = select(func.count(), func.coalesce(func.sum(func.length(Sitting.words)), 0))
    query = query.where(Sitting.person_id == person_id, ~Sitting.ended, Sitting.whose.is_(None))
    query = query.where(Sitting.key.not_in(keys))
    many, characters = db.session.execute(query).one()
    return many, characters


def count_ended(person_id: int) -> int:
    """Of how many sittings of somebody it is known that they ended."""
    query = select(func.count()).where(Sitting.person_id == person_id, Sitting.place == "", Sitting.ended)
    return db.session.scalar(query) or 0


def with_more_ended(many: int) -> Sequence[int]:
    """Ids of the people of whom more than so `many` sittings are known to have ended."""
    query = select(Sitting.person_id).where(Sitting.ended).group_by(Sitting.person_id).having(func.count() > many)
    return db.session.scalars(query.order_by(Sitting.person_id)).all()


def ended_before(person_id: int, many: int) -> Select[str]:
    """Keys of somebody's sittings that ended before the last so `many` of them, as part of another query."""
    query = select(Sitting.key).where(Sitting.person_id == person_id, Sitting.ended)
    return query.order_by(Sitting.at.desc(), Sitting.key).offset(many)


def keys_of(person_id: int) -> Select[str]:
    """Keys of somebody's sittings, as part of another query."""
    return select(Sitting.key).where(Sitting.person_id == person_id)


def _turns(person_id: int, which: ColumnElement[bool]) -> list[Turn]:
    query = select(Sitting.key, Sitting.turn).where(Sitting.person_id == person_id, ~Sitting.ended, which)
    return [Turn(key, turn) for key, turn in db.session.execute(query.order_by(Sitting.key))]
