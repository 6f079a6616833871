"""Whoever owns the database can change the log's rows, and is found; what an authority has seen, nobody rewrites."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product

import pytest
from sqlalchemy import delete, text, update
from sqlalchemy import insert as sql_insert

from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.foundation.log.audit import Event, LogHead
from portfolio.foundation.log.chain import Break
from tests.fixtures import deeds
from tests.fixtures.cast import House
from tests.fixtures.forging import rewritten

CENTRE = 1
"""Row of the cast's own centre."""


@contextmanager
def unguarded(*tables: str) -> Iterator[None]:
    """What whoever owns the database can do: lift its guards, write what they like, and lay the guards again."""
    postgresql = db.engine.dialect.name == "postgresql"
    with transaction():
        for table, deed in product(tables, ("update", "delete")):
            db.session.execute(text(f"DROP TRIGGER {table}_stays_at_{deed}" + f" ON {table}" * postgresql))
        yield


def forget(seq: int) -> None:
    db.session.execute(delete(Event).where(Event.centre_id == CENTRE, Event.seq == seq))


def swap(seq: int) -> None:
    for old, new in ((seq, -1), (seq + 1, seq), (-1, seq + 1)):
        db.session.execute(update(Event).where(Event.centre_id == CENTRE, Event.seq == old).values(seq=new))


def insert(seq: int) -> None:
    last = db.session.get_one(LogHead, CENTRE).seq
    for moved in range(last, seq - 1, -1):
        db.session.execute(update(Event).where(Event.centre_id == CENTRE, Event.seq == moved).values(seq=moved + 1))
    line = db.session.query(Event).filter_by(centre_id=CENTRE, seq=seq + 1).one()
    copied = {one.key: getattr(line, one.key) for one in Event.__table__.columns if one.key not in ("id", "seq")}
    db.session.execute(sql_insert(Event).values(seq=seq, **copied))
    db.session.get_one(LogHead, CENTRE).seq = last + 1


def alter(seq: int) -> None:
    db.session.execute(update(Event).where(Event.centre_id == CENTRE, Event.seq == seq).values(facts='{"forged":true}'))


def cut(seq: int) -> None:
    db.session.execute(delete(Event).where(Event.centre_id == CENTRE, Event.seq >= seq))


@pytest.mark.parametrize(
    ("touch", "named"), [(forget, (3,)), (swap, (3,)), (insert, (3, 4)), (alter, (3,)), (cut, (3, 4, 5, 6, 7, 8, 9))]
)
def test_whatever_is_done_to_the_rows_of_the_log_is_named(
    house: House, touch: Callable[[int], None], named: tuple[int, ...]
) -> None:
    deeds.ready(house.enrolment())
    assert audit.check_kept(CENTRE) is None
    with unguarded("event"):
        touch(3)
    found = audit.check_kept(CENTRE)
    assert found is not None
    assert found.seq in named or touch is cut


def test_a_line_beyond_the_end_of_the_log_is_named(house: House) -> None:
    deeds.ready(house.enrolment())
    head = db.session.get_one(LogHead, CENTRE)
    line = db.session.query(Event).filter_by(centre_id=CENTRE, seq=head.seq).one()
    with transaction():
        head.seq, head.hash = line.seq - 1, line.prev
    assert audit.check_kept(CENTRE) == Break(line.seq, f"line {line.seq} stands beyond the end of the log")


def test_who_owns_the_database_cannot_rewrite_what_was_countersigned(house: House) -> None:
    deeds.ready(house.enrolment())
    seq, seen = audit.head(CENTRE)
    with unguarded("event"):
        for line in rewritten(list(audit.lines(CENTRE)), 2)[1:]:
            values = {name: line[name] for name in ("actor", "prev", "hash")}
            here = update(Event).where(Event.centre_id == CENTRE, Event.seq == line["seq"])
            db.session.execute(here.values(**values))
        db.session.get_one(LogHead, CENTRE).hash = line["hash"]
    assert audit.check_kept(CENTRE) is None, "without a countersignature the new story holds together"
    found = audit.check_kept(CENTRE, {seq: seen})
    assert found is not None
    assert (found.seq, "outside the house" in found.reason) == (seq, True)


def test_a_log_cut_behind_its_countersigned_line_is_named(house: House) -> None:
    deeds.ready(house.enrolment())
    seq, seen = audit.head(CENTRE)
    with unguarded("event"):
        last = db.session.query(Event).filter_by(centre_id=CENTRE, seq=seq).one()
        head = db.session.get_one(LogHead, CENTRE)
        head.seq, head.hash = seq - 1, last.prev
        db.session.delete(last)
    assert audit.check_kept(CENTRE) is None
    assert audit.check_kept(CENTRE, {seq: seen}) == Break(
        seq, f"line {seq} is missing: outside the house line {seq} is known"
    )
