"""The worker is killed while it sends mail: nobody is written to twice, and of whom nobody knows is said so."""

import asyncio
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
from portfolio.foundation.mail import outbox
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


def states(house: Flask) -> list[str]:
    """Of all mails; `not known` where one may have gone."""
    with house.app_context():
        found = ["not known" if mail.may_have_gone else mail.state for mail in db.session.query(Mail)]
        db.session.remove()
    return found


def all_done(house: Flask) -> bool:
    return "waiting" not in states(house)


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


def test_killed_between_the_servers_yes_and_our_commit_it_sends_no_second_and_says_that_it_may_have_gone(
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
            until(lambda: all_done(house))
        assert (len(postbox.mails), states(house)) == (1, ["not known"])
        send_again(house)
        with working(home):
            until(lambda: all_done(house))
    first, second = (mail for _, mail in postbox.mails)
    assert first["Message-ID"] != second["Message-ID"]
    assert states(house) == ["not known", "sent"]


def send_again(house: Flask) -> None:
    """Do what an administrator does with a mail that may not have arrived."""
    with house.app_context():
        with transaction():
            by = db.session.query(Person).filter_by(name="Eve").one()
            (mail,) = db.session.query(Mail)
            assert mail.because == (
                "The machine stopped while this was handed to the mail server. It may have gone out. "
                "Send it again if it did not arrive."
            )
            outbox.send_again(mail, by=by)
        db.session.remove()


def test_killed_before_the_server_is_given_it_it_goes_out_once(house: Flask, postbox: Postbox) -> None:
    asked(house, 1)
    arrived = threading.Event()

    async def before_address() -> None:
        if not arrived.is_set():
            arrived.set()
            await asyncio.Event().wait()

    postbox.before_address = before_address
    with postbox.up(), nursery(house, WHOLE_HOUSE) as home:
        with working(home):
            until(arrived.is_set)
        with working(home):
            until(lambda: all_done(house))
    assert (len(postbox.mails), len(postbox.asked), states(house)) == (1, 2, ["sent"])


def test_of_a_class_nobody_is_written_to_twice_whatever_is_killed(house: Flask, postbox: Postbox) -> None:
    asked(house, CLASS)
    with postbox.up(), nursery(house, WHOLE_HOUSE) as home:
        for kill in range(1, KILLS + 1):
            with working(home):
                until(lambda: len(postbox.mails) >= kill * CLASS // (KILLS + 1))  # noqa: B023
        with working(home):
            until(lambda: all_done(house))
    counts = Counter(to for to, _ in postbox.mails)
    assert set(counts.values()) == {1}
    assert len(counts) >= states(house).count("sent") >= CLASS - KILLS
    assert len(states(house)) == CLASS
