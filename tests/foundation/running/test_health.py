"""`/health` says in time whether database, store, worker and disk are well, to everybody and about nobody."""

import os
import shutil
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app import create_app
from portfolio.foundation import clock
from portfolio.foundation.db import db
from portfolio.foundation.running import checks, health
from portfolio.foundation.settings import Settings
from portfolio.foundation.work import alive
from tests.fixtures.cast import House

ALL = ("database", "disk", "secret", "store", "worker")


def instance(house: House) -> Path:
    found: Path = house.app.extensions["markwell"].instance
    return found


def test_a_house_that_is_well_says_so_to_everybody(house: House) -> None:
    with alive.identity(instance(house)):
        answer = house.browser().get("/health")
    told = answer.json or {}
    assert answer.status_code == 200
    assert told.pop("well") is True
    assert told.pop("last_breath").startswith(clock.now().strftime("%Y-"))
    assert told == dict.fromkeys(ALL, "well")


def test_without_a_worker_it_is_not_well_and_everything_else_is(house: House) -> None:
    answer = house.browser().get("/health")
    told = answer.json or {}
    assert answer.status_code == 503
    assert told["worker"].startswith("No worker is running")
    assert (told["well"], told["last_breath"], told["database"]) == (False, None, "well")


def test_a_worker_that_lives_and_whose_loop_does_not_turn_does_not_breathe(house: House) -> None:
    with alive.identity(instance(house), "second"):
        assert alive.breathes(instance(house))
        long_ago = (clock.now() - alive.BREATHLESS - timedelta(seconds=9)).timestamp()
        os.utime(instance(house) / "worker-second", (long_ago, long_ago))
        assert not alive.breathes(instance(house))
        assert checks.worker()
        name = (instance(house) / "worker-second").read_text()
        sign = alive.Sign(name, instance(house))
        sign.show()
        assert alive.breathes(instance(house))
        sign.end()
    assert not alive.breathes(instance(house))


def test_a_store_that_cannot_be_written_is_named(house: House) -> None:
    shutil.rmtree(instance(house) / "files")
    (instance(house) / "files").write_text("in the way")
    assert "file store cannot be written" in checks.store()


def test_a_database_that_does_not_answer_is_named_and_the_answer_is_json(tmp_path: Path) -> None:
    nowhere = Settings(tmp_path, f"sqlite:///{tmp_path}/none/house.db", secret="0123456789abcdef" * 2, https=False)
    answer = create_app(nowhere).test_client().get("/health", headers={"Accept": "text/html"})
    assert answer.status_code == 503
    assert (answer.json or {})["database"].startswith("The database does not answer")


@pytest.mark.usefixtures("house")
def test_a_house_that_is_being_restored_is_not_well() -> None:
    with db.engine.begin() as line:
        line.execute(text("CREATE TABLE being_restored (database_sha256 VARCHAR(64) PRIMARY KEY)"))
    assert checks.database().startswith("This house is being restored")


def test_another_secret_is_said(house: House, tmp_path: Path) -> None:
    house.browser("ada").get("/portfolio")
    house.browser().post("/sign-in")
    config: Settings = house.app.extensions["markwell"]
    other = Settings(tmp_path, config.database, secret="another secret of these tests: 0f1e", https=False)
    app = create_app(other)
    told = app.test_client().get("/health").json or {}
    with app.app_context():
        db.engine.dispose()
    assert told["secret"].startswith("MARKWELL_SECRET is not the secret")
    assert "fingerprint" not in told["secret"]


def test_whoever_asks_often_is_given_the_same_answer(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "KEPT", 600)
    assert house.browser().get("/health").status_code == 503
    with alive.identity(instance(house)):
        assert house.browser().get("/health").status_code == 503
        assert set(health.Health(house.app).findings().values()) == {""}


def test_a_check_that_hangs_is_said_in_time_and_not_begun_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, free = list[str](), threading.Event()

    def hang() -> str:
        begun.append("once")
        free.wait()
        return ""

    monkeypatch.setattr(health, "KEPT", 0)
    monkeypatch.setattr(health, "BOUND", 0.1)
    monkeypatch.setitem(health.CHECKS, "disk", hang)
    looking = health.Health(house.app)
    assert looking.findings()["disk"] == looking.findings()["disk"] == health.LATE
    assert begun == ["once"]
    free.set()
    for thread in looking._threads.values():  # those that were late have a connection of the database that ends
        thread.join()
