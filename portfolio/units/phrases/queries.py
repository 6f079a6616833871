"""Reads of sentences for feedback. What somebody used is asked for by their id alone."""

from collections.abc import Sequence

from sqlalchemy import Select, select

from portfolio.foundation.db import db
from portfolio.foundation.words.text import alike
from portfolio.people.models import Person
from portfolio.units.models import Edition
from portfolio.units.phrases.models import OwnPhrase, Phrase, WordsSaved


def phrase(id: int, *, viewer: Person) -> Phrase | None:
    """A shared sentence of the viewer's centre, removed or not."""
    query = select(Phrase).where(Phrase.id == id, Phrase.centre_id == viewer.centre_id)
    return db.session.scalars(query).one_or_none()


def own_phrase(id: int, *, viewer: Person) -> OwnPhrase | None:
    """A sentence of the viewer's own."""
    query = select(OwnPhrase).where(OwnPhrase.id == id, OwnPhrase.person_id == viewer.id)
    return db.session.scalars(query).one_or_none()


def shared(centre_id: int, unit: str) -> list[Phrase]:
    """What a centre shares for a unit, removed ones too, in the order in which they were added."""
    return list(db.session.scalars(_shared(centre_id, unit)))


def kept_still(centre_id: int, unit: str) -> list[Phrase]:
    """The same, and none of them is changed before this transaction ends; others may look all the same.

    Ask for it before an assessment is held: whoever changes a sentence holds the two in this order.
    """
    return list(db.session.scalars(_shared(centre_id, unit).with_for_update(read=True, of=Phrase)))


def same(phrase: Phrase, words: str) -> Phrase | None:
    """Another one for the same place that is not removed and says the same, however it is typed."""
    others = (one for one in shared(phrase.centre_id, phrase.unit) if one.point == phrase.point and not one.gone_at)
    return next((one for one in others if one.id != phrase.id and alike(one.words) == alike(words)), None)


def own(person_id: int, unit: str) -> Sequence[OwnPhrase]:
    """What somebody used for a unit, the most used first."""
    query = select(OwnPhrase).where(OwnPhrase.person_id == person_id, OwnPhrase.unit == unit)
    return db.session.scalars(query.order_by(OwnPhrase.uses.desc(), OwnPhrase.used_at.desc(), OwnPhrase.id)).all()


def words_saved(person_id: int) -> int:
    """How many words somebody did not type again."""
    return db.session.scalar(select(WordsSaved.count).where(WordsSaved.person_id == person_id)) or 0


def edition_of(phrase: Phrase | OwnPhrase, *, viewer: Person) -> Edition:
    """The newest edition of the unit that a sentence is for."""
    query = select(Edition).where(Edition.centre_id == viewer.centre_id, Edition.code == phrase.unit)
    return db.session.scalars(query.order_by(Edition.number.desc()).limit(1)).one()


def _shared(centre_id: int, unit: str) -> Select[Phrase]:
    return select(Phrase).where(Phrase.centre_id == centre_id, Phrase.unit == unit).order_by(Phrase.id)
