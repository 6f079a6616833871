"""Whoever left cannot sign in, and nothing more: their work is in lists, choices, reports and packs."""

import pytest
from sqlalchemy import select

from exports.models import Export
from portfolio.foundation.db import db, transaction
from portfolio.people import operations as people
from portfolio.people.rules import Registration, Role
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
def left(house: House) -> House:
    """Ada achieved her unit, and her account was shut."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    assessment = deeds.handed_in(house.enrolment())
    deeds.judge_all(assessment)
    deeds.award(assessment)
    with transaction():
        people.close(house.person("ada"), by=house.person("dee"))
    return house


def last_pack() -> list[int]:
    db.session.rollback()
    return list(db.session.scalars(select(Export).order_by(Export.id.desc()).limit(1)).one().learners)


def test_a_pack_of_everybody_or_of_who_achieved_holds_who_left(left: House) -> None:
    ada = left.person("ada").id
    for scope in ("all", "achieved"):
        assert left.browser("dee").post("/exports", data={"scope": scope}).status_code == 302
        assert ada in last_pack()


def test_who_left_is_marked_and_can_be_chosen(left: House) -> None:
    dee, ada = left.browser("dee"), left.person("ada").id
    assert "Ada Marsh, account closed" in dee.get("/exports").text.replace(f", {left.person('ada').number}", "")
    assert dee.post("/exports", data={"scope": "some", "learners": [str(ada)]}).status_code == 302
    assert last_pack() == [ada]


def test_who_left_stands_in_the_list_of_learners_with_a_mark_and_a_report(left: House) -> None:
    ivy, ada = left.browser("ivy"), left.person("ada").id
    listed = ivy.get("/learners").text
    assert f'/learners/{ada}">Ada Marsh</a> <span class="quiet">account closed</span>' in listed
    page = left.browser("dee").get(f"/learners/{ada}").text
    assert "account closed" in page
    assert "Enrol on a unit" not in page
    assert ivy.post(f"/exports/learners/{ada}").status_code == 302


def test_who_is_no_learner_any_more_keeps_their_place_among_those_who_were_assessed(left: House) -> None:
    ada = left.person("ada")
    with transaction():
        people.change(ada, Registration(ada.name, ada.email, (Role.ASSESSOR,), ada.number), by=left.person("dee"))
    assert left.browser("dee").post("/exports", data={"scope": "all"}).status_code == 302
    assert ada.id in last_pack()
    assert "Ada Marsh" in left.browser("ivy").get("/learners").text
    assert left.browser("ivy").post(f"/exports/learners/{ada.id}").status_code == 302
    assert left.browser("ivy").post(f"/exports/learners/{left.person('ben').id}").status_code == 404
