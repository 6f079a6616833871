"""Rows under other numbers, put in, or taken out whole are found by whoever walks the records and the log."""

from collections import Counter

import pytest
from sqlalchemy import Table, text

from exports.facts.snapshot import log_check
from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from portfolio.people.models import Person
from tests.exports.facts.test_bound import BEHIND, columns, found, house, other, owned, told
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow

__all__ = ["house"]
FAR = 5000
"""What is added to every number of a table's rows."""
NUMBERED = sorted(name for name in BEHIND if "id" in db.metadata.tables[name].c)
"""The tables behind a report whose rows have numbers."""


def renumber(table: Table) -> None:
    """Give every row another number, wherever it is named."""
    every = (column for each in db.metadata.sorted_tables for column in each.columns)
    for column in [table.c.id, *(one for one in every if any(key.column is table.c.id for key in one.foreign_keys))]:
        db.session.execute(column.table.update().values({column: column + FAR}))


@pytest.mark.usefixtures("house")
@pytest.mark.parametrize("name", NUMBERED)
def test_rows_under_other_numbers_that_say_something_else_are_found(name: str) -> None:
    table, before = db.metadata.tables[name], told()
    assert before
    for column in [one for one in columns() if one.table is table and not one.foreign_keys]:
        with owned():
            renumber(table)
            db.session.execute(table.update().values({column: other(column)}))
            db.session.expire_all()
            now = told() if ada_is_there() else None
            if now and now[0] != before[0]:
                assert now[1], f"a report that tells another {column} is taken for true"
                assert found(), column


def ada_is_there() -> bool:
    """Whether somebody has her address still."""
    return db.session.query(Person).filter_by(email="ada@house.example").count() == 1


def test_somebody_who_was_put_in_is_found(house: House) -> None:
    with owned():
        row = db.session.execute(text("SELECT * FROM person WHERE name = 'Ada Marsh'")).mappings().one()
        new = {**row, "id": 999, "name": "Eve Adder", "email": "eve@adder.example", "fs_uniquifier": "e" * 32}
        names = ", ".join(new)
        values = ", ".join(f":{name}" for name in new)
        db.session.execute(text(f"INSERT INTO person ({names}) VALUES ({values})"), new)
        said = list(log_check.differing(db.session.get_one(Person, 999), Counter()))
        assert any("no line of the log tells of the learner" in one for one in said)
    assert list(log_check.differing(house.person("ada"), Counter())) == []


def test_somebody_who_was_taken_out_or_moved_is_missed(house: House) -> None:
    centre = house.person("ada").centre_id
    there = [id for (id,) in db.session.query(Person.id).filter_by(centre_id=centre)]
    assert list(log_check.gone(centre, there)) == []
    ada = house.person("ada").id
    assert list(log_check.gone(centre, {*there} - {ada})) == [f"person {ada} is not there, and the log tells of it"]


def test_a_log_whose_end_was_taken_out_is_said_to_lack_it(house: House) -> None:
    with owned():
        db.session.execute(text("DELETE FROM log_head WHERE centre_id = 1"))
        broken = audit.check_kept(1)
        assert broken
        assert "where the log ends is gone" in broken.reason
    assert audit.check_kept(house.person("ada").centre_id) is None
