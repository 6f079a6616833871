"""Rows that wait to be inserted in bulk, with ids given out ahead, and the lines of the log that go with them."""

from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, func, insert, select, text

from portfolio.assessment.models import Assessment, HandedClaim, HandedVersion, Judgement, Round
from portfolio.evidence.models import Claim, Evidence, File, Version, VersionFile
from portfolio.foundation.clock import stamp
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log.audit import Event, LogHead, canonical, digest
from portfolio.people.models import Account, Person, person_role
from portfolio.units.models import Enrolment

_TABLES = (
    Account.__table__, Person.__table__, person_role, Enrolment.__table__, File.__table__, Evidence.__table__,
    Version.__table__, VersionFile.__table__, Claim.__table__, Assessment.__table__, Round.__table__,
    HandedVersion.__table__, HandedClaim.__table__, Judgement.__table__, Event.__table__,
)  # fmt: skip
TABLES = cast("tuple[Table, ...]", _TABLES)
"""In the order in which rows may refer to each other."""


class Ledger:
    """Takes rows and log lines of one centre; `write` inserts what has gathered in one transaction."""

    def __init__(self, centre_id: int) -> None:
        self._rows: dict[Table, list[dict[str, Any]]] = {table: [] for table in TABLES}
        self._last = {table: _last_id(table) for table in TABLES if "id" in table.c}
        self._head = db.session.get_one(LogHead, centre_id)
        self._seq, self._hash = self._head.seq, self._head.hash

    def add(self, model: Any, **values: Any) -> int:
        """Take a row; its id, where its table has one. All rows of a table must name the same columns."""
        table = getattr(model, "__table__", model)
        if table in self._last:
            self._last[table] += 1
            values["id"] = self._last[table]
        self._rows[table].append(values)
        return int(values.get("id", 0))

    def tell(self, deed: str, subject: str, *, by: Person, at: datetime, learner_id: int | None, **facts: Any) -> None:
        """Take a line of the log, chained to the one before."""
        line: dict[str, Any] = {
            "centre": self._head.centre, "seq": self._seq + 1, "at": stamp(at), "actor": by.name,
            "actor_id": by.id, "role": ", ".join(by.role_names), "deed": deed, "subject": subject, "facts": facts,
            "prev": self._hash,
        }  # fmt: skip
        line["hash"] = digest(line)
        self._seq, self._hash = line["seq"], line["hash"]
        self.add(Event, **line | {"facts": canonical(facts)}, centre_id=self._head.centre_id, learner_id=learner_id)

    def write(self) -> None:
        """Insert everything that was taken."""
        with transaction():
            for table, rows in self._rows.items():
                if rows:
                    db.session.execute(insert(table), rows)
                    rows.clear()
            head = db.session.get_one(LogHead, self._head.centre_id)
            head.seq, head.hash = self._seq, self._hash
            if db.engine.dialect.name == "postgresql":
                self._move_sequences()

    def _move_sequences(self) -> None:
        """Let PostgreSQL go on counting where we stopped."""
        for table, last in self._last.items():
            name = text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)")
            db.session.execute(name, {"name": table.name, "last": max(last, 1)})


def _last_id(table: Table) -> int:
    return db.session.scalar(select(func.max(table.c.id))) or 0
