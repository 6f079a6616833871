"""A centre of two trades under a server that can be stopped: what its people do there, in windows of their own."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from playwright.sync_api import expect

from app import create_app
from portfolio.foundation.db import db
from portfolio.foundation.settings import Settings
from portfolio.people.models import Person
from portfolio.units import queries as units
from portfolio.units.models import Enrolment
from tests.fixtures.browser import Window
from tests.fixtures.house import serving
from tests.journeys.centre.hands import Hands
from tests.journeys.centre.test_centre import taken, work

PASSWORD = "four rusty kettles boil"
COOKING = """Title: Keep a kitchen safe
Code: K-1
Level: 2

Marking points
1. Shows that the board was clean.
2. Says which knife was taken and why.
"""
KNIVES = COOKING.replace("Keep a kitchen safe", "Care for knives").replace("K-1", "K-2")
MENDING = """Title: Put a bicycle right
Code: M-1
Level: 3

Marking points
1. Finds what is wrong with the bicycle.
2. Says what the repair costs.
"""
WORK = "The board was clean. I took the paring knife. The chain was worn. It costs nine pounds."
CLAIMED = {"K-1": ("The board was clean.", "I took the paring knife."),
           "M-1": ("The chain was worn.", "It costs nine pounds.")}  # fmt: skip


@dataclass
class Monday:
    """The house while its server runs, and who has a window open."""

    app: Flask
    url: str
    window: Window
    hands: dict[str, Hands] = field(default_factory=dict)

    def signs_in(self, name: str) -> Hands:
        """A window in which somebody signed in with their address and password."""
        hands = Hands(self.window(base_url=self.url))
        hands.page.goto("/sign-in")
        hands.types("E-mail address", address(name))
        hands.types("Password", PASSWORD)
        hands.presses("Sign in")
        self.hands[name] = hands
        return hands

    def joins(self, name: str, link: str) -> None:
        """Somebody opens the link that they were given, and chooses a password."""
        hands = Hands(self.window(base_url=self.url))
        hands.page.goto(link)
        hands.types("Password", PASSWORD)
        hands.types("The same password again", PASSWORD)
        hands.presses("Save and sign in")
        expect(hands.page.locator("body")).to_contain_text("Welcome")
        self.hands[name] = hands

    def person(self, name: str) -> Person:
        """Whoever is called so and is still there."""
        db.session.rollback()
        return db.session.query(Person).filter_by(name=name, removed_at=None).one()

    def named(self, email: str) -> Person:
        """Whoever has that address."""
        db.session.rollback()
        return db.session.query(Person).filter_by(email=email).one()

    def enrolment(self, name: str, code: str) -> Enrolment:
        """What somebody is enrolled on."""
        return next(one for one in units.enrolments_of(self.person(name).id) if one.edition.code == code)

    def pack(self, hands: Hands, folder: Path) -> Path:
        """A pack of everybody, asked for, made and taken away; unpacked beside it."""
        hands.page.goto("/exports")
        hands.presses("Make the pack")
        work(self.app)
        hands.page.reload()
        pack = taken(hands.page, folder)
        with zipfile.ZipFile(pack) as read:
            read.extractall(folder / "unpacked")
        return pack


def address(name: str) -> str:
    """With what somebody signs in."""
    return f"{name.partition(' ')[0].lower()}@monday.example"


@contextmanager
def running(folder: Path, window: Window, *, empty: Path | None = None) -> Iterator[Monday]:
    """The house in `folder`, with its server, until this ends; where it is `empty`, filled from that backup first."""
    if empty:
        secret = (folder / "secret").read_text()
        app = create_app(Settings(folder, f"sqlite:///{folder / 'markwell.db'}", secret=secret, https=False))
        done = app.test_cli_runner().invoke(args=["restore", str(empty)])
        assert done.exit_code == 0, done.output
    with serving(folder) as (app, url), app.app_context():
        yield Monday(app, url, window)
        db.session.remove()
        db.engine.dispose()


def opened(monday: Monday) -> None:
    """At a terminal the centre is opened and Dee is registered; she joins by the link that is printed."""
    run = monday.app.test_cli_runner()
    assert run.invoke(args=["centre", "open", "--name", "Quayside Trades", "--number", "7001"]).exit_code == 0
    dee = ["--role", "administrator", "--name", "Dee Abara", "--email", address("Dee")]
    said = run.invoke(args=["person", "register", *dee])
    assert said.exit_code == 0, said.output
    monday.joins("Dee Abara", "/join/" + re.findall(r"/join/(\S+)", said.output)[0])


def moved(folder: Path, to: Path) -> None:
    """The secret, which is in no backup, is kept elsewhere and brought to the new house."""
    to.mkdir()
    shutil.copy(folder / "secret", to / "secret")
