"""Reads about what the points of editions mean, and what follows from it; kept for as long as a process lives."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain

from sqlalchemy import or_, select

from criteria.likeness import model
from criteria.likeness.meaning import Meaning, unpacked
from criteria.likeness.points import Points
from criteria.siblings import siblings as find_siblings
from criteria.siblings import texts
from criteria.suggestions import Suggestion, suggestions
from criteria.unit import Unit
from portfolio.foundation.db import db
from portfolio.units.models import Edition, EditionMeanings, EditionPoint
from portfolio.units.queries import unit_in

Ref = tuple[str, str]
"""Code of a unit and `ref` of a point."""


def siblings(editions: Sequence[Edition]) -> dict[Ref, tuple[Ref, ...]]:
    """For each point those that ask nearly the same, within `editions`; by letters where not all of them were read."""
    ids = tuple(edition.id for edition in editions)
    query = select(EditionMeanings.edition_id).where(EditionMeanings.edition_id.in_(ids), _IS_PRESENT)
    known = set(db.session.scalars(query)) if ids else set()
    return _siblings(ids, tuple(edition.text for edition in editions), known.issuperset(ids))


def suggested(editions: Sequence[Edition], sentence: str, most: int) -> list[tuple[EditionPoint, Suggestion]]:
    """The points of `editions` that a sentence may serve best, `most` of them, where a word of it speaks for them.

    With the model where it is installed: it is loaded when the first sentence comes, and reads what was not read yet.
    """
    reads = model.is_there()
    ids, said = tuple(edition.id for edition in editions), tuple(edition.text for edition in editions)
    points = _points(ids, said, reads)
    best = suggestions(points, sentence, model.meanings([sentence])[0] if reads else None)
    each = [point for edition in editions for point in edition.points]
    speaking = ((each[one.number], one) for one in best if one.because)
    return [found for found, _ in zip(speaking, range(most), strict=False)]


def unread(most: int) -> list[Edition]:
    """Editions that the present model has not read, `most` of them, the oldest first."""
    lacking = or_(EditionMeanings.edition_id.is_(None), ~_IS_PRESENT)
    query = select(Edition).outerjoin(EditionMeanings, EditionMeanings.edition_id == Edition.id).where(lacking)
    return list(db.session.scalars(query.order_by(Edition.id).limit(most)))


_IS_PRESENT = EditionMeanings.model == model.NAME


@lru_cache(maxsize=256)
def _siblings(ids: tuple[int, ...], said: tuple[str, ...], is_read: bool) -> dict[Ref, tuple[Ref, ...]]:
    units = tuple(map(unit_in, said))
    return dict(find_siblings(units, _meanings(ids, units) if is_read else None))


@lru_cache(maxsize=16)
def _points(ids: tuple[int, ...], said: tuple[str, ...], is_read: bool) -> Points:
    units = tuple(map(unit_in, said))
    return Points(texts(units), _meanings(ids, units) if is_read else None)


def _meanings(ids: Sequence[int], units: Sequence[Unit]) -> list[Meaning]:
    """What is kept, and what the model says of the rest."""
    query = select(EditionMeanings).where(EditionMeanings.edition_id.in_(ids), _IS_PRESENT)
    kept = {one.edition_id: one.data for one in db.session.scalars(query)}
    each = (
        unpacked(kept[id]) if id in kept else model.meanings(texts([unit])) for id, unit in zip(ids, units, strict=True)
    )
    return list(chain.from_iterable(each))
