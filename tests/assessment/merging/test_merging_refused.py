"""Two records that cannot be one are left as they are, with a sentence that says why and what to do."""

import dataclasses
import html
from collections.abc import Callable

import pytest

from portfolio.assessment import operations
from portfolio.foundation.db import transaction
from portfolio.people import operations as people
from portfolio.people.rules import Role
from portfolio.units import operations as units
from portfolio.units.models import Edition
from tests.assessment.doubles import enrol, merge, rows, second
from tests.assessment.merging.test_merging import text_of
from tests.fixtures import deeds
from tests.fixtures.cast import UNIT, House


def newer(house: House) -> Edition:
    """A later edition of ada's unit."""
    dee = house.person("dee")
    with transaction():
        return units.publish(dataclasses.replace(UNIT, title="Put it right"), dee.centre, by=dee, anew=True)


def both_handed_in(house: House) -> None:
    deeds.handed_in(house.enrolment())
    deeds.handed_in(enrol(house, "abe"))


def both_on_other_editions(house: House) -> None:
    deeds.ready(house.enrolment())
    deeds.ready(enrol(house, "abe", newer(house)))


def one_is_staff(house: House) -> None:
    abe, dee = house.person("abe"), house.person("dee")
    stated = dataclasses.replace(people.stated(abe), roles=(Role.LEARNER, Role.ASSESSOR))
    with transaction():
        people.change(abe, stated, by=dee)


def one_was_staff(house: House) -> None:
    one_is_staff(house)
    abe = house.person("abe")
    with transaction():
        operations.allocate(house.enrolment(), assessor=abe, iqa=None, by=house.person("dee"))
    deeds.judge_all(deeds.handed_in(house.enrolment()))
    with transaction():
        operations.allocate(house.enrolment(), assessor=None, iqa=None, by=house.person("dee"))
        stated = dataclasses.replace(people.stated(abe), roles=(Role.LEARNER,))
        people.change(abe, stated, by=house.person("dee"))


def one_would_judge_themselves(house: House) -> None:
    ada = house.person("ada")
    with transaction():
        stated = dataclasses.replace(people.stated(ada), roles=(Role.LEARNER, Role.ASSESSOR))
        people.change(ada, stated, by=house.person("dee"))
    edition = second(house)
    with transaction():
        units.enrol(house.person("abe"), edition, assessor=house.person("ada"), iqa=None, by=house.person("dee"))


@pytest.mark.parametrize(
    ("before", "said"),
    [(both_handed_in, "two histories are never mixed. Keep both records then"),
     (both_on_other_editions, "for different editions (edition 2 in one, edition 1 in the other). Keep both"),
     (one_is_staff, "Abe Nolan has, or had, duties of staff (assessor)"),
     (one_was_staff, "Abe Nolan has, or had, duties of staff (assessor)"),
     (one_would_judge_themselves, "Ada Marsh is responsible for T-2 of the other record. Name somebody else first.")],
)  # fmt: skip
def test_what_cannot_be_one_is_refused_with_the_way_out_and_nothing_is_changed(
    house: House, before: Callable[[House], None], said: str
) -> None:
    before(house)
    was = rows()
    page = text_of(house, "dee", f"/people/{house.person('ada').id}/merge/{house.person('abe').id}")
    assert said in page
    assert "Merge the records" not in page, "there is no button for what cannot be done"
    answer = merge(house)
    assert answer.status_code == 422
    assert said in html.unescape(answer.text)
    assert rows() == was


def test_only_administrators_merge_and_only_two_others_of_their_own_centre(house: House) -> None:
    was, ada = rows(), house.person("ada").id
    for nick in ("ada", "ben", "ivy", "dot"):
        assert merge(house, by=nick).status_code == 404
    assert merge(house, "amy").status_code == 404, "somebody of another centre is not there"
    assert merge(house, ada).status_code == 404, "nobody is their own double"
    answer = merge(house, "dee")
    assert answer.status_code == 422
    assert "One of these is your own record." in answer.text
    assert rows() == was
