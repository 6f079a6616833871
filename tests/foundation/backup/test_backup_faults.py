"""A backup says what is not good in it and keeps what was; a restore that was cut off anywhere goes on and ends."""

import json
import os
import signal
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text

from exports.signing import keys
from portfolio.foundation import unfinished
from portfolio.foundation.backup import databases, restoring
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job
from portfolio.people.entering.models import SignIn
from tests.fixtures.cast import House
from tests.foundation.backup.test_backup import busy, elsewhere, run, yard

pytestmark = pytest.mark.slow

__all__ = ["busy", "elsewhere", "yard"]
OTHER_SECRET = "another secret of these tests: 0f1e"
STAGES: tuple[tuple[Any, str, bool, bool], ...] = (
    (restoring, "_load_files", True, False),
    (restoring.keyfiles, "write", True, False),
    (unfinished, "put_mark", False, False),
    (unfinished, "put_mark", True, False),
    (databases, "load", True, True),
    (jobs, "begin_again", False, True),
    (jobs, "begin_again", True, True),
    (audit, "check_kept", False, True),
    (unfinished, "take_mark_off", False, True),
)
"""Where a restore is killed: a function of it, whether after it or before, and whether there is a database by then."""


def key_of(house: House) -> Path:
    path: Path = house.app.extensions["markwell"].instance / "keys" / "1.p12"
    assert path.exists()
    return path


def told(target: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((target / "manifest.json").read_text())
    return found


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda path: path.write_bytes(path.read_bytes()[:200]), "cannot be opened"),
        (lambda path: path.write_bytes(b""), "cannot be opened"),
        (lambda path: path.write_bytes(path.read_bytes()[:-9] + b"rot" + path.read_bytes()[-6:]), "cannot be opened"),
        (lambda path: path.unlink(), "is missing"),
    ],
)
def test_a_key_that_is_lost_or_damaged_is_named_and_the_copy_of_an_earlier_backup_stays(
    busy: House, elsewhere: Callable[..., Flask], yard: Path, spoil: Callable[[Path], object], said: str
) -> None:
    target, path = yard / "backup", key_of(busy)
    assert run(busy.app, "backup", target).exit_code == 0
    good, kept = path.read_bytes(), told(target)["keys"]
    spoil(path)
    result = run(busy.app, "backup", target)
    assert (result.exit_code, "a whole backup" in result.output) == (1, False)
    assert f"The key file {path}, with which" in result.output
    assert f"signs, {said}. The copy of an earlier backup stays." in result.output
    assert ((target / "keys" / "1.p12").read_bytes(), told(target)["keys"]) == (good, kept)
    result = run(busy.app, "backup", yard / "new")
    assert (result.exit_code, "No good copy of it is in the backup" in result.output) == (1, True)
    assert told(yard / "new")["keys"] == {}
    app = elsewhere()
    assert run(app, "restore", target).exit_code == 0
    with app.app_context():
        keys.signer(keys.centres()[0], app.extensions["markwell"])
        db.session.remove()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_key_that_is_not_the_last_on_record_does_not_take_the_place_of_the_one_that_is(
    busy: House, yard: Path
) -> None:
    target, path = yard / "backup", key_of(busy)
    first = path.read_bytes()
    with busy.app.app_context():
        dee = busy.person("dee")
        keys.renew(dee.centre, busy.app.extensions["markwell"], because="a new year", by=dee)
        db.session.remove()
    assert run(busy.app, "backup", target).exit_code == 0
    assert len(told(target)["keys"]) == 3
    last = path.read_bytes()
    path.write_bytes(first)
    result = run(busy.app, "backup", target)
    assert (result.exit_code, "is not the last one on record" in result.output) == (1, True)
    assert (target / "keys" / "1.p12").read_bytes() == last


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_backup_without_the_secret_cannot_know_whether_the_keys_are_good_and_says_so(busy: House, yard: Path) -> None:
    for secret, said in (("", "MARKWELL_SECRET is missing"), (OTHER_SECRET, "this house was sealed with the secret")):
        busy.sets(secret=secret)
        busy.app.extensions.pop("markwell-opened", None)
        result = run(busy.app, "backup", yard / "backup")
        assert (result.exit_code, said in result.output) == (1, True)


