"""The administrator begins where something waits, and the log is read and searched on a page."""

import html

import pytest
from sqlalchemy import select, update

from exports import operations
from exports.models import Export
from portfolio.assessment import operations as assessing
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.work.jobs import Job
from portfolio.people import operations as people
from portfolio.people.rules import Registration, Role
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def read(house: House, nick: str, path: str = "/office", status: int = 200) -> str:
    answer = house.browser(nick).get(path)
    assert answer.status_code == status, answer.text
    return html.unescape(answer.text)


def test_the_administrator_begins_at_what_waits(house: House) -> None:
    answer = house.browser("dee").get("/")
    assert answer.headers["Location"].endswith("/office")
    assert 'aria-current="page">To do</a>' in read(house, "dee")


def test_work_that_is_nobodys_people_without_a_unit_and_without_a_password_stand_there(house: House) -> None:
    dee = house.person("dee")
    with transaction():
        assessing.allocate(house.enrolment(), assessor=None, iqa=None, by=dee)
        una = people.register(Registration("Una Bay", "una@house.example", (Role.LEARNER,)), dee.centre, by=dee)
        people.invite(una, key="k", by=dee)
    page = read(house, "dee")
    assert "1 unit that nobody answers for" in page
    assert f'href="/learners/{una.id}/enrol">Una Bay</a>' in page
    assert "1 person without a password" in page
    assert "1 link is open and not used yet." in page


def test_of_a_long_list_the_first_stand_there_and_the_others_are_counted(house: House) -> None:
    dee = house.person("dee")
    with transaction():
        for number in range(10, 20):
            named = Registration(f"Una Bay {number}", f"una{number}@house.example", (Role.LEARNER,))
            people.invite(people.register(named, dee.centre, by=dee), key=f"k{number}", by=dee)
    page = read(house, "dee")
    assert "10 people without a password" in page
    assert "10 links are open and not used yet." in page
    assert "and 2 more" in page
    without = page.partition("10 people without a password")[2].partition("</section>")[0]
    assert without.count("Una Bay") == 8
    assert "12 learners without a unit" in page, "those ten, and two that were there"
    assert "and 4 more" in page
    assert page.count("/enrol") == 8


def test_what_failed_stands_there_until_it_is_asked_for_again_and_what_is_ready_until_it_is_taken(house: House) -> None:
    ada, dee = house.person("ada"), house.person("dee")
    with transaction():
        lost, done = operations.ask_report(ada, by=dee), operations.ask_pack([ada], by=dee)
        db.session.execute(update(Job).where(Job.id == lost.job_id).values(state="failed", error="The disk is full."))
        db.session.execute(update(Job).where(Job.id == done.job_id).values(state="done"))
        done.finished_at, done.name = now(), "audit-pack.zip"
    page = read(house, "dee")
    assert "The disk is full." in page
    assert "audit-pack.zip" in page
    with transaction():
        operations.ask_report(ada, by=dee)
        operations.take(db.session.scalars(select(Export).where(Export.id == done.id)).one(), by=dee)
    page = read(house, "dee")
    assert "The disk is full." not in page
    assert "audit-pack.zip" not in page


def test_an_empty_centre_is_told_what_comes_first(house: House) -> None:
    with transaction():
        centre = people.open_centre("New Quay", "30303")
        people.register(Registration("Nell Quay", "nell@house.example", (Role.ADMINISTRATOR,)), centre, by=None)
    page = read(house, "nell")
    assert "Publish the units" in page
    assert "Nothing waits" not in page


def test_the_log_is_read_the_newest_first_and_searched(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    deeds.judge_all(assessment, deeds.NOT_MET)
    page = read(house, "ivy", "/log")
    assert page.index("judged, T-1/3") < page.index("judged, T-1/1")
    assert page.index("judged, T-1/1") < page.index("handed in, T-1")
    found = read(house, "ivy", "/log?q=ada+marsh")
    assert "handed in, T-1" in found
    assert "centre opened, " not in found
    found = read(house, "ivy", "/log?deed=judged")
    assert "judged, T-1/2" in found
    assert "handed in, T-1" not in found


def test_the_log_is_narrowed_to_a_learner_and_to_days(house: House) -> None:
    deeds.handed_in(house.enrolment())
    ada = house.person("ada")
    page = read(house, "dee", f"/log?learner={ada.id}")
    assert "Lines about Ada Marsh." in page
    assert "unit published" not in page.split("<tbody>")[1]
    assert "No such line" in read(house, "dee", "/log?until=2001-01-01")
    assert "handed in, T-1" in read(house, "dee", "/log?since=2001-01-01")
    assert "Not a valid date" in read(house, "dee", "/log?since=yesterday", 422)


@pytest.mark.parametrize("words", ["%", "_", "\\", "'; DROP TABLE event; --", "x" * 500])
def test_odd_words_find_nothing_and_break_nothing(house: House, words: str) -> None:
    answer = house.browser("dee").get("/log", query_string={"q": words})
    assert answer.status_code in (200, 422)
    assert "handed in, T-1" not in answer.text


def test_nothing_of_another_centres_log_is_found(house: House) -> None:
    deeds.handed_in(house.enrolment("amy"))
    assert "No such line" in read(house, "dee", "/log?q=Amy+Hale")
    assert "No such line" in read(house, "dee", f"/log?learner={house.person('amy').id}")


def test_a_learner_and_an_assessor_read_no_log(house: House) -> None:
    for nick in ("ada", "ben"):
        read(house, nick, "/log", 404)
        read(house, nick, "/office", 404)
