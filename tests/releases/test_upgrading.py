"""What a house of an earlier release holds is there after an upgrade, and holds, on both databases.

`0.1.0/instance.zip` is an instance as that release left it: three learners, of whom one achieved and one was referred,
files, the key, and a report that was made.
"""

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import MetaData, create_engine, text

from app import create_app
from exports import verify
from portfolio.foundation.db import db
from portfolio.foundation.settings import Settings
from portfolio.people import queries
from tests.fixtures.cast import MIGRATIONS

pytestmark = pytest.mark.slow

KEPT = Path(__file__).parent / "0.1.0" / "instance.zip"
SECRET = "the secret of a small house that was kept"
REVISION = "0014"
SIGNER = "b06ca46ccfea9bd65f788d391b069430ffabe75a8f4d5d0366480840abd11171"


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Flask]:
    """The house of 0.1.0, upgraded."""
    with ZipFile(KEPT) as kept:
        kept.extractall(tmp_path)
    url = f"sqlite:///{tmp_path / 'markwell.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("fresh_postgres_url")
    app = create_app(Settings(tmp_path, url, secret=SECRET, https=False))
    with app.app_context():
        if request.param == "postgresql":
            flask_migrate.upgrade(directory=str(MIGRATIONS), revision=REVISION)
            moved(f"sqlite:///{tmp_path / 'markwell.db'}", url)
        flask_migrate.upgrade(directory=str(MIGRATIONS))
        yield app
        db.session.remove()
        db.engine.dispose()


def moved(source: str, target: str) -> None:
    """Every row of one database into another of the same tables, whose counters go on after it."""
    ours, theirs = MetaData(), MetaData()
    here, there = create_engine(source), create_engine(target)
    theirs.reflect(here)
    ours.reflect(there)
    with here.connect() as reading, there.begin() as writing:
        writing.execute(text("SET session_replication_role = replica"))
        for table in ours.sorted_tables:
            if table.name == "alembic_version":
                continue
            writing.execute(table.delete())
            rows = [dict(row._mapping) for row in reading.execute(theirs.tables[table.name].select())]
            if rows:
                writing.execute(table.insert(), rows)
            if "id" in table.columns and table.columns["id"].server_default is not None:
                counter = f"pg_get_serial_sequence('\"{table.name}\"', 'id')"
                writing.execute(text(f'SELECT setval({counter}, max(id)) FROM "{table.name}" HAVING max(id) > 0'))
    here.dispose()
    there.dispose()


def said(app: Flask, *command: str) -> str:
    done = app.test_cli_runner().invoke(args=command)
    assert done.exit_code == 0, done.output
    return done.output


def test_everybody_is_there_and_every_record_is_what_the_log_tells(old: Flask) -> None:
    assert [person.name for person in queries.learners_named("R-Ada")] == ["Ada"]
    told = said(old, "audit", "verify", "--pack", str(KEPT.with_name("pack.zip")))
    assert "hold, and so does what the packs say" in told
    assert "the records are what the log tells (6 people" in told


def test_a_report_made_now_holds_under_the_key_of_then(old: Flask, tmp_path: Path) -> None:
    said(old, "report", "R-Ada", "-o", str(tmp_path / "report.pdf"))
    result = verify.check(tmp_path / "report.pdf", trusted=frozenset({SIGNER}))
    assert result.trusted, verify.spoken(result)


def test_work_goes_on_where_it_was(old: Flask) -> None:
    said(
        old,
        "person",
        "register",
        "--name",
        "Eli",
        "--email",
        "eli@example.org",
        "--role",
        "learner",
        "--number",
        "R-Eli",
    )
    assert "the records are what the log tells (7 people" in said(old, "audit", "verify")
