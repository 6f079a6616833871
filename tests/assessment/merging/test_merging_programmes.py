"""Two records of one learner are merged: what each works towards goes on as one, and everything of it holds."""

import html

import pytest

from exports.facts.snapshot import facts_of
from portfolio.foundation.db import db, transaction
from portfolio.units.qualifications import operations as qualifications
from portfolio.units.qualifications import queries
from portfolio.units.qualifications.models import Programme
from tests.assessment.doubles import enrol, faults, merge, second
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow


def programmes(house: House) -> list[tuple[str, list[str]]]:
    """What ada works towards: numbers, and the codes of the units chosen."""
    db.session.rollback()
    db.session.expire_all()
    return [(one.qualification.number, one.codes) for one in queries.programmes_of(house.person("ada").id)]


def also_begins(house: House, nick: str, *codes: str) -> Programme:
    """Somebody begins the qualification that is there."""
    dee = house.person("dee")
    with transaction():
        row = queries.current(dee.centre_id)[0]
        return qualifications.begin(house.person(nick), row, codes, assessor=None, iqa=None, by=dee)


def test_a_programme_of_the_double_goes_over_with_its_units(house: House) -> None:
    second(house)
    deeds.works_towards(house.person("abe"), ["T-2"], by=house.person("dee"))
    page = house.browser("dee").get(f"/people/{house.person('ada').id}/merge/{house.person('abe').id}").text
    assert "Award in Putting Things Right: goes over" in html.unescape(page)
    assert merge(house).status_code == 302
    assert programmes(house) == [("603/1/2", ["T-2"])]
    assert faults() == []
    assert facts_of(house.person("ada")).programmes[0].units == ("T-2",)


def test_where_both_work_towards_it_one_programme_goes_on_with_the_units_of_both(house: House) -> None:
    second(house)
    deeds.works_towards(house.person("ada"), ["T-1"], by=house.person("dee"))
    deeds.handed_in(house.enrolment())
    enrol(house, "abe")
    also_begins(house, "abe", "T-1", "T-2")
    page = house.browser("dee").get(f"/people/{house.person('ada').id}/merge/{house.person('abe').id}").text
    assert "one programme goes on, with the units of both" in html.unescape(page)
    assert merge(house).status_code == 302
    assert programmes(house) == [("603/1/2", ["T-1", "T-2"])]
    assert db.session.query(Programme).filter_by(learner_id=house.person("ada").id).count() == 2
    assert faults() == []


def test_the_unit_of_the_one_that_stays_counts_where_the_doubles_is_kept_instead(house: House) -> None:
    """Ada did nothing on T-1 yet; abe, who is she, handed it in."""
    deeds.works_towards(house.person("ada"), ["T-1"], by=house.person("dee"))
    deeds.handed_in(enrol(house, "abe"))
    assert merge(house).status_code == 302
    assert programmes(house) == [("603/1/2", ["T-1"])]
    assert faults() == []
