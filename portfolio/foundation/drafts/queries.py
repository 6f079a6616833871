"""Reads of drafts: nobody is given another's."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, func, select

from portfolio.foundation.db import db
from portfolio.foundation.drafts.models import Sitting


def drafts(person_id: int, places: Collection[str]) -> Sequence[Sitting]:
    """What somebody typed into these forms and did not save, the newest first."""
    query = select(Sitting).where(Sitting.person_id == person_id, Sitting.place.in_(places), ~Sitting.ended)
    return db.session.scalars(query.order_by(Sitting.at.desc(), Sitting.key)).all()


def ended(person_id: int, keys: Collection[str]) -> list[str]:
    """Those of these sittings of somebody that have ended."""
    query = select(Sitting.key).where(Sitting.person_id == person_id, Sitting.key.in_(keys), Sitting.ended)
    return list(db.session.scalars(query.order_by(Sitting.key)))


def sitting(person_id: int, key: str) -> Sitting | None:
    """A sitting of somebody, as it is now."""
    return db.session.get(Sitting, (person_id, key), populate_existing=True)


def count_others(person_id: int, keys: Collection[str]) -> int:
    """How many drafts somebody has in other sittings than these."""
    query = select(func.count()).where(Sitting.person_id == person_id, ~Sitting.ended, Sitting.key.not_in(keys))
    return db.session.scalar(query) or 0


def keys_of(person_id: int) -> Select[str]:
    """Keys of somebody's sittings, as part of another query."""
    return select(Sitting.key).where(Sitting.person_id == person_id)
