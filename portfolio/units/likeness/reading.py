"""Writes down what the points of editions mean; the worker does, where the model of sentences is installed."""

from criteria.likeness import model
from criteria.likeness.meaning import packed
from criteria.siblings import texts
from portfolio.foundation.db import db, transaction
from portfolio.units.likeness import queries
from portfolio.units.models import EditionMeanings
from portfolio.units.queries import unit_in

AT_ONCE = 500
"""Editions that are read in one hour."""


def catch_up() -> None:
    """Read what the present model has not read, one edition after the other."""
    if not model.is_there():
        return
    wanted = [(edition.id, texts([unit_in(edition.text)])) for edition in queries.unread(AT_ONCE)]
    db.session.rollback()
    for id, asked in wanted:
        data = packed(model.meanings(asked))
        with transaction():
            db.session.merge(EditionMeanings(edition_id=id, model=model.NAME, data=data))
