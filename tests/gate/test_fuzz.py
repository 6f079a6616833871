"""Whatever is sent to whatever address: it is answered, refused or not there, and never a fault of ours."""

import re
from collections.abc import Iterator
from itertools import product
from urllib.parse import quote

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import alive
from portfolio.people.models import Person
from tests.fixtures.cast import House
from tests.gate import fuzzing
from tests.gate.table import DOORS, PEOPLE
from tests.gate.test_doors import routes
from tests.gate.world import Things, things_of

pytestmark = pytest.mark.slow

TUS = {"Tus-Resumable": "1.0.0"}
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW")
CHANGING = {"POST", "PATCH", "DELETE"}
REPEATED = re.compile(r"-[1-9]\d*-")
"""A field of a row after the first, which is read like the first."""


class Fuzzed:
    """A house, what its addresses name, and the faults that were found."""

    def __init__(self, house: House, things: Things) -> None:
        self.house, self.things, self.faults, self.count = house, things, list[str](), 0
        self.each = db.engine.dialect.name == "sqlite"
        """Whether each field is tried alone as well; what a database refuses, it refuses in all of them at once."""
        self.browsers = {role: house.browser(nick) for role, nick in {"nobody": "", **PEOPLE}.items()}
        self.plain: dict[str, str] = {
            "version": "1", "based_on": "1", "points": str(things.point), "title": "A kettle", "name": "Ada Marsh",
            "agreed": "y", "seen": "1", "verdict": "met", "fails": "valid", "feedback": "Well done.", "step": "refer",
            "assessor": "0", "iqa": "0", "reason": "Because.", "email": "new@house.example", "roles": "learner",
            "scope": "some", "learners": str(things.learner), "edition": "summary", "paper": "A4", "code": "T-9",
            "text": "Words.", "witness": "Ruth Ofori", "job": "Supervisor", "relationship": "manager",
            "contact": "0161",
            "happened_on": "2026-01-02", "editions": str(things.edition), "learner": str(things.learner), "page": "1",
            "start": "0", "end": "3", "words-0-words": "Kettle", "words-0-reason": "Why",
        }  # fmt: skip

    def asks(self, who: str, address: str, method: str, **sent: object) -> TestResponse:
        """Send one request; a fault is noted with what was sent."""
        self.count += 1
        headers = TUS | dict(sent.pop("headers", {}))  # type: ignore[call-overload]
        answer = self.browsers[who].open(address, method=method, headers=headers, **sent)
        if answer.status_code >= 500:
            self.faults.append(f"{who} {method} {address[:90]} {str(sent)[:150]} {headers}: {answer.status_code}")
        answer.close()
        return answer

    def address(self, rule: Rule, **other: object) -> str:
        """The address of a route, of what is there or of what `other` says."""
        values = self.things.named_by(rule) | other
        return rule.rule if not values else "".join(
            piece if known is None else quote(str(values[known]), safe="", errors="surrogatepass")
            for piece, known in pieces(rule)
        )  # fmt: skip


def pieces(rule: Rule) -> Iterator[tuple[str, str | None]]:
    """The parts of a route's address, and for each that is a blank the name of what belongs into it."""
    for part in rule.rule.replace("<", "\0<").replace(">", ">\0").split("\0"):
        yield part, part.strip("<>").rpartition(":")[2] if part.startswith("<") else None


def opened_by(rule: Rule) -> str:
    """Somebody for whom a door opens."""
    return next((role for role in PEOPLE if role in DOORS.get(rule.endpoint, ())), "nobody")


@pytest.fixture
def fuzzed(house: House) -> Iterator[Fuzzed]:
    """A house that is well: a worker breathes, so that its health is no fault."""
    app = house.app
    app.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False, RATELIMIT_ENABLED=False)
    app.testing, app.request_class = False, fuzzing.noting(app.request_class)
    with alive.identity(app.extensions["markwell"].instance):
        yield Fuzzed(house, things_of(house, learner="ada", spare="zoe", administrator="dee"))


def ends_well(fuzzed: Fuzzed) -> None:
    """Nothing was a fault, and the house still reads and writes."""
    assert "\n".join(fuzzed.faults) == ""
    for browser in fuzzed.browsers.values():
        assert browser.get("/", follow_redirects=True).status_code == 200
    with transaction():
        db.session.get_one(Person, fuzzed.things.learner).work = "Harbour Books"
    db.session.remove()


def test_an_address_with_anything_in_it_is_not_there_or_refused(fuzzed: Fuzzed) -> None:
    for rule in routes(fuzzed.house):
        methods = sorted((rule.methods or set()) - {"OPTIONS", "DELETE"}) or ["DELETE"]
        for name, value in product(sorted(rule.arguments), fuzzing.FEW):
            fuzzed.asks(opened_by(rule), fuzzed.address(rule, **{name: value}), methods[0])
    ends_well(fuzzed)


def test_forms_and_addresses_with_any_answers_are_never_a_fault(fuzzed: Fuzzed) -> None:
    for rule in routes(fuzzed.house):
        for method in sorted((rule.methods or set()) - {"OPTIONS", "HEAD"}):
            fuzz(fuzzed, rule, method)
    ends_well(fuzzed)


def fuzz(fuzzed: Fuzzed, rule: Rule, method: str) -> None:
    """Each field that a route reads, one after the other with each value, the others as they should be."""
    who, address, kind = opened_by(rule), fuzzed.address(rule), "data" if method in CHANGING else "query_string"
    fuzzing.ASKED.clear()
    fuzzed.asks(who, address, method, **{kind: fuzzed.plain})
    fields = sorted(field for field in fuzzing.ASKED - {"csrf_token"} if not REPEATED.search(field))
    for field in fields if fuzzed.each else ():
        for value in (*fuzzing.FEW, *(fuzzing.wrong_kinds() if kind == "data" else ())):
            fuzzed.asks(who, address, method, **{kind: fuzzed.plain | {field: value}})
    for value in (fuzzing.NASTY if fuzzed.each else fuzzing.FEW) if fields else ():
        fuzzed.asks(who, address, method, **{kind: dict.fromkeys(fields, value)})


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_headers_methods_and_bodies_of_any_kind_are_never_a_fault(fuzzed: Fuzzed) -> None:
    for rule in routes(fuzzed.house):
        who, address = opened_by(rule), fuzzed.address(rule)
        for method in METHODS:
            fuzzed.asks(who, address, method)
        used = sorted((rule.methods or set()) - {"OPTIONS", "HEAD"})[:1] or ["HEAD"]
        for name in fuzzing.headers_of(rule.endpoint):
            for value in fuzzing.HEADERS[name]:
                body = b"a=1" if used[0] in CHANGING else None
                fuzzed.asks(who, address, used[0], headers={name: value}, data=body)
        for text in (raw.decode("latin-1") for raw in fuzzing.RAW if "GET" in used):
            fuzzed.asks(who, f"{address}?page={text}&q={text}&{text}", "GET")
        for kind, body in fuzzing.BODIES if "POST" in (rule.methods or ()) else ():
            fuzzed.asks(who, address, "POST", data=body, headers={"Content-Type": kind})
    ends_well(fuzzed)
