"""People are known and found by their names as people read them, not as computers keep them."""

from datetime import date
from typing import Any

import pytest

from criteria.unit import Unit
from exports.editions import withholding
from portfolio.assessment import queries as assessments
from portfolio.evidence import operations as evidence
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft, Statement
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Incomplete, Refused
from portfolio.people import operations, queries
from portfolio.people.models import Person
from portfolio.people.rules import Registration, Role
from portfolio.units import operations as units
from portfolio.units.queries import editions
from tests.fixtures import deeds
from tests.fixtures.cast import UNIT, House

NAME = "Zoë Işıl O'Neill-Ёлкина"
FORMS = (
    NAME,
    "zoe\u0308  IŞIL o’neill\u2011ёлкина",
    "ZOË\u00a0ışıl O\u02bcNEILL\u2010ЁЛКИНА",
    "Zoë\u200b Işıl O'Neill\u2212Е\u0308лкина",
)


@pytest.fixture
def zoe(house: House) -> Person:
    """A learner with a name that can be typed in many ways."""
    with transaction():
        zoe = house.person("zoe")
        operations.change(zoe, Registration(NAME, "zoë@house.example", (Role.LEARNER,), "Ü–17"), by=house.person("dee"))
    return zoe


@pytest.mark.parametrize("typed", FORMS)
def test_a_person_is_found_however_the_name_is_typed(house: House, zoe: Person, typed: str) -> None:
    assert queries.learners_named(typed) == [zoe]
    for address in ("/people", "/learners"):
        page = house.browser("dee").get(address, query_string={"q": f" {typed.split()[-1]} "}).text
        assert "Zoë Işıl" in page
        assert "Abe Nolan" not in page


def test_a_person_is_found_by_address_and_number(zoe: Person) -> None:
    for typed in ("ZOE\u0308@house.example", "ü-17", "U\u0308\u201217"):
        assert queries.learners_named(typed) == [zoe]
    assert queries.learners_named("O'Neill") == queries.learners_named("\u200b") == queries.learners_named("%") == []


def test_the_queue_finds_a_learner_however_the_name_is_typed(house: House) -> None:
    deeds.handed_in(house.enrolment())
    with transaction():
        operations.change(
            house.person("ada"), Registration(NAME, "ada@house.example", (Role.LEARNER,)), by=house.person("dee")
        )
    for typed in FORMS:
        assert len(assessments.page(house.person("ben"), assessments.Wanted(words=typed)).rows) == 1
    assert assessments.page(house.person("ben"), assessments.Wanted(words="Nolan")).rows == []


@pytest.mark.parametrize("typed", FORMS)
def test_a_declaration_is_signed_however_the_name_is_typed(house: House, typed: str) -> None:
    ada = house.person("ada")
    with transaction():
        operations.change(ada, Registration(NAME, ada.email, (Role.LEARNER,)), by=house.person("dee"))
    deeds.ready(house.enrolment())
    assert deeds.hand_in(house.enrolment(), name=typed).round == 1


def test_a_name_that_only_looks_the_same_is_refused_with_what_differs(house: House) -> None:
    deeds.ready(house.enrolment())
    with pytest.raises(Incomplete, match=r"letter 1 is “а” .Cyrillic small letter a., not “a” .Latin small letter a."):
        deeds.hand_in(house.enrolment(), name="Аda Marsh")


@pytest.mark.parametrize("witness", ["ada\u00a0MARSH", "Ada\u200d Marsh", "\uff21da Marsh", "\u200b"])
def test_no_learner_is_their_own_witness_and_no_witness_is_nobody(house: House, witness: str) -> None:
    statement = Statement(witness, "supervisor", "", "manager", "0161 496 0000")
    content = compose(Draft(f"Testimony of {witness}", date(2026, 3, 2), text="I saw it.", statement=statement))
    points = house.enrolment().edition.points
    with pytest.raises(Incomplete) as refused, transaction():
        evidence.testify(content, points, learner=house.person("ada"), by=house.person("ben"))
    assert refused.value.lacks == ("witness",)


@pytest.mark.parametrize("name", ["\u200b", "\u3164 \u2800", "\u00ad"])
def test_a_name_of_which_nothing_can_be_seen_is_refused(house: House, name: str) -> None:
    dee = house.person("dee")
    browser = house.browser("dee")
    house.app.config["WTF_CSRF_ENABLED"] = False
    page = browser.post("/people/new", data={"name": name, "email": "new@house.example", "roles": "learner"})
    assert page.status_code == 422
    assert "Nothing of it can be seen" in page.text
    with pytest.raises(Incomplete), transaction():
        operations.change(house.person("zoe"), Registration(name, "zoe@house.example", (Role.LEARNER,)), by=dee)
    with pytest.raises(Refused), transaction():
        operations.open_centre(name, "3003")
    with pytest.raises(Incomplete), transaction():
        units.publish(Unit(title=name, code="T-2", points=UNIT.points), dee.centre, by=dee)
    with pytest.raises(Incomplete):
        deeds.write(house.person("ada"), title=name)


def test_an_address_that_looks_like_one_taken_is_taken(house: House, zoe: Person) -> None:
    registration = Registration("Another", "ZOE\u0308@House.example", (Role.LEARNER,))
    with pytest.raises(Refused, match="already"), transaction():
        operations.register(registration, zoe.centre, by=house.person("dee"))


def test_a_code_is_the_same_with_another_dash(house: House) -> None:
    dee = house.person("dee")
    with transaction():
        again = units.publish(Unit(**{**_fields(), "code": "t\u20111"}), dee.centre, by=dee)
        other = units.publish(
            Unit(**{**_fields(), "code": "t\u20111", "title": "Other"}), dee.centre, by=dee, anew=True
        )
    assert (again.code, again.number, other.code, other.number) == ("T-1", 1, "T-1", 2)
    assert len(editions(dee.centre_id)) == 2


def _fields() -> dict[str, Any]:
    return {"title": UNIT.title, "level": UNIT.level, "points": UNIT.points}


def test_what_is_withheld_is_read_without_what_no_person_types() -> None:
    assert withholding.read({"words": "Gwen\x00 Par\u202ery", "reason": "\ud800Asked"}) == withholding.Words(
        "Gwen Parry", "Asked"
    )
