"""A house is backed up while people work, and what is restored elsewhere is that house: people, proof, keys, jobs."""

import hashlib
import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from exports.signing import keys
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.foundation.requests.sent import new_key
from portfolio.foundation.settings import Settings
from portfolio.foundation.work import jobs, worker
from portfolio.foundation.work.jobs import Job
from portfolio.people import operations, signing_in
from portfolio.people.entering import operations as entering
from portfolio.people.entering.models import SignIn
from portfolio.people.models import Person
from tests.fixtures.cast import Apart, House
from tests.fixtures.postgres import administer

pytestmark = pytest.mark.slow

PASSWORD = "violet anchor seventeen"
OTHER_SECRET = "another secret of these tests: 0f1e"


@jobs.job("put a file away")
def put_away(running: jobs.Running) -> dict[str, Any]:
    """Keep a few bytes."""
    return {"sha256": running.step("put", lambda: files.store().put(io.BytesIO(b"made after all")).sha256)}


def run(app: Flask, *words: object) -> Result:
    with app.app_context():
        db.session.remove()
    result = threaded(lambda: app.test_cli_runner().invoke(args=[str(word) for word in words]))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def threaded(deed: Callable[[], Result]) -> Result:
    """A command knows nothing of the test that gives it."""
    given: list[Result] = []
    thread = threading.Thread(target=lambda: given.append(deed()))
    thread.start()
    thread.join()
    return given[0]


@pytest.fixture
def busy(house: House) -> House:
    """A house with a password, files, a key, a job that runs, and somebody who goes on working."""
    hashed, ada = signing_in.hashed(PASSWORD), house.person("ada").id
    with transaction():
        entering.choose(db.session.get_one(Person, ada), hashed)
        entering.begin(db.session.get_one(Person, ada), remembered=True, way="password")
        job = jobs.enqueue("put a file away", by=house.person("ada"))
        job.state, job.handed_over = "running", True
    stored = [files.store().put(io.BytesIO(f"photo {number}".encode() * 1000)) for number in range(5)]
    dee = house.person("dee")
    with transaction():
        operations.change_centre(dee.centre, by=dee, logo_sha256=stored[0].sha256)
    keys.signer(house.person("ada").centre, house.app.extensions["markwell"])
    db.session.remove()
    return house


@contextmanager
def somebody_working(app: Flask) -> Iterator[None]:
    """Dee makes links for people, one after the other, until it is over."""
    over = threading.Event()

    def work() -> None:
        with app.app_context():
            while not over.wait(0.01):
                with transaction():
                    people = db.session.query(Person).order_by(Person.id).all()
                    operations.invite(people[1], key=new_key(), by=people[0])
            db.session.remove()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


