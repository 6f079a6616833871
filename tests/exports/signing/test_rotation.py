"""Another secret: passwords and certificates stay, a wrong one is one sentence, and no crash shuts the house."""

import hashlib
import random
from multiprocessing import get_context
from pathlib import Path

import flask_migrate
import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from exports.signing import certificates, keys, signatures
from portfolio.foundation.db import db, transaction
from portfolio.foundation.sealing import WrongSecret, fingerprint
from portfolio.foundation.settings import Settings
from portfolio.people import operations, queries, signing_in
from portfolio.people.entering.operations import choose
from portfolio.people.rules import Registration, Role
from tests.fixtures.cast import MIGRATIONS
from tests.people.house import Visitor, apart

pytestmark = pytest.mark.slow

OLD, NEW = "an old secret of the tests: 7d0c", "another secret of the tests: 51e9"
PASSWORD = "violet anchor seventeen"
SEED, KILLS = 20261128, 6


def house(folder: Path, secret: str) -> Flask:
    return create_app(Settings(folder, f"sqlite:///{folder / 'markwell.db'}", secret=secret, https=False))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A house of the release before: passwords and key files follow from the secret itself."""
    app = house(tmp_path, OLD)
    with app.app_context():
        flask_migrate.upgrade(directory=str(MIGRATIONS))
        with transaction():
            for number in ("1", "2"):
                centre = operations.open_centre(f"Centre {number}", number)
                stated = Registration(f"Dee {number}", f"dee{number}@x.example", (Role.ADMINISTRATOR,))
                choose(operations.register(stated, centre, by=None), signing_in.hashed(PASSWORD))
        before = hashlib.sha256(f"centre key {OLD}".encode()).hexdigest().encode()
        for id in (1, 2):
            keys.keep(tmp_path / "keys" / f"{id}.p12", certificates.self_made("Centre", str(id), password=before))
        left()
    return tmp_path


def left() -> None:
    db.session.remove()
    db.engine.dispose()


def rotated(folder: Path, old: str = OLD, new: str = NEW) -> Result:
    app = house(folder, old)
    return apart(app.test_cli_runner(env={"MARKWELL_NEW_SECRET": new}).invoke, args=["secret", "rotate"])


def fingerprints(folder: Path, secret: str) -> list[str]:
    """Of the certificates of both centres, as they are opened with `secret`. Raises `WrongSecret`."""
    app = house(folder, secret)
    with app.app_context():
        try:
            signers = [keys.signer(centre, app.extensions["markwell"]) for centre in queries.centres()]
            return [hashlib.sha256(signer.signing_cert.dump()).hexdigest() for signer in signers]
        finally:
            left()


def signs_in(folder: Path, secret: str) -> bool:
    visitor = Visitor(house(folder, secret).test_client())
    visitor.reads("/sign-in")
    return "Sign out" in visitor.sends("/sign-in", email="dee1@x.example", password=PASSWORD)


def test_after_a_rotation_passwords_and_certificates_are_what_they_were(folder: Path) -> None:
    before = fingerprints(folder, OLD)
    kept = {path.name: path.read_bytes() for path in (folder / "keys").iterdir()}
    result = rotated(folder)
    assert (result.exit_code, f"Sealed with the secret {fingerprint(NEW)}; 2 key files" in result.output) == (0, True)
    assert fingerprints(folder, NEW) == before
    assert signs_in(folder, NEW)
    assert {path.name: path.read_bytes() for path in (folder / "keys").iterdir()}.items().isdisjoint(kept.items())
    follows = hashlib.sha256(f"centre key {OLD}".encode()).hexdigest().encode()
    with pytest.raises(signatures.NotSigned):
        signatures.opened((folder / "keys" / "1.p12").read_bytes(), follows)


def test_a_wrong_secret_is_one_sentence_on_every_page_and_from_every_command(folder: Path) -> None:
    assert signs_in(folder, OLD)
    fingerprints(folder, OLD)
    sentence = f"this house was sealed with the secret {fingerprint(OLD)}"
    app = house(folder, NEW)
    for path in ("/", "/sign-in", "/people", "/nowhere"):
        answer = apart(app.test_client().get, path)
        assert (answer.status_code, sentence in answer.text) == (503, True)
    assert apart(app.test_client().get, "/static/build/app.css").status_code in {200, 404}
    for command in (["worker"], ["report", "Dee"], ["secret", "rotate"], ["person", "invite", "dee1@x.example"]):
        result = apart(house(folder, NEW).test_cli_runner(env={"MARKWELL_NEW_SECRET": OLD[::-1]}).invoke, args=command)
        assert "Traceback" not in result.output
        assert result.exception is None or isinstance(result.exception, SystemExit), command
    assert sentence in apart(house(folder, NEW).test_cli_runner().invoke, args=["worker"]).output
    with pytest.raises(WrongSecret):
        fingerprints(folder, NEW)


def test_a_rotation_that_a_broken_key_file_stops_has_changed_nothing_and_says_so(folder: Path) -> None:
    before, second = fingerprints(folder, OLD), folder / "keys" / "2.p12"
    whole = second.read_bytes()
    for broken in (whole[:100], b""):
        second.write_bytes(broken)
        there = {path.name: path.read_bytes() for path in (folder / "keys").iterdir()}
        result = rotated(folder)
        assert (result.exit_code, f"{second} cannot be opened" in result.output) == (1, True), result.output
        assert "Nothing was changed" in result.output
        assert {path.name: path.read_bytes() for path in (folder / "keys").iterdir()} == there
    second.write_bytes(whole)
    assert fingerprints(folder, OLD) == before
    assert rotated(folder).exit_code == 0
    assert fingerprints(folder, NEW) == before


def test_a_rotation_of_a_house_whose_passwords_were_never_sealed_names_the_broken_key_file(folder: Path) -> None:
    (folder / "keys" / "1.p12").write_bytes(b"bit rot")
    result = rotated(folder)
    assert (result.exit_code, f"{folder / 'keys' / '1.p12'} cannot be opened" in result.output) == (1, True)
    assert "Nothing was changed" in result.output
    assert signs_in(folder, OLD)


def test_a_rotation_that_cannot_write_a_key_file_says_which_secret_counts_and_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, kept = fingerprints(folder, OLD), keys.keep

    def full(path: Path, content: bytes, *, instead: bool = False) -> None:
        if path.name == "2.p12":
            raise OSError(28, "No space left on device")
        kept(path, content, instead=instead)

    with monkeypatch.context() as patched:
        patched.setattr(keys, "keep", full)
        result = rotated(folder)
    assert (result.exit_code, "No space left" in result.output) == (1, True), result.output
    assert f"sealed with the secret {fingerprint(NEW)} by now" in result.output
    assert fingerprints(folder, NEW) == before
    assert rotated(folder).exit_code == 0
    assert fingerprints(folder, NEW) == before


def test_a_rotation_that_is_killed_leaves_a_house_that_opens_with_one_of_the_two_secrets(folder: Path) -> None:
    before, dice = fingerprints(folder, OLD), random.Random(SEED)
    for _ in range(KILLS):
        child = get_context("fork").Process(target=rotated, args=(folder,))
        child.start()
        child.join(dice.uniform(0.05, 2))
        child.kill()
        child.join()
        opened = []
        for secret in (OLD, NEW):
            try:
                opened.append(fingerprints(folder, secret))
            except WrongSecret:
                continue
        assert opened == [before]
    assert rotated(folder).exit_code == 0
    assert fingerprints(folder, NEW) == before
    assert signs_in(folder, NEW)


def test_a_secret_that_could_be_guessed_or_is_the_same_is_refused(folder: Path) -> None:
    for weak in ("short", OLD):
        result = rotated(folder, new=weak)
        assert (result.exit_code, "Traceback" in result.output) == (1, False)
    assert isinstance(fingerprints(folder, OLD), list)
