"""Two centres that register people by address; dee runs Harbour Street, dot Fell and Dale."""

import html
import re
from itertools import count

import pytest

from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.people import operations, queries
from portfolio.people.models import Person
from portfolio.people.rules import Registration, Role
from tests.fixtures.cast import House
from tests.people.house import Visitor

ANN = "ann@freelance.example"
WORDS, OTHERS, THIRD = "violet anchor seventeen", "copper lantern ninety", "teapot glacier mittens"
HARBOUR, FELL = "dee", "dot"
"""Who administers each of the two centres."""
_WHO = re.compile(r'data-person="(\d+)"')
_turn = count()


class Two:
    """Both centres, and what their administrators and their people do through the pages."""

    def __init__(self, house: House) -> None:
        self.house = house
        cheap = {"argon2__time_cost": 1, "argon2__memory_cost": 8, "argon2__parallelism": 1}
        house.app.extensions["security"].pwd_context.update(**cheap)  # passwords are hashed many times here
        self.offices = {nick: self._office(nick) for nick in (HARBOUR, FELL)}

    def _office(self, nick: str) -> Visitor:
        visitor = Visitor(self.house.browser(nick))
        visitor.reads("/people/new")
        return visitor

    def registered(self, by: str, *, email: str = ANN, name: str = "Ann Frey", role: Role = Role.ASSESSOR) -> int:
        """The id of somebody whom an administrator registers."""
        self.anew()
        with transaction():
            dee = self.house.person(by)
            return operations.register(Registration(name, email, (role,)), dee.centre, by=dee).id

    def link(self, by: str, id: int) -> str:
        """The path of a one-time link that an administrator makes."""
        found = re.search(r"/join/[\w-]+", self.offices[by].sends(f"/people/{id}/invite"))
        assert found
        return found[0]

    def stranger(self) -> Visitor:
        """A browser at an address of its own, in which nobody signed in."""
        visitor = Visitor(self.house.app.test_client())
        visitor.client.environ_base["REMOTE_ADDR"] = f"2001:db8:0:{next(_turn):x}::1"
        return visitor

    def joins(self, link: str, password: str) -> Visitor:
        """Somebody who came by a link and chose this password."""
        visitor = self.stranger()
        visitor.reads(link)
        visitor.sends(link, password=password, again=password)
        return visitor

    def member(self, by: str, password: str, **stated: object) -> int:
        """The id of somebody who was registered and joined with this password."""
        id = self.registered(by, **stated)  # type: ignore[arg-type]
        self.joins(self.link(by, id), password)
        return id

    def signs_in(self, password: str, *, email: str = ANN, remember: bool = False) -> Visitor:
        """Somebody who tried to sign in; what is written once the answer has gone is written."""
        visitor = self.stranger()
        visitor.reads("/sign-in")
        answers = {"email": email, "password": password, "csrf_token": visitor.token}
        visitor.client.post("/sign-in", data=answers | ({"remember": "y"} if remember else {})).close()
        return visitor

    def who(self, visitor: Visitor) -> int | None:
        """Whose sign-in it is."""
        page = visitor.client.get("/sign-ins")
        if page.status_code != 200:
            return None
        visitor.sees(page, 200)
        return int(_WHO.findall(page.text)[0])

    def person(self, id: int) -> Person:
        """Somebody as they are now."""
        self.anew()
        return db.session.get_one(Person, id)

    def account(self, id: int) -> int | None:
        """The account of somebody as it is now."""
        return self.person(id).account_id

    def told(self, id: int, *deeds: str) -> list[str]:
        """The deeds that the log of somebody's centre tells of them, in order; only `deeds` where some are named."""
        centre = self.person(id).centre_id
        lines = [line["deed"] for line in audit.lines(centre) if line["subject"] == f"person {id}"]
        return [deed for deed in lines if not deeds or deed in deeds]

    def anew(self) -> None:
        """Forget what was read."""
        db.session.rollback()
        db.session.expire_all()


def words(page: str) -> str:
    """What a page says, without tokens, keys and numbers that differ each time."""
    main = html.unescape(page[page.index("<main") : page.index("</main>")])
    return re.sub(r'(value|href|action)="[^"]*"', "", main)


@pytest.fixture
def two(house: House) -> Two:
    """The two centres."""
    return Two(house)


def sharing(two: Two, *, role: Role = Role.ASSESSOR) -> tuple[int, int]:
    """The ids of one human's persons at both centres, under one sign-in."""
    here, there = (two.member(by, WORDS, role=role) for by in (HARBOUR, FELL))
    assert two.account(here) == two.account(there)
    assert [one.id for one in queries.people_of(two.account(here))] == [here, there]
    return here, there