@pytest.fixture
def yard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside the house."""
    return tmp_path_factory.mktemp("yard")


@pytest.fixture
def elsewhere(busy: House, yard: Path) -> Iterator[Callable[..., Flask]]:
    """Makes the application of an empty house with the same secret."""
    settings: Settings = busy.app.extensions["markwell"]
    made = list[Flask]()
    url = f"sqlite:///{yard / 'elsewhere' / 'markwell.db'}"
    server = ""
    if not settings.database.startswith("sqlite"):
        head, _, where = settings.database.partition("@/")
        name, server = where.partition("?")[0], f"{head}@/postgres?{where.partition('?')[2]}"
        url = settings.database.replace(f"/{name}?", f"/{name}_elsewhere?")
        administer(server, f"CREATE DATABASE {name}_elsewhere")

    def make(**changes: Any) -> Flask:
        app = create_app(replace(settings, instance=yard / "elsewhere", database=url, **changes))
        app.test_client_class = Apart
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
    if server:
        administer(server, f"DROP DATABASE {name}_elsewhere WITH (FORCE)")


def test_what_was_backed_up_while_people_worked_is_the_same_house_elsewhere(
    busy: House, elsewhere: Callable[..., Flask], yard: Path
) -> None:
    target = yard / "backup"
    with somebody_working(busy.app):
        first = run(busy.app, "backup", target)
        again = run(busy.app, "backup", target)
    assert (first.exit_code, again.exit_code, "a whole backup" in again.output) == (0, 0, True), again.output
    told = json.loads((target / "manifest.json").read_text())
    assert [path.name for path in target.glob("database-*")] == [told["database"]]
    assert (told["files"], len(told["keys"]), told["damaged"]) == (5, 1, [])
    assert busy.app.extensions["markwell"].secret not in (target / "manifest.json").read_text()
    app = elsewhere()
    result = run(app, "restore", target)
    assert result.exit_code == 0, result.output
    assert "1 jobs wait for the worker" in result.output
    assert "tables already" in run(app, "restore", target).output
    with app.app_context():
        assert audit.check_kept(1, dict([told["logs"]["1001"]])) is None
        assert len(list(files.store().addresses())) == 5
        assert files.store().has(db.session.get_one(Person, 1).centre.logo_sha256), "and the centre has its logo"
        assert [one.ended_at is None for one in db.session.query(SignIn)] == [False], (
            "who signed out since is not known"
        )
        kept = keys.signer(db.session.get_one(Person, 1).centre, app.extensions["markwell"])
        with busy.app.app_context():
            own = keys.signer(busy.person("ada").centre, busy.app.extensions["markwell"])
            db.session.remove()
        assert kept.signing_cert.dump() == own.signing_cert.dump()
        db.session.remove()
    signs_in(app)
    assert finished(app) == hashlib.sha256(b"made after all").hexdigest()


def signs_in(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = False
    answer = app.test_client().post("/sign-in", data={"email": "ada@house.example", "password": PASSWORD})
    assert (answer.status_code, answer.location) == (302, "/")


def finished(app: Flask) -> str:
    """What the interrupted job made, once a worker of the restored house has done it."""
    stop, told = threading.Event(), {"url": app.extensions["markwell"].jobs, "name": "anew"}
    thread = threading.Thread(target=worker.work, args=(app,), kwargs=told | {"stop": stop})
    thread.start()
    try:
        with app.app_context():
            for _ in range(1200):
                job = db.session.query(Job).one()
                if not job.is_open:
                    return str(job.result["sha256"])
                db.session.rollback()
                stop.wait(0.05)
            return "never"
    finally:
        stop.set()
        thread.join()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_does_not_fit_or_is_damaged_is_refused_in_a_sentence_and_leaves_the_house_empty(
    busy: House, elsewhere: Callable[..., Flask], yard: Path
) -> None:
    target = yard / "backup"
    run(busy.app, "backup", target)
    told = json.loads((target / "manifest.json").read_text())
    photo = next(path for path in (target / "files").glob("??/??/*"))
    for path in (target / told["database"], target / "keys" / "1.p12", target / "files.sha256", photo):
        whole = path.read_bytes()
        path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
        result = run(elsewhere(), "restore", target)
        assert (result.exit_code, "damaged" in result.output) == (1, True), (path, result.output)
        path.write_bytes(whole)
    needs = f"needs the secret with the fingerprint {told['secret']}"
    for secret in (OTHER_SECRET, ""):
        assert needs in run(elsewhere(secret=secret), "restore", target).output
    assert "There is no backup" in run(elsewhere(), "restore", yard / "nowhere").output
    assert "in the house itself" in run(busy.app, "backup", busy.app.extensions["markwell"].instance / "inside").output
    assert run(elsewhere(), "restore", target).exit_code == 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_file_that_the_store_cannot_give_whole_is_named_and_a_damaged_copy_is_made_anew(
    busy: House, yard: Path
) -> None:
    outside = yard / "backup"
    run(busy.app, "backup", outside)
    with busy.app.app_context():
        spoilt, other = list(files.store().addresses())[:2]
        original = files.store().path(spoilt)
    (outside / "files" / other[:2] / other[2:4] / other).write_bytes(b"bit rot")
    assert run(busy.app, "backup", outside).exit_code == 0
    (outside / "files" / spoilt[:2] / spoilt[2:4] / spoilt).unlink()
    original.write_bytes(b"bit rot")
    result = run(busy.app, "backup", outside)
    assert (result.exit_code, "1 files are damaged in the store" in result.output) == (1, True)
    assert json.loads((outside / "manifest.json").read_text())["damaged"] == [spoilt]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_file_that_the_records_name_and_the_store_lost_is_named(busy: House, yard: Path) -> None:
    busy.app.config["WTF_CSRF_ENABLED"] = False
    sent = {"title": "The till", "uploads": (io.BytesIO(b"what the till printed"), "till.txt")}
    assert busy.browser("ada").post("/evidence/new/work-product", data=sent).status_code == 302
    assert run(busy.app, "backup", yard / "backup").exit_code == 0
    lost = hashlib.sha256(b"what the till printed").hexdigest()
    with busy.app.app_context():
        files.store().path(lost).unlink()
    kept = run(busy.app, "backup", yard / "backup")
    assert kept.exit_code == 0, "an earlier backup in the same place still has it"
    result = run(busy.app, "backup", yard / "another")
    assert (result.exit_code, "1 files are missing from the store" in result.output) == (1, True)
    assert json.loads((yard / "another" / "manifest.json").read_text())["missing"] == [lost]
