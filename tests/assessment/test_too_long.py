"""What no page takes no deed takes either: too many words, or none where some are asked for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from portfolio.assessment import operations, queries
from portfolio.assessment.models import Assessment
from portfolio.assessment.rules import (
    DECIDED_LENGTHS,
    DECLARED_LENGTHS,
    FOUND_LENGTHS,
    WORDS,
    Declaration,
)  # fmt: skip
from portfolio.assessment.rules import LONGEST_REASON as WITHDRAWN
from portfolio.evidence import operations as evidence
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import LENGTHS, WITNESS_LENGTHS, WITNESSED, Draft, Statement
from portfolio.evidence.rules import LONGEST_REASON, MOST_FILES, Kind
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Incomplete
from portfolio.people import operations as people
from portfolio.people.rules import CENTRE_LENGTHS, Registration, Role
from portfolio.people.rules import LENGTHS as PERSON_LENGTHS
from portfolio.units import operations as units
from portfolio.units.rules import LENGTHS as UNIT_LENGTHS
from tests.fixtures import deeds
from tests.fixtures.cast import UNIT, House

Deed = Callable[[House, str, str], object]
RUTH = Statement("Ruth Ofori", "Supervisor", "Shop", "Line manager", "0161 496 0000")
SEEN = Draft("The kettle", date(2026, 3, 2), text="He listened.", statement=RUTH)
SAM = Registration("Sam Okoro", "sam@harbour.example", (Role.LEARNER,))


def register(house: House, name: str, said: str) -> None:
    dee = house.person("dee")
    with transaction():
        people.register(replace(SAM, **{name: said}), dee.centre, by=dee)


def change_centre(house: House, name: str, said: str) -> None:
    dee = house.person("dee")
    with transaction():
        people.change_centre(dee.centre, by=dee, **{name: said})


def publish(house: House, name: str, said: str) -> None:
    dee = house.person("dee")
    with transaction():
        units.publish(replace(UNIT, **{name: said}), dee.centre, by=dee, anew=True)


def add(house: House, name: str, said: str) -> None:
    ada = house.person("ada")
    with transaction():
        evidence.add(Kind.ACCOUNT, compose(replace(SEEN, statement=None, **{name: said})), learner=ada, by=ada)


def bear_witness(house: House, name: str, said: str) -> None:
    told = compose(replace(SEEN, statement=replace(RUTH, **{name: said})))
    with transaction():
        points = house.enrolment().edition.points
        evidence.testify(told, points, learner=house.person("ada"), by=house.person("ben"))


def claim(house: House, _name: str, said: str) -> None:
    item = deeds.write(house.person("ada"))
    deeds.claim(item, deeds.place_of(item, deeds.SENTENCES[0]), house.enrolment().edition.points[:1], said)


def declare(house: House, name: str, said: str) -> None:
    deeds.ready(house.enrolment())
    declaration = replace(Declaration(WORDS, "Ada Marsh"), **{name: said})
    with transaction():
        operations.hand_in(house.enrolment(), declaration, {}, by=house.person("ada"))


def handed_in(house: House) -> Assessment:
    return queries.assessment_of(house.enrolment()) or deeds.handed_in(house.enrolment())


def find(house: House, name: str, said: str) -> None:
    assessment = handed_in(house)
    deeds.judge(assessment, deeds.points(assessment)[0], replace(deeds.NOT_MET, **{name: said}))


def note_flaw(house: House, _name: str, said: str) -> None:
    deeds.note_flaw(handed_in(house), ["current"], said)


def decide(house: House, name: str, said: str) -> None:
    assessment = handed_in(house)
    deeds.judge_all(assessment)
    deeds.award(assessment, replace(deeds.AGREED, **{name: said}))


def withdraw(house: House, _name: str, said: str) -> None:
    deeds.withdraw(house.enrolment(), house.person("dee"), said)


BOUNDS: list[tuple[Deed, dict[str, int]]] = [
    (register, {name: most for name, most in PERSON_LENGTHS.items() if name != "email"}),
    (change_centre, {name: most for name, most in CENTRE_LENGTHS.items() if name != "number"}), (publish, UNIT_LENGTHS),
    (add, LENGTHS), (bear_witness, WITNESS_LENGTHS), (claim, {"reason": LONGEST_REASON}), (find, FOUND_LENGTHS),
    (note_flaw, {"reason": LONGEST_REASON}),
    (declare, {name: most for name, most in DECLARED_LENGTHS.items() if name != "name"}), (decide, DECIDED_LENGTHS),
    (withdraw, {"reason": WITHDRAWN}),
]  # fmt: skip


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("deed", "name", "most"),
    [(deed, name, most) for deed, lengths in BOUNDS for name, most in lengths.items()],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_one_letter_too_many_is_refused_at_its_name_and_one_less_is_taken(
    house: House, deed: Deed, name: str, most: int
) -> None:
    with pytest.raises(Incomplete, match=f"at most {most:,} characters. This has {most + 1:,}") as refused:
        deed(house, name, "é" * (most + 1))
    assert refused.value.lacks == (name,)
    db.session.rollback()
    deed(house, name, "é" * most)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", WITNESSED)
def test_a_testimony_says_who_says_it(house: House, name: str) -> None:
    with pytest.raises(Incomplete) as refused:
        bear_witness(house, name, " ")
    assert refused.value.lacks == (name,)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_program_registers_nobody_whose_address_is_none(house: House) -> None:
    for address in (
        "sam at harbour",
        "sam@",
        "@harbour.example",
        "sam@harbour..example",
        f"{'s' * 250}@harbour.example",
    ):
        with pytest.raises(Incomplete) as refused:
            people.register(replace(SAM, email=address), house.person("dee").centre, by=house.person("dee"))
        assert refused.value.lacks == ("email",)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_one_item_holds_a_hundred_files(house: House) -> None:
    ada = house.person("ada")
    many = compose(replace(SEEN, statement=None, files=tuple(range(1, MOST_FILES + 2))))
    with pytest.raises(Incomplete, match="at most 100 files"):
        evidence.add(Kind.WORK_PRODUCT, many, learner=ada, by=ada)
