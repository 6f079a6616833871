"""Fills a centre with learners in all stages: evidence, claims, hand-ins, verdicts, and a log that holds."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bench.filled_centre import learners_work
from bench.filled_centre.bulk_rows import Ledger
from criteria import catalogue
from portfolio.assessment.lifecycle import State
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from portfolio.people import operations as people
from portfolio.people import signing_in
from portfolio.people.entering.operations import choose
from portfolio.people.models import Account, Centre, Person, RoleRow, person_role
from portfolio.people.rules import Registration, Role, sought
from portfolio.units import operations as units
from portfolio.units.models import Edition, Enrolment

CENTRE = "90001"
PASSWORD = "a-long-bench-password"  # noqa: S105 (of people who never were)
MAIN = "CS-302"
"""The unit of eight points that everybody is enrolled on."""
FULL_PAGE = 26
"""So many wait for the first assessor before the others get any: a full page of the queue at every size."""
BATCH = 250
STAFF = {
    "dee": Role.ADMINISTRATOR, "ben": Role.ASSESSOR, "cora": Role.ASSESSOR, "dan": Role.ASSESSOR, "ivy": Role.IQA
}  # fmt: skip
FIRST = ("Ada", "Bola", "Chen", "Dilys", "Esther", "Farah", "Gwen", "Hugo", "Iris", "Jonah", "Kezia", "Lars")
LAST = ("Abbott", "Baptiste", "Cole", "Dunne", "Eze", "Fraser", "Gale", "Hussain", "Ivanova", "Jones", "Kaur", "Lund")


@dataclass(slots=True)
class Place:
    """The centre that is being filled: who works there, its units, and how many wait so far."""

    centre: Centre
    staff: dict[str, Person]
    editions: dict[str, Edition]
    learner_role: int
    password: str
    """Its hash, the same for everybody."""
    began: datetime
    more: int = 0
    """Accounts of the first learner beyond the usual; these are claimed and handed in too."""
    waiting: int = 0

    def assessor(self, waits: bool) -> Person:
        """Who judges the next enrolment."""
        self.waiting += waits
        turn = self.waiting % 3 if self.waiting > FULL_PAGE else 0
        return self.staff[("ben", "cora", "dan")[turn]]


def fill(learners: int, *, more: int = 0) -> None:
    """A centre with its staff, the five units and so many learners; call it in a house with empty tables.

    `more` accounts of the first make a long report.
    """
    place = _opened()
    place.more = more
    ledger = Ledger(place.centre.id)
    for number in range(learners):
        _enter(ledger, place, number)
        if number % BATCH == BATCH - 1:
            ledger.write()
    ledger.write()
    db.session.remove()


def _opened() -> Place:
    with transaction():
        centre = people.open_centre("Centre of the bench", CENTRE, qualification="Level 3 Diploma in Customer Service")
        staff: dict[str, Person] = {}
        hashed = signing_in.hashed(PASSWORD)
        for key, role in STAFF.items():
            told = Registration(f"{key.capitalize()} Staff", f"{key}@bench.example", (role,))
            staff[key] = people.register(told, centre, by=staff.get("dee"))
            choose(staff[key], hashed)
        editions = {unit.code: units.publish(unit, centre, by=staff["dee"]) for unit in catalogue.units()}
        learner = RoleRow(name=Role.LEARNER)
        db.session.add(learner)
    return Place(centre, staff, editions, learner.id, hashed, now() - timedelta(days=400))


def _enter(ledger: Ledger, place: Place, number: int) -> None:
    """One learner with everything they did."""
    at = place.began + timedelta(minutes=number * 50)
    learner = _register(ledger, place, number, at)
    more = 0 if number else place.more
    items = learners_work.gather(ledger, learner, number=number, more=number % 4 + more, at=at)
    offered = items if more else items[: learners_work.OFFERED]
    others = [code for code in place.editions if code != MAIN]
    for code, state in (
        (MAIN, State.ACHIEVED if number % 4 == 3 else State.HANDED_IN),
        (others[number % len(others)], _SECOND[number % 5]),
    ):
        assessor = place.assessor(state is State.HANDED_IN)
        enrolment = _enrol(ledger, place, learner, {"edition": place.editions[code], "assessor": assessor, "at": at})
        task = learners_work.Task(learner, assessor, place.editions[code], enrolment, at)
        claims = learners_work.claim(ledger, task, offered, varied=number)
        if state is not None:
            learners_work.judge(ledger, task, claims, state)


_SECOND = (State.HANDED_IN, State.ACHIEVED, State.ACHIEVED, State.REFERRED, None)


def _register(ledger: Ledger, place: Place, number: int, at: datetime) -> Person:
    """A learner, as a person that only the log and other rows are told of."""
    columns: dict[str, Any] = {
        "centre_id": place.centre.id, "email": f"learner-{number}@bench.example", "number": f"L{number:06}",
        "name": f"{FIRST[number % 12]} {LAST[number // 12 % 12]}", "work": "Harbour Street Stores: sales adviser",
        "account_id": ledger.add(Account, password=place.password, made_at=at),
        "active": True, "fs_uniquifier": f"bench-{number}", "joined_at": at,
    }  # fmt: skip
    columns["sought"] = sought(columns["name"], columns["email"], columns["number"])
    id = ledger.add(Person, **columns)
    ledger.add(person_role, person_id=id, role_id=place.learner_role)
    facts = {"name": columns["name"], "roles": [Role.LEARNER]}
    ledger.tell("person registered", f"person {id}", by=place.staff["dee"], at=at, learner_id=id, **facts)
    return Person(id=id, roles=[RoleRow(name=Role.LEARNER)], **columns)


def _enrol(ledger: Ledger, place: Place, learner: Person, told: dict[str, Any]) -> int:
    edition, assessor, at = told["edition"], told["assessor"], told["at"]
    id = ledger.add(
        Enrolment, centre_id=place.centre.id, learner_id=learner.id, edition_id=edition.id, assessor_id=assessor.id,
        iqa_id=place.staff["ivy"].id, enrolled_at=at,
    )  # fmt: skip
    facts = {"unit": edition.code, "edition": 1, "assessor": assessor.name, "iqa": place.staff["ivy"].name}
    ledger.tell("learner enrolled", f"enrolment {id}", by=place.staff["dee"], at=at, learner_id=learner.id, **facts)
    return id
