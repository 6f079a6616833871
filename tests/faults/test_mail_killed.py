"""The worker is killed while it sends mail: everybody is written to, and each kill sends one more at most."""

import sqlite3
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from flask import Flask

from portfolio.foundation.db import db, transaction
from portfolio.foundation.mail.models import Mail
from portfolio.people import operations
from portfolio.people.models import Person
from portfolio.people.rules import Registration, Role
from tests.faults import centre
from tests.faults.programs import WHOLE_HOUSE, nursery, until, working
from tests.foundation.mail.postbox import SENDER, Postbox

pytestmark = pytest.mark.slow
CLASS, KILLS = 24, 4


@pytest.fixture(params=["sqlite", "postgresql"])
def house(
    request: pytest.FixtureRequest, tmp_path: Path, postbox: Postbox, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    url = request.getfixturevalue("fresh_postgres_url") if request.param == "postgresql" else ""
    app = centre.opened(tmp_path, database=url)
    for name, value in (("MARKWELL_MAIL", postbox.url), ("MARKWELL_MAIL_FROM", SENDER)):
        monkeypatch.setenv(name, value)
    app.extensions["markwell"] = replace(app.extensions["markwell"], mail=postbox.url, mail_from=SENDER)
    yield app
    with app.app_context():
        db.engine.dispose()


def asked(house: Flask, count: int) -> None:
    """Have links sent to so many people."""
    with house.app_context():
        with transaction():
            by = db.session.query(Person).filter_by(name="Eve").one()
            people = []
            for number in range(count):
                stated = Registration(f"Learner {number}", f"learner{number}@example.org", (Role.LEARNER,))
                people.append(operations.register(stated, by.centre, by=by))
                operations.invite(people[-1], key="a key of sixteen or more", by=by)
            operations.mail_links(people, key="a key of sixteen or more", by=by)
        db.session.remove()


def all_sent(house: Flask) -> bool:
    with house.app_context():
        states = {mail.state for mail in db.session.query(Mail)}
        db.session.remove()
    return states == {"sent"}


def holding(house: Flask) -> Callable[[], Callable[[], None]]:
    """What keeps everybody from writing that a mail was sent, and how it is let go."""
    url = house.extensions["markwell"].database

    def hold() -> Callable[[], None]:
        if url.startswith("sqlite"):
            line = sqlite3.connect(url.removeprefix("sqlite:///"), isolation_level=None, check_same_thread=False)
            line.execute("BEGIN IMMEDIATE")
            return line.close
        server = psycopg.connect(url.replace("+psycopg", ""))
        server.execute("SELECT id FROM mail FOR UPDATE")
        return server.close

    return hold


def test_killed_between_the_servers_yes_and_our_commit_it_sends_one_more_that_says_it_is_the_same(
    house: Flask, postbox: Postbox
) -> None:
    asked(house, 1)
    held, arrived, hold = list[Callable[[], None]](), threading.Event(), holding(house)

    def before_yes() -> None:
        if not held:
            held.append(hold())
        arrived.set()

    postbox.before_yes = before_yes
    with postbox.up(), nursery(house, WHOLE_HOUSE) as home:
        with working(home):
            until(arrived.is_set)
        held[0]()
        with working(home):
            until(lambda: all_sent(house))
    first, second = (mail for _, mail in postbox.mails)
    assert first["Message-ID"] == second["Message-ID"]


def test_a_class_is_written_to_whatever_is_killed(house: Flask, postbox: Postbox) -> None:
    asked(house, CLASS)
    with postbox.up(), nursery(house, WHOLE_HOUSE) as home:
        for kill in range(1, KILLS + 1):
            with working(home):
                until(lambda: len(postbox.mails) >= kill * CLASS // (KILLS + 1))  # noqa: B023
        with working(home):
            until(lambda: all_sent(house))
    counts = Counter(to for to, _ in postbox.mails)
    assert len(counts) == CLASS
    assert sum(counts.values()) <= CLASS + KILLS
    for to in counts:
        assert len({mail["Message-ID"] for mail in postbox.to(to)}) == 1
