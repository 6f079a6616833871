"""Whoever owns the database and changes no line of the log is found, whichever column of whichever row they change."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, TextClause, insert, select, text

from exports import verify
from exports.facts.canonical import canonical
from exports.facts.snapshot import facts_of, log_check
from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from portfolio.people.models import Person
from tests.exports.facts.living import live
from tests.exports.facts.printed_columns import BEHIND, NOT_PRINTED
from tests.exports.facts.test_fingerprints import columns, other
from tests.fixtures.cast import House, _built

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("house")]

OF_THE_LOG = {"event.centre_id"}
"""Whose log a line is in: the pack that holds the log has a gap then."""


@pytest.fixture(scope="module")
def house(sqlite_original: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house in which ada did everything that there is to do."""
    folder = tmp_path_factory.mktemp("bound")
    shutil.copy(sqlite_original, folder / "house.db")
    app = _built(folder, f"sqlite:///{folder / 'house.db'}")
    with app.app_context():
        live(House(app))
        yield House(app)
        db.session.remove()
        db.engine.dispose()


@contextmanager
def owned() -> Iterator[None]:
    """The database in the hands of somebody who lifts its guards; all of it is undone afterwards."""
    db.session.rollback()
    guards = db.session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    db.session.execute(text("PRAGMA defer_foreign_keys = ON"))
    for guard in guards:
        db.session.execute(text(f"DROP TRIGGER {guard}"))
    db.session.connection().exec_driver_sql("PRAGMA ignore_check_constraints = ON")
    yield
    db.session.rollback()


def _other(column: Column[Any]) -> TextClause:
    """Something else; of places in an order, the other way round."""
    return text("-position") if column.name == "position" else other(column)


def _ada() -> Person:  # also where she was removed, and no page finds her
    return db.session.get_one(Person, 2)


def found() -> list[str]:
    """What `flask audit verify` says of ada and of the log."""
    db.session.expire_all()
    broken = audit.check_kept(1)
    ada = _ada()
    return [*([broken.reason] if broken else []), *log_check.differing(ada, Counter())]


def told() -> tuple[bytes, list[verify.Fault]] | None:
    """The facts of ada's report, and what an auditor finds in it; None where no report can be made of the rows."""
    try:
        facts = canonical(facts_of(_ada()))
    except Exception:  # noqa: BLE001 (rows that contradict each other fail in many ways)
        return None
    result, plain = verify.Result(""), json.loads(facts)
    try:
        verify.versions_hashed(plain, result, "")
    except verify.Newer as newer:  # the verifier takes nothing for true then
        result.fault("", str(newer))
    return facts, [*result.faults, *verify.against_log(plain, Counter())]


def test_nothing_is_found_where_nothing_was_changed(house: House) -> None:
    unbound = Counter[str]()
    assert list(log_check.differing(house.person("ada"), unbound)) == []
    assert unbound == {}, "every fact of a report is bound to a line"
    assert (audit.check_kept(1), told()[1]) == (None, [])  # type: ignore[index]


def test_every_column_that_a_report_prints_is_found_when_it_is_changed() -> None:
    seen, unseen, printed = told(), set[str](), set[str]()
    for column in columns():
        if column.table.name in BEHIND and not (column.table.name == "event" and column.name == "id"):
            with owned():
                db.session.execute(column.table.update().values({column: _other(column)}))
                if not found():
                    unseen.add(str(column))
                now = told()
                if now and seen and now[0] != seen[0] and str(column) not in OF_THE_LOG:
                    printed.add(str(column))
                    assert now[1], f"a report made after {column} was changed is taken for true"
    assert unseen ^ set(NOT_PRINTED) == set()
    assert not printed & unseen
    assert printed > {"round.decision", "round.feedback", "version.html", "judgement.reason", "handed_claim.reason"}


def test_a_round_that_names_another_version_under_the_hash_of_the_one_handed_in_is_found() -> None:
    """Hashes alone do not say which version it was."""
    with owned():
        row, other = (db.session.scalar(text(f"SELECT {what}")) for what in (
            "min(rowid) FROM handed_version", "max(id) FROM version"))  # fmt: skip
        asked = text("UPDATE handed_version SET version_id = :other WHERE rowid = :row")
        db.session.execute(asked, {"row": row, "other": other})
        assert any("which version was handed in is not what the log tells" in one for one in found())


@pytest.mark.parametrize("name", sorted(BEHIND - {"centre", "person", "edition", "log_head"}))
def test_a_row_that_was_taken_out_is_found(name: str) -> None:
    with owned():
        db.session.execute(text(f"DELETE FROM {name} WHERE rowid = (SELECT max(rowid) FROM {name})"))
        assert found()


@pytest.mark.parametrize("name", ["claim", "event", "handed_claim", "judgement", "round", "version"])
def test_a_row_that_was_put_in_is_found(name: str) -> None:
    """One more row like the last, under the next free number."""
    table = db.metadata.tables[name]
    with owned():
        last = db.session.execute(select(table).order_by(table.c.id.desc()).limit(1)).mappings().one()
        new = {**last, "id": last["id"] + 1, "number": 99, "seq": last.get("seq", 0) + 1}
        db.session.execute(insert(table).values({name: value for name, value in new.items() if name in table.c}))
        assert found()
