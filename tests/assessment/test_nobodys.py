"""Work never goes to nobody unseen: it is handed over, or the administrator sees it, and the learner is told."""

import re

import pytest

from portfolio.assessment import operations, queries
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit
from portfolio.people import operations as people
from portfolio.people.rules import Registration, Role
from tests.fixtures import deeds
from tests.fixtures.cast import House

NOBODYS = "Nobody can judge it at the moment"


@pytest.fixture
def open_house(house: House) -> House:
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house


def become(house: House, nick: str, *roles: Role) -> None:
    person = house.person(nick)
    with transaction():
        people.change(person, Registration(person.name, person.email, roles, person.number), by=house.person("dee"))


def shut(house: House, nick: str) -> None:
    with transaction():
        people.close(house.person(nick), by=house.person("dee"))


def fresh(house: House) -> dict[str, str]:
    """Who answers for ada's unit, by now."""
    db.session.rollback()
    db.session.expire_all()
    enrolment = house.enrolment()
    return {
        "assessor": enrolment.assessor.name if enrolment.assessor else "",
        "iqa": enrolment.iqa.name if enrolment.iqa else "",
    }


def hand_in(house: House) -> str:
    """Hand ada's unit in by the page, and read where it leads."""
    fields = {"agreed": "y", "name": "Ada Marsh"}
    answer = house.browser("ada").post(f"/portfolio/{house.enrolment().id}/hand-in", data=fields, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


@pytest.mark.parametrize("lost", ["shut", "role", "never joined"])
def test_a_learner_who_hands_in_to_nobody_is_told_and_the_administrator_sees_it(open_house: House, lost: str) -> None:
    deeds.ready(open_house.enrolment())
    if lost == "shut":
        shut(open_house, "ben")
    elif lost == "never joined":
        open_house.person("ben").account = None
        db.session.commit()
    else:
        become(open_house, "ben", Role.IQA)
    page = hand_in(open_house)
    assert page.count(NOBODYS) == 2
    assert "Your assessor can see it now" not in page
    assert NOBODYS in open_house.browser("ada").get("/portfolio").text
    dee = open_house.browser("dee")
    assert "Nobody answers for 1 unit" in dee.get("/people").text
    assert re.search(r"No assessor <span class=.count.>1<", dee.get("/marking").text)
    assert "Ada Marsh" in dee.get("/marking/nobodys").text
    why = "has not joined yet" if lost == "never joined" else "cannot do it any more"
    assert why in dee.get(f"/people/{open_house.person('ben').id}").text


def test_what_is_nobodys_is_allocated_in_one_step_and_on_record(open_house: House) -> None:
    deeds.handed_in(open_house.enrolment())
    shut(open_house, "ben")
    dee, eve, id = open_house.browser("dee"), open_house.person("eve"), open_house.enrolment().id
    nothing = dee.post("/marking/nobodys", data={"enrolments": id, "assessor": 0, "iqa": 0})
    assert (nothing.status_code, "Choose who takes these units" in nothing.text) == (422, True)
    done = dee.post("/marking/nobodys", data={"enrolments": id, "assessor": eve.id, "iqa": 0}, follow_redirects=True)
    assert "Every unit has an assessor" in done.text
    assert fresh(open_house) == {"assessor": "Eve Tully", "iqa": "Ivy Lund"}
    assert "Ada Marsh" in open_house.browser("eve").get("/marking").text
    assert [line["deed"] for line in audit.lines(1)][-1] == "allocated"
    assert NOBODYS not in open_house.browser("ada").get("/portfolio").text


def test_shutting_hands_over_in_the_same_step_and_undoing_it_gives_nothing_back(open_house: House) -> None:
    assessment = deeds.handed_in(open_house.enrolment())
    dee, ben, eve = open_house.browser("dee"), open_house.person("ben"), open_house.person("eve")
    shown = dee.get(f"/people/{ben.id}").text
    assert f"/people/{ben.id}/hand-over?then=shut" in shown
    assert "Assessor of 1 open unit; 1 handed in" in dee.get(f"/people/{ben.id}/hand-over?then=shut").text
    answer = dee.post(f"/people/{ben.id}/hand-over", data={"assessor": eve.id, "then": "shut"}, follow_redirects=True)
    assert "1 unit handed over" in answer.text
    assert "nobody’s" not in answer.text
    db.session.rollback()
    told = [line["deed"] for line in audit.lines(1)][-2:]
    assert told == ["allocated", "account shut"]
    dee.post(f"/people/{ben.id}/open")
    assert fresh(open_house)["assessor"] == "Eve Tully"
    assert open_house.browser("ben").get(f"/marking/{assessment.id}").status_code == 404
    assert open_house.browser("eve").get(f"/marking/{assessment.id}").status_code == 200


def test_what_was_left_open_comes_back_with_the_account(open_house: House) -> None:
    deeds.handed_in(open_house.enrolment())
    ben, dee = open_house.person("ben"), open_house.browser("dee")
    answer = dee.post(f"/people/{ben.id}/hand-over", data={"assessor": 0, "then": "shut"}, follow_redirects=True)
    assert "1 unit at your centre is nobody" in answer.text
    dee.post(f"/people/{ben.id}/open")
    db.session.rollback()
    assert queries.nobodys(ben.centre_id) == []
    assert queries.counts(open_house.person("ben")) == {"handed in": 1}


def test_a_stand_in_takes_over_and_a_role_is_taken_away_in_the_same_step(open_house: House) -> None:
    become(open_house, "ben", Role.ASSESSOR, Role.LEARNER)
    ben, eve, dee = open_house.person("ben"), open_house.person("eve"), open_house.browser("dee")
    assert "answers for open units" in dee.get(f"/people/{ben.id}/change").text
    answer = dee.post(f"/people/{ben.id}/hand-over", data={"assessor": eve.id, "then": "roles"}, follow_redirects=True)
    assert answer.status_code == 200
    assert fresh(open_house)["assessor"] == "Eve Tully"
    assert open_house.person("ben").role_names == ("learner",)
    back = {"assessor": open_house.person("ben").id, "then": "stay"}
    assert dee.post(f"/people/{eve.id}/hand-over", data=back).status_code == 422


def test_nothing_is_handed_over_where_duties_would_meet(open_house: House) -> None:
    become(open_house, "ivy", Role.IQA, Role.ASSESSOR)
    ben, ivy, dee = open_house.person("ben"), open_house.person("ivy"), open_house.person("dee")
    with pytest.raises(Refused, match="that of Ada Marsh"), transaction():
        operations.hand_over(ben, Role.ASSESSOR, ivy, by=dee)
    assert fresh(open_house)["assessor"] == "Ben Okafor"


def test_a_lost_iqa_is_named_until_another_is(open_house: House) -> None:
    shut(open_house, "ivy")
    dee, id = open_house.browser("dee"), open_house.enrolment().id
    become(open_house, "eve", Role.IQA)
    assert "Ivy Lund cannot do it any more" in dee.get("/marking/nobodys").text
    dee.post("/marking/nobodys", data={"enrolments": id, "assessor": 0, "iqa": open_house.person("eve").id})
    assert fresh(open_house) == {"assessor": "Ben Okafor", "iqa": "Eve Tully"}


def test_what_is_finished_is_nobodys_no_more(open_house: House) -> None:
    assessment = deeds.handed_in(open_house.enrolment())
    deeds.judge_all(assessment)
    deeds.award(assessment)
    shut(open_house, "ben")
    db.session.rollback()
    assert queries.nobodys_count(assessment.centre_id) == 0
    assert queries.duties(open_house.person("ben")) == {}


def test_nobody_whose_account_is_shut_is_named_anew(open_house: House) -> None:
    shut(open_house, "eve")
    enrolment, dee = open_house.enrolment(), open_house.person("dee")
    with pytest.raises(Refused, match="is closed"), transaction():
        operations.allocate(enrolment, assessor=open_house.person("eve"), iqa=enrolment.iqa, by=dee)
