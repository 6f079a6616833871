"""Nothing that a learner's facts are made from can change without their fingerprint."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Column, Date, Integer, LargeBinary, Numeric, TextClause, select, text

from bench.filled_centre import instances
from exports.facts.canonical import canonical
from exports.facts.snapshot import facts_of
from exports.facts.snapshot.queries import fingerprints
from portfolio.assessment.models import Assessment, Gap, Round
from portfolio.foundation.db import Moment, db, transaction
from portfolio.people.models import Person
from portfolio.units.models import Enrolment


@pytest.mark.slow
def test_no_column_can_change_the_facts_without_changing_the_fingerprint(tmp_path: Path) -> None:
    """Every column of every table is changed in turn, whoever is allowed to do so, and taken back."""
    with instances.built(4, tmp_path).open():
        moved = set(moving(with_a_row_of_everything()))
    assert moved > {
        "centre.timezone", "centre.qualification", "centre.logo_sha256", "person.name", "person.number",
        "enrolment.iqa_id", "edition.title", "point.text", "evidence.kind", "version.html", "version.saved_at",
        "file.peaks", "file.picture_sha256", "handed_claim.locator", "assessment.state", "round.decided_by_id",
        "round.feedback", "handed_version.sha256", "handed_claim.reason", "gap.reason", "judgement.by_name",
        "event.facts",
    }  # fmt: skip


def moving(id: int) -> Iterator[str]:
    """The columns on which a learner's facts depend; each of them must move their fingerprint, too."""
    guards = list(db.session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars())
    seen = told(id)
    for column in columns():
        db.session.rollback()
        db.session.execute(text("PRAGMA defer_foreign_keys = ON"))
        for guard in guards:
            db.session.execute(text(f"DROP TRIGGER {guard}"))
        db.session.connection().exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        db.session.execute(column.table.update().values({column: other(column)}))
        now = told(id)
        if now[0] != seen[0]:
            yield str(column)
            assert now[1] != seen[1], f"{column} is not in the fingerprint"
    db.session.rollback()


def columns() -> Iterator[Column[Any]]:
    """Those that are not one row's own name, and can be changed in all rows at once."""
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            unique = column.unique or (len(table.primary_key) == 1 and column.primary_key)
            if not unique and table.name not in ("report", "export", "kept_share", "job", "taking"):
                yield column


def other(column: Column[Any]) -> TextClause:
    """What differs from whatever stands in a column now, as SQLite says it."""
    kinds: tuple[tuple[Any, str], ...] = (
        (JSON, """'["?"]'"""),
        (Boolean, "1 - {0}"),
        ((Integer, Numeric), "coalesce({0}, 0) + 7919"),
        (Date, "'1999-09-09'"),
        (LargeBinary, "x'00'"),
        (Moment, "'1999-09-09 09:09:09.000000'"),
        (object, "coalesce({0}, '') || '?'"),
    )
    said = next(said for kind, said in kinds if isinstance(column.type, kind))
    return text(said.format(f'"{column.name}"'))


def told(id: int) -> tuple[object, str]:
    """What the facts say now, or how they fail, and the fingerprint."""
    db.session.expire_all()
    try:
        facts: object = canonical(facts_of(db.session.get_one(Person, id)))
    except Exception as fault:  # noqa: BLE001 (rows that contradict each other fail in many ways)
        facts = repr(fault)
    return facts, fingerprints([id], "programs")[id]


def with_a_row_of_everything() -> int:
    """A learner of the bench who was referred, with a gap besides; their id."""
    learner = db.session.scalars(select(Person).where(Person.number == "L000003")).one()
    rounds = select(Round).join(Assessment).join(Enrolment).where(Enrolment.learner_id == learner.id)
    with transaction():
        for one in db.session.scalars(rounds):
            point = one.assessment.enrolment.edition.points[0]
            db.session.add(Gap(round_id=one.id, point_id=point.id, reason="It did not happen."))
    return learner.id