def killed(make: Callable[..., Flask], target: Path, room: Any, name: str, *, after: bool) -> None:
    """Give `flask restore` and kill it, as the machine would, where it comes to a function."""

    def restore() -> None:
        deed = getattr(room, name)

        def last(*given: Any, **named: Any) -> None:
            if after:
                deed(*given, **named)
            os.kill(os.getpid(), signal.SIGKILL)

        setattr(room, name, last)
        run(make(), "restore", target)

    child = get_context("fork").Process(target=restore)
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL, f"{name} was not reached"


def test_a_restore_that_is_killed_anywhere_goes_on_when_it_is_given_again_and_opens_to_nobody_before(
    busy: House, elsewhere: Callable[..., Flask], yard: Path
) -> None:
    target = yard / "backup"
    assert run(busy.app, "backup", target).exit_code == 0
    db.session.remove()
    db.engine.dispose()
    for room, name, after, is_filled in STAGES:
        killed(elsewhere, target, room, name, after=after)
        if is_filled:
            answer = elsewhere().test_client().get("/sign-in")
            assert (answer.status_code, "is being restored from a backup" in answer.text) == (503, True), (name, after)
            assert "is being restored" in run(elsewhere(), "backup", yard / "half").output
    assert is_restored(elsewhere(), target)


def is_restored(app: Flask, target: Path) -> bool:
    """Whether giving it once more ends well: all sign-ins are over, the job waits, and the door is open."""
    result = run(app, "restore", target)
    assert result.exit_code == 0, result.output
    assert "tables already" in run(app, "restore", target).output
    with app.app_context():
        states = [(job.state, job.handed_over) for job in db.session.query(Job)]
        over = [one.ended_at is not None for one in db.session.query(SignIn)]
        db.session.remove()
    assert (states, over) == ([("waiting", False)], [True])
    return bool(app.test_client().get("/sign-in").status_code == 200)


def test_a_restore_goes_on_with_the_same_backup_only(busy: House, elsewhere: Callable[..., Flask], yard: Path) -> None:
    for name in ("one", "two"):
        assert run(busy.app, "backup", yard / name).exit_code == 0
        with transaction():
            db.session.get_one(type(busy.person("ada")), 1).work = "elsewhere"
        db.session.remove()
    db.engine.dispose()
    killed(elsewhere, yard / "one", audit, "check_kept", after=False)
    assert "is being restored from another backup" in run(elsewhere(), "restore", yard / "two").output
    assert is_restored(elsewhere(), yard / "one")


def test_a_log_that_does_not_hold_is_named_by_the_backup_and_the_house_is_restored_with_all_sign_ins_over(
    busy: House, elsewhere: Callable[..., Flask], yard: Path
) -> None:
    with db.engine.begin() as connection:
        for (name,) in connection.execute(text(TRIGGERS[db.engine.dialect.name])).all():
            on = "" if db.engine.dialect.name == "sqlite" else " ON event"
            connection.execute(text(f"DROP TRIGGER {name}{on}"))
        connection.execute(text("UPDATE event SET actor = 'Nobody' WHERE centre_id = 1 AND seq = 2"))
    result = run(busy.app, "backup", yard / "backup")
    broken = "The log of centre 1001 does not hold at line 2"
    assert (result.exit_code, broken in result.output, "a whole backup" in result.output) == (1, True, False)
    app = elsewhere()
    result = run(app, "restore", yard / "backup")
    assert (result.exit_code, broken in result.output, "can be started" in result.output) == (1, True, True)
    with app.app_context():
        assert [one.ended_at is not None for one in db.session.query(SignIn)] == [True]
        assert [(job.state, job.handed_over) for job in db.session.query(Job)] == [("waiting", False)]
        db.session.remove()
    assert app.test_client().get("/sign-in").status_code == 200


TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'event'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = 'event'::regclass AND NOT tgisinternal",
}
"""Names of what keeps the lines of the log from being changed."""
