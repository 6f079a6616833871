"""`flask doctor` says in sentences what is wrong with a house and what to do, and ends with 1 where something is."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import text

from portfolio.foundation import clock
from portfolio.foundation.backup import manifest
from portfolio.foundation.db import db
from portfolio.foundation.running import checks
from portfolio.foundation.work import alive
from tests.faults.programs import free_port
from tests.fixtures.cast import House
from tests.fixtures.disk import small_disk
from tests.foundation.mail.postbox import SENDER, Postbox

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def well(house: House, postbox: Postbox) -> Iterator[House]:
    """A house of which nothing is wrong."""
    house.sets(address="https://markwell.example", https=True, timestamps="https://tsa.example")
    house.sets(mail=postbox.url, mail_from=SENDER)
    with alive.identity(house.app.extensions["markwell"].instance), postbox.up():
        yield house


def doctor(house: House) -> Result:
    return house.app.test_cli_runner().invoke(args=["doctor"])


def lines(said: Result) -> list[str]:
    return [line for line in said.output.splitlines() if not line.startswith("well ")]


def test_of_a_house_that_is_well_it_says_so(well: House, tmp_path: Path) -> None:
    (tmp_path / manifest.MADE).write_text(clock.stamp(clock.now()))
    said = doctor(well)
    assert lines(said) == []
    assert said.exit_code == 0


def test_what_somebody_may_have_wanted_so_is_a_note_and_no_fault(well: House) -> None:
    well.sets(address="http://markwell.example", timestamps="", mail="")
    said = doctor(well)
    noted = [line.partition(":")[0] for line in lines(said)]
    assert noted == ["note   https", "note   backup", "note   mail", "note   time stamps"]
    assert said.exit_code == 0


def test_of_a_demo_it_says_where_its_mail_is(well: House) -> None:
    well.sets(demo=True, mail="", mail_from="")
    assert "note   mail: This is a demo: its mail is kept, and shown at /outbox." in doctor(well).output


def test_each_thing_that_is_wrong_is_a_sentence_that_says_what_to_do(well: House, tmp_path: Path) -> None:
    well.sets(secret="short", address="")
    (tmp_path / manifest.MADE).write_text(clock.stamp(clock.now() - timedelta(days=3)))
    with db.engine.begin() as line:
        line.execute(text("UPDATE alembic_version SET version_num = '0017'"))
    said = doctor(well)
    wrong = dict(line.removeprefix("WRONG  ").split(": ", 1) for line in lines(said) if line.startswith("WRONG"))
    assert wrong["secret set"].startswith("MARKWELL_SECRET is missing or weak: set it to")
    assert wrong["address"].startswith("MARKWELL_ADDRESS is missing: set it to")
    assert wrong["tables"].endswith("Lay them with `flask db upgrade`.")
    assert wrong["backup"].startswith("The last whole backup is of")
    assert said.exit_code == 1


def test_tables_of_a_later_release_are_told_from_those_of_an_earlier_one(well: House) -> None:
    with db.engine.begin() as line:
        line.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "The tables are of a later release. Start that one, or restore the backup" in doctor(well).output


def test_a_mail_server_that_is_not_there_is_said_without_its_password(well: House) -> None:
    well.sets(mail=f"smtp://markwell:secret-word@127.0.0.1:{free_port()}")
    said = doctor(well)
    assert "WRONG  mail: The mail server 127.0.0.1:" in said.output
    assert "does not answer. See to MARKWELL_MAIL, or to the server." in said.output
    assert "secret-word" not in said.output
    assert said.exit_code == 1


def test_without_a_worker_it_ends_with_1(house: House) -> None:
    said = doctor(house)
    assert "WRONG  worker: No worker is running" in said.output
    assert said.exit_code == 1


def test_a_whole_backup_is_remembered(well: House, tmp_path: Path) -> None:
    assert manifest.last_made(tmp_path) is None
    saved = well.app.test_cli_runner().invoke(args=["backup", str(tmp_path.with_name("elsewhere"))])
    assert saved.exit_code == 0, saved.output
    made = manifest.last_made(tmp_path)
    assert made is not None
    assert clock.now() - made < timedelta(minutes=5)


def test_a_disk_that_is_nearly_full_is_said_before_it_is_full(well: House, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "10m") as disk:
        well.sets(instance=disk)
        assert not checks.disk()
        (disk / "films").write_bytes(bytes(10 * 1024**2 - 400_000))
        said = doctor(well)
        assert "WRONG  disk: The disk of the instance is nearly full. Make room:" in said.output
        assert said.exit_code == 1
        (disk / "films").unlink()
        assert not checks.disk()
