"""Production refuses to start on what is missing or weak, in one sentence that mends it; the demo needs nothing."""

import dataclasses
from pathlib import Path

import pytest

from portfolio.foundation import settings
from portfolio.foundation.settings import Unset

STRONG = "mV3k-9sQ_tZ1uXw7pLc2RjN8bHf5aEyG"
PRODUCTION = {"MARKWELL_SECRET": STRONG, "MARKWELL_ADDRESS": "https://markwell.example/"}


@pytest.mark.parametrize(
    "secret",
    [None, "", " " * 48, "short", STRONG[:-1], "x" * 64, "abcd" * 16, "changeme" * 8],
)
def test_a_missing_or_weak_secret_is_refused_in_one_sentence(tmp_path: Path, secret: str | None) -> None:
    environment = {"MARKWELL_INSTANCE": str(tmp_path)} | ({"MARKWELL_SECRET": secret} if secret is not None else {})
    with pytest.raises(Unset) as refusal:
        settings.read(environment)
    sentence = str(refusal.value)
    assert sentence.startswith("MARKWELL_SECRET is missing or weak")
    assert "token_urlsafe" in sentence
    assert "\n" not in sentence
    if secret:
        assert secret.strip() == "" or secret not in sentence


def test_a_strong_secret_is_taken_and_cookies_travel_only_by_https(tmp_path: Path) -> None:
    read = settings.read(PRODUCTION | {"MARKWELL_INSTANCE": str(tmp_path)})
    assert (read.secret, read.https, read.demo, read.proxies) == (STRONG, True, False, 0)
    assert read.database == f"sqlite:///{tmp_path}/markwell.db"


def test_the_demo_makes_a_secret_and_keeps_it_to_itself(tmp_path: Path) -> None:
    environment = {"MARKWELL_INSTANCE": str(tmp_path / "new"), "MARKWELL_DEMO": "1"}
    first, second = settings.read(environment), settings.read(environment)
    assert first.secret == second.secret
    assert len(first.secret) >= settings.WEAK
    assert (tmp_path / "new" / "secret").stat().st_mode & 0o077 == 0
    assert not first.https


def test_the_demo_too_refuses_a_weak_secret_that_it_is_given(tmp_path: Path) -> None:
    with pytest.raises(Unset):
        settings.read({"MARKWELL_INSTANCE": str(tmp_path), "MARKWELL_DEMO": "1", "MARKWELL_SECRET": "demo"})


def test_a_command_does_without_a_secret_until_it_has_to_sign(tmp_path: Path) -> None:
    read = settings.read({"MARKWELL_INSTANCE": str(tmp_path)}, serving=False)
    with pytest.raises(Unset):
        read.ensure_secret()


def test_an_instance_that_a_demo_began_is_a_demo_to_every_command_and_to_no_server(tmp_path: Path) -> None:
    environment = {"MARKWELL_INSTANCE": str(tmp_path)}
    begun = settings.read(environment | {"MARKWELL_DEMO": "1"})
    assert settings.read(environment, serving=False) == begun
    with pytest.raises(Unset):
        settings.read(environment)


def test_settings_do_not_change_while_the_house_runs(tmp_path: Path) -> None:
    read = settings.read(PRODUCTION | {"MARKWELL_INSTANCE": str(tmp_path)})
    with pytest.raises(dataclasses.FrozenInstanceError):
        read.secret = "another"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("database", "jobs"),
    [("", "sqlite:///{}/jobs.db"), ("postgresql+psycopg://db/markwell", "postgresql://db/markwell")],
)
def test_jobs_are_kept_where_the_records_are(tmp_path: Path, database: str, jobs: str) -> None:
    given = PRODUCTION | {"MARKWELL_INSTANCE": str(tmp_path), "MARKWELL_DATABASE": database}
    assert settings.read(given).jobs == jobs.format(tmp_path)


@pytest.mark.parametrize("name", ["PROXIES", "UPLOAD_LIMIT", "PERSON_QUOTA", "CENTRE_QUOTA", "BODIES", "PATIENCE"])
@pytest.mark.parametrize("said", ["many", "-1", "1.5", "٣", "1e9"])
def test_a_number_that_is_none_is_refused_by_its_name(tmp_path: Path, name: str, said: str) -> None:
    environment = PRODUCTION | {"MARKWELL_INSTANCE": str(tmp_path), f"MARKWELL_{name}": said}
    with pytest.raises(Unset, match=f"MARKWELL_{name} must be a whole number"):
        settings.read(environment)


def test_production_wants_to_know_its_own_address_and_the_demo_makes_one_up(tmp_path: Path) -> None:
    there = {"MARKWELL_INSTANCE": str(tmp_path)}
    assert settings.read(PRODUCTION | there).address == "https://markwell.example"
    for wrong in ("", "markwell.example", "https://markwell.example/portal"):
        with pytest.raises(Unset, match="MARKWELL_ADDRESS"):
            settings.read(PRODUCTION | there | {"MARKWELL_ADDRESS": wrong})
    assert settings.read(there, serving=False).address == ""
    assert settings.read(there | {"MARKWELL_DEMO": "1", "PORT": "5077"}).address == "http://127.0.0.1:5077"


def test_mail_is_sent_where_server_and_sender_are_named(tmp_path: Path) -> None:
    said = {"MARKWELL_MAIL": "smtps://mail.example", "MARKWELL_MAIL_FROM": "markwell@markwell.example"}
    read = settings.read(PRODUCTION | {"MARKWELL_INSTANCE": str(tmp_path)} | said)
    assert (read.mail, read.mail_from) == tuple(said.values())
    assert settings.read(PRODUCTION | {"MARKWELL_INSTANCE": str(tmp_path)}).mail == ""


@pytest.mark.parametrize(
    ("server", "sender"),
    [("smtp://mail.example", ""), ("", "a@b.example"), ("mail.example", "a@b.example"), ("smtp://mail.example", "ab")],
)
def test_half_a_mail_server_is_refused_in_one_sentence(tmp_path: Path, server: str, sender: str) -> None:
    said = {"MARKWELL_INSTANCE": str(tmp_path), "MARKWELL_MAIL": server, "MARKWELL_MAIL_FROM": sender}
    with pytest.raises(Unset, match=r"^MARKWELL_MAIL"):
        settings.read(PRODUCTION | said)


def test_the_sentence_about_a_mail_server_does_not_show_its_password(tmp_path: Path) -> None:
    said = {"MARKWELL_MAIL": "smtp://markwell:secret-word@host:port", "MARKWELL_MAIL_FROM": "a@b.example"}
    with pytest.raises(Unset) as refusal:
        settings.read(PRODUCTION | {"MARKWELL_INSTANCE": str(tmp_path)} | said)
    assert "secret-word" not in str(refusal.value)
