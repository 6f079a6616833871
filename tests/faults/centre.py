"""A small centre in the whole house: an assessor, an IQA and three learners whose work is handed in."""

import io
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from flask import Flask

from app import create_app
from criteria import catalogue
from portfolio.assessment import operations as assessment
from portfolio.assessment.forms import WORDS
from portfolio.assessment.models import Assessment
from portfolio.assessment.rules import Declaration
from portfolio.evidence import operations, queries
from portfolio.evidence.arrivals import operations as arrivals
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import Evidence
from portfolio.evidence.places.locators import Whole, passage
from portfolio.evidence.rules import Kind
from portfolio.evidence.witnesses import operations as witnesses
from portfolio.foundation import files
from portfolio.foundation.db import db, transaction
from portfolio.foundation.settings import Settings
from portfolio.people import operations as people
from portfolio.people import signing_in
from portfolio.people.entering.operations import choose
from portfolio.people.models import Centre, Person
from portfolio.people.rules import Registration, Role
from portfolio.units import operations as units
from portfolio.units.models import Edition
from tests.evidence.witnesses.asking import GWEN

PASSWORD = "seven wet umbrellas"
UNIT = "CS-305"
STAFF = {"Ira": Role.IQA, "Ben": Role.ASSESSOR}
LEARNERS = ("Ada", "Cai", "Dot")
ACCOUNT = (
    "A customer came back with a kettle that leaked. I listened to the end, said what I had understood and asked "
    "whether that was right.\n\nI offered a new kettle or the money, told her how long each would take, and wrote "
    "down what we had agreed.\n\nTwo days later I rang her. The new one holds water."
)

CLAIMED = ("I listened", "I offered a new kettle", "wrote", "rang her")
"""The words that prove the four points."""


def opened(folder: Path, *, attached: bytes = b"", database: str = "") -> Flask:
    """The whole house in `folder`, with the centre in it; `attached` is a file that Ada hands in as well."""
    database = database or f"sqlite:///{folder}/house.db"
    app = create_app(Settings(folder, database, secret=secrets.token_urlsafe(48), https=False))
    with app.app_context():
        db.create_all()
        with transaction():
            _open(attached)
    return app


@contextmanager
def let_go_of(app: Flask) -> Iterator[Flask]:
    """The house, whose database is let go of in the end."""
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def _open(attached: bytes) -> None:
    centre = people.open_centre("Lock Lane College", "LL1", qualification="Customer Service, Level 3")
    admin = people.register(Registration("Eve", "eve@example.org", (Role.ADMINISTRATOR,)), centre, by=None)
    staff = {name: _registered(name, role, centre, by=admin) for name, role in STAFF.items()}
    edition = units.publish(next(unit for unit in catalogue.units() if unit.code == UNIT), centre, by=admin)
    for name in LEARNERS:
        learner = _registered(name, Role.LEARNER, centre, by=admin)
        enrolment = units.enrol(learner, edition, assessor=staff["Ben"], iqa=staff["Ira"], by=admin)
        _gather(learner, edition)
        if attached and name == "Ada":
            _attach(attached, learner, edition)
        assessment.hand_in(enrolment, Declaration(WORDS, name), {}, by=learner)
    hashed = signing_in.hashed(PASSWORD)
    for person in db.session.query(Person):
        choose(person, hashed)


def _registered(name: str, role: Role, centre: Centre, *, by: Person) -> Person:
    number = f"R-{name}" if role is Role.LEARNER else ""
    return people.register(Registration(name, email(name), (role,), number, "Counter"), centre, by=by)


def _gather(learner: Person, edition: Edition) -> None:
    """Two accounts: every point is claimed in the first, and the second is still written at."""
    first = operations.add(Kind.ACCOUNT, compose(Draft("The kettle", text=ACCOUNT)), learner=learner, by=learner)
    operations.add(Kind.ACCOUNT, compose(Draft("The diary", text="Monday.")), learner=learner, by=learner)
    version = queries.latest(first)
    for point, words in zip(edition.points, CLAIMED, strict=True):
        at = version.plain.index(words)
        operations.claim(version, passage(version.plain, at, at + len(words)), [point], reason="", by=learner)


def _attach(content: bytes, learner: Person, edition: Edition) -> None:
    stored = files.store().put(io.BytesIO(content))
    file = arrivals.keep(stored, "till.dat", ("other", "application/octet-stream"), by=learner)
    draft = Draft("The till's own record", files=(file.id,))
    product = operations.add(Kind.WORK_PRODUCT, compose(draft), learner=learner, by=learner)
    operations.claim(queries.latest(product), Whole(), edition.points, reason="", by=learner)


def asked(name: str, count: int) -> dict[int, str]:
    """So many people are asked what they saw of a learner's work: the id of each request, and the token of its link."""
    learner, points = person(name), list(handed_in(name).enrolment.edition.points)
    with transaction():
        asking = (replace(GWEN, email=f"gwen{number}@example.org") for number in range(count))
        made = [witnesses.ask(one, points, learner=learner, by=learner) for one in asking]
        return {one.id: witnesses.link_token(one) for one in made}


def email(name: str) -> str:
    """Somebody's address."""
    return f"{name.lower()}@example.org"


def person(name: str) -> Person:
    """Somebody of the centre; needs an application context."""
    return db.session.query(Person).filter_by(name=name).one()


def item(name: str, number: int) -> Evidence:
    """A learner's kettle (1) or diary (2)."""
    return db.session.query(Evidence).filter_by(learner_id=person(name).id, number=number).one()


def handed_in(name: str) -> Assessment:
    """A learner's assessment."""
    found: Assessment = next(one for one in db.session.query(Assessment) if one.enrolment.learner_id == person(name).id)
    return found
