"""Reads about the register of policies and procedures."""

from sqlalchemy import select

from portfolio.evidence.procedures.models import Procedure
from portfolio.foundation.db import db
from portfolio.foundation.words.text import alike
from portfolio.people.models import Person


def procedure(id: int, *, viewer: Person) -> Procedure | None:
    """A policy or procedure at the viewer's centre, ended or not."""
    query = select(Procedure).where(Procedure.id == id, Procedure.centre_id == viewer.centre_id)
    return db.session.scalars(query).one_or_none()


def register(centre_id: int, *, ended: bool = False) -> list[Procedure]:
    """Those of a centre that are followed now, or those that were ended, by title and in the order of registration."""
    chosen = Procedure.ended_at.is_not(None) if ended else Procedure.ended_at.is_(None)
    found = db.session.scalars(select(Procedure).where(Procedure.centre_id == centre_id, chosen).order_by(Procedure.id))
    return sorted(found, key=lambda one: alike(one.title))


def same(centre_id: int, title: str, version: str) -> Procedure | None:
    """The one that is followed now under this title and version, however they are typed."""
    known = (
        one for one in register(centre_id) if (alike(one.title), alike(one.version)) == (alike(title), alike(version))
    )
    return next(known, None)


def follower(procedure: Procedure) -> Procedure | None:
    """The version that is followed now in its place."""
    query = select(Procedure).where(Procedure.follows_id == procedure.id, Procedure.ended_at.is_(None))
    return db.session.scalars(query.limit(1)).first()


def before(procedure: Procedure) -> Procedure | None:
    """The version that it followed."""
    return db.session.get(Procedure, procedure.follows_id) if procedure.follows_id else None
