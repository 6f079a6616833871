"""Writes about sentences for feedback: the centre's, each deed told in the log, and a person's own, which are not."""

from collections.abc import Iterable

from sqlalchemy import delete, update

from portfolio.foundation.clock import now
from portfolio.foundation.db import db, hold, insert
from portfolio.foundation.errors import Conflict, Incomplete, OutOfTurn, Refused
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.words.text import alike
from portfolio.people.models import Person
from portfolio.units.models import Edition
from portfolio.units.phrases import queries
from portfolio.units.phrases.models import OwnPhrase, Phrase, PhraseWording, WordsSaved
from portfolio.units.phrases.rules import LONGEST, MOST_OWN, MOST_SHARED, WHOLE_UNIT, as_phrase

THERE = "The same sentence is shared for this already."


def add(edition: Edition, point: str, words: str, *, by: Person) -> Phrase:
    """Share a sentence for a point (its `ref`) of a unit, or for all of it.

    Raises `Incomplete` as `as_phrase` does, for a point that the unit does not have, and where the same is shared for
    the same place. Refused where so many are shared for the unit that nobody would look through more.
    """
    words = as_phrase(words)
    if point != WHOLE_UNIT and point not in {one.ref for one in edition.points}:
        raise Incomplete("Choose one of the points of this unit.", ("point",))
    hold(by.centre)
    phrase = Phrase(centre_id=edition.centre_id, unit=edition.code, point=point, wordings=[])
    _ensure_new(phrase, words)
    _ensure_room(phrase)
    db.session.add(phrase)
    db.session.flush()
    _word(phrase, words, 1, by=by)
    _record(Deed.PHRASE_ADDED, phrase, by=by)
    return phrase


def change(phrase: Phrase, words: str, *, seen: int, by: Person) -> bool:
    """Word a shared sentence anew; whether that changed anything. `seen` is the number of the wording that was changed.

    Raises `Incomplete` as `add` does, `Conflict` where somebody else changed it meanwhile, `OutOfTurn` where it was
    removed.
    """
    words = as_phrase(words)
    hold(by.centre)
    hold(phrase)
    if phrase.gone_at:
        raise OutOfTurn("This sentence was removed. Put it back first.")
    db.session.refresh(phrase, ["wordings"])
    if phrase.standing.number != seen:
        raise Conflict(f"{phrase.standing.by_name} changed this sentence meanwhile: {phrase.words}")
    if phrase.words == words:
        return False
    _ensure_new(phrase, words)
    _word(phrase, words, seen + 1, by=by)
    _record(Deed.PHRASE_CHANGED, phrase, by=by)
    return True


def remove(phrase: Phrase, *, by: Person) -> None:
    """Offer a shared sentence to nobody any more; what was said with it stays."""
    hold(phrase)
    if phrase.gone_at is None:
        phrase.gone_at = now()
        _record(Deed.PHRASE_REMOVED, phrase, by=by)


def put_back(phrase: Phrase, *, by: Person) -> None:
    """Share a removed sentence again. Raises `OutOfTurn` where the same was shared anew; refused as `add` is."""
    hold(by.centre)
    hold(phrase)
    if phrase.gone_at is None:
        return
    if queries.same(phrase, phrase.words):
        raise OutOfTurn("The same sentence was shared anew. There is nothing to put back.")
    _ensure_room(phrase)
    phrase.gone_at = None
    _record(Deed.PHRASE_PUT_BACK, phrase, by=by)


def note_own(unit: str, point: str, said: Iterable[str], *, by: Person) -> None:
    """Keep the sentences that somebody used; of what they used longest ago the rest is forgotten."""
    known, at = {(one.point, alike(one.words)): one for one in queries.own(by.id, unit)}, now()
    for words in said:
        one = known.get((point, alike(words)))
        if one:
            used = update(OwnPhrase).where(OwnPhrase.id == one.id)
            db.session.execute(used.values(uses=OwnPhrase.uses + 1, used_at=at))
        elif len(words) <= LONGEST:
            one = OwnPhrase(person_id=by.id, unit=unit, point=point, words=words, uses=1, used_at=at)
            known[point, alike(words)] = one
            db.session.add(one)
            db.session.flush()
    rest = sorted(known.values(), key=lambda one: one.used_at, reverse=True)[MOST_OWN:]
    db.session.execute(delete(OwnPhrase).where(OwnPhrase.id.in_([one.id for one in rest])))


def forget_own(phrase: OwnPhrase) -> None:
    """Forget a sentence of somebody's own."""
    db.session.execute(delete(OwnPhrase).where(OwnPhrase.id == phrase.id))


def count_saved(words: int, *, by: Person) -> None:
    """Count words that somebody did not have to type."""
    if words:
        counted = insert(WordsSaved).values(person_id=by.id, count=words)
        more = {"count": WordsSaved.count + words}
        db.session.execute(counted.on_conflict_do_update(index_elements=["person_id"], set_=more))


def _ensure_new(phrase: Phrase, words: str) -> None:
    if queries.same(phrase, words):
        raise Incomplete(THERE, ("words",))


def _ensure_room(phrase: Phrase) -> None:
    if sum(not one.gone_at for one in queries.shared(phrase.centre_id, phrase.unit)) >= MOST_SHARED:
        raise Refused(f"{MOST_SHARED} sentences are shared for this unit, and that is the most. Remove one first.")


def _word(phrase: Phrase, words: str, number: int, *, by: Person) -> None:
    phrase.wordings.append(
        PhraseWording(phrase_id=phrase.id, number=number, words=words, by_id=by.id, by_name=by.name, at=now())
    )


def _record(deed: Deed, phrase: Phrase, *, by: Person) -> None:
    db.session.flush()
    audit.record(
        deed, f"phrase {phrase.id}", by=by, learner_id=None, unit=phrase.unit, point=phrase.point,
        number=phrase.standing.number, words_sha256=audit.hash_of(phrase.words),
    )  # fmt: skip
