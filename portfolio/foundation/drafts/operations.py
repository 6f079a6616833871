"""Writes of drafts. A draft is no version and no deed: none of this is told in the log."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, false, update

from portfolio.foundation.clock import now
from portfolio.foundation.db import db, insert, transaction
from portfolio.foundation.drafts import queries
from portfolio.foundation.drafts.models import Sitting
from portfolio.foundation.drafts.rules import KEPT, MOST_ENDED, Turn, Typist, ensure_legible, ensure_room
from portfolio.foundation.errors import Expired

OVER = "What was typed in this sitting was saved, or thrown away, on another page."


def keep(place: str, turn: Turn, words: str, *, person_id: int, instead: Sequence[Turn] = ()) -> Sitting:
    """Keep the words of a sitting at the centre; what comes later than words of a later turn changes nothing.

    The turns `instead` were taken over into these words, so their sittings end, unless something was typed there since.
    Raises as `ensure_legible` does, and `Expired` for a sitting that has ended. Refused where the person has too many,
    or too much.
    """
    ensure_legible(place, turn, words)
    many, characters = queries.others(person_id, [turn.sitting, *(one.sitting for one in instead)])
    ensure_room(many, characters + len(words))
    said = {"place": place, "words": words, "turn": turn.number, "at": now(), "whose": None}
    newer = ~Sitting.ended & (Sitting.turn < turn.number)
    _write({"person_id": person_id, "key": turn.sitting, "ended": False} | said, said, newer)
    kept = queries.sitting(person_id, turn.sitting)
    if kept is None or kept.ended:
        raise Expired(OVER)
    end((one for one in instead if one.number and one.sitting != turn.sitting), person_id=person_id)
    return kept


def end(turns: Iterable[Turn], *, person_id: int) -> None:
    """End sittings whose words were saved, taken over or thrown away: their words are gone.

    One that is named with a number ends where its words are those of that turn or an earlier one, and stays where they
    are of a later one; one that nobody kept before has ended all the same, unless `MOST_ENDED` are known of already.
    It is one statement for each, so that words which are kept at this very moment do not stay.
    """
    is_noted = queries.count_ended(person_id) < MOST_ENDED
    for turn in sorted(turns, key=lambda one: one.sitting):  # in one order, so that no two wait for each other
        said: dict[str, Any] = {"place": "", "words": "", "at": now(), "ended": True}
        done_with = ~Sitting.ended & (Sitting.turn <= turn.number) if turn.number else ~Sitting.ended
        if is_noted:
            _write({"person_id": person_id, "key": turn.sitting, "turn": turn.number or 0} | said, said, done_with)
        else:
            known = update(Sitting).where(Sitting.person_id == person_id, Sitting.key == turn.sitting, done_with)
            db.session.execute(known.values(said).execution_options(synchronize_session=False))


def hand_on(beginnings: Sequence[str], *, of: Typist, to: Typist) -> None:
    """Give a copy of what `of` typed into forms whose places begin so, and did not save, to another who goes on there.

    The words stay with who typed them. What was copied before is not copied again, also where it was thrown away.
    """
    for one in queries.begun_with(of.id, beginnings):
        whose = one.whose or of.name
        words = {name: value for name, value in json.loads(one.words).items() if name not in _OF_A_SENDING}
        copy = {"place": one.place, "words": json.dumps(words, ensure_ascii=False), "turn": one.turn, "at": one.at}
        row = {"person_id": to.id, "key": _key_of_copy(one), "ended": False, "whose": whose} | copy
        if one.whose is None or whose != to.name:
            _write(row, {"at": one.at}, false())


_OF_A_SENDING = ("sent", "key")
"""What a draft says of its own form on its way: whoever goes on with the words sends another."""


def _key_of_copy(one: Sitting) -> str:
    return one.key if one.whose else hashlib.sha256(f"{one.person_id} {one.key} {one.turn}".encode()).hexdigest()[:32]


def give(person_id: int, *, to: int) -> None:
    """Give the drafts of a record that is merged to the one that stays."""
    again = delete(Sitting).where(Sitting.person_id == person_id, Sitting.key.in_(queries.keys_of(to)))
    db.session.execute(again.execution_options(synchronize_session=False))
    theirs = update(Sitting).where(Sitting.person_id == person_id).values(person_id=to)
    db.session.execute(theirs.execution_options(synchronize_session=False))


def forget(person_id: int) -> None:
    """Delete the drafts of somebody who is taken out."""
    theirs = delete(Sitting).where(Sitting.person_id == person_id)
    db.session.execute(theirs.execution_options(synchronize_session=False))


def sweep() -> None:
    """Delete what nobody came back to for so long as drafts are kept, and of each person's ends the oldest ones."""
    with transaction():
        db.session.execute(delete(Sitting).where(Sitting.at < now() - KEPT))
        for person_id in queries.with_more_ended(MOST_ENDED):
            ends = delete(Sitting).where(Sitting.person_id == person_id, Sitting.ended)
            ends = ends.where(Sitting.key.in_(queries.ended_before(person_id, MOST_ENDED)))
            db.session.execute(ends.execution_options(synchronize_session=False))


def _write(row: dict[str, Any], changes: dict[str, Any], where: Any) -> None:
    """Insert `row`; where it is there already, make the `changes` if what is there is as `where` says."""
    made = insert(Sitting).values(row)
    db.session.execute(made.on_conflict_do_update(index_elements=["person_id", "key"], set_=changes, where=where))
