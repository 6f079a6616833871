"""A form that is sent twice makes one thing: the second sending is given the answer of the first."""

import io
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from exports.models import Export
from portfolio.evidence.models import Claim, Evidence
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.requests import sent
from portfolio.people.models import Person
from portfolio.units.models import Enrolment
from tests.fixtures import deeds
from tests.fixtures.cast import House
from tests.units.texts import LEFT_LUGGAGE

KEY = re.compile(r'name="once" value="([\w-]+)"')
ACCOUNT = {"title": "The kettle", "text": "I listened first."}


def key_on(browser: FlaskClient, address: str) -> str:
    """The key of the form in the main part of a page."""
    page = browser.get(address).text
    found = KEY.search(page[page.index("<main") :])
    assert found, address
    return found[1]


def written(browser: FlaskClient, key: str, **answers: object) -> TestResponse:
    return browser.post("/evidence/new/account", data=ACCOUNT | answers | {"once": key})


def many(kind: type) -> int:
    db.session.rollback()
    return int(db.session.query(kind).count())


@pytest.fixture
def open_house(house: House) -> House:
    """Without the tokens, which these tests are not about."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house


def test_a_form_sent_twice_makes_one_item_and_is_answered_alike(open_house: House) -> None:
    browser = open_house.browser("ada")
    key = key_on(browser, "/evidence/new/account")
    answers = [written(browser, key) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.location for answer in answers}) == 1
    assert many(Evidence) == 1
    page = browser.get(answers[0].location).text
    assert page.count("Now choose the places in it") == 1
    written(browser, key)
    assert "Now choose the places in it" in browser.get(answers[0].location).text


def test_of_forms_sent_at_the_same_moment_one_counts(open_house: House) -> None:
    key = key_on(open_house.browser("ada"), "/evidence/new/account")
    together, browsers = Barrier(4, timeout=30), [open_house.browser("ada") for _ in range(4)]
    db.session.rollback()

    def send(browser: FlaskClient) -> TestResponse:
        together.wait()
        return written(browser, key)

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, browsers))
    assert [answer.status_code for answer in answers] == [302] * 4
    assert len({answer.location for answer in answers}) == 1
    assert many(Evidence) == 1


def test_other_words_under_the_same_key_come_back_and_are_saved_only_when_asked_for_again(open_house: House) -> None:
    browser = open_house.browser("ada")
    first = written(browser, key := key_on(browser, "/evidence/new/account"))
    changed = written(browser, key, text="I listened, then I rang.")
    assert changed.status_code == 422
    assert "I listened, then I rang." in changed.text
    assert f'href="{first.location}"' in changed.text
    assert many(Evidence) == 1
    fresh = KEY.search(changed.text[changed.text.index("<main") :])
    assert fresh
    assert written(browser, fresh[1], text="I listened, then I rang.").status_code == 302
    assert many(Evidence) == 2


def test_a_form_that_was_refused_is_not_taken_for_a_saved_one(open_house: House) -> None:
    browser = open_house.browser("ada")
    key = key_on(browser, "/evidence/new/account")
    assert written(browser, key, text="", title="Nothing in it").status_code == 422
    assert browser.get(f"/saved?key={key}").json["saved"] == []
    assert written(browser, key).status_code == 302
    assert browser.get(f"/saved?key={key}&key=another-form-of-hers").json["saved"] == [key]


def test_a_key_belongs_to_whoever_was_given_it(open_house: House) -> None:
    key = key_on(open_house.browser("ada"), "/evidence/new/account")
    assert written(open_house.browser("ada"), key).location != written(open_house.browser("abe"), key).location
    assert open_house.browser("ben").get(f"/saved?key={key}").json["saved"] == []


def test_a_form_without_a_key_is_done_as_it_comes(open_house: House) -> None:
    browser = open_house.browser("ada")
    for key in ("", "short", "x" * 65, "spaces and <signs> in it"):
        assert written(browser, key).status_code == 302
    assert many(Evidence) == 4


def test_what_a_photo_and_words_make_is_one_item_too(open_house: House) -> None:
    browser = open_house.browser("ada")
    key = key_on(browser, "/evidence/new/work-product")
    answers = [
        browser.post(
            "/evidence/new/work-product",
            data={"title": "The log", "once": key, "uploads": (io.BytesIO(b"17:02 rang"), "log.txt")},
        )
        for _ in range(2)
    ]
    assert len({answer.location for answer in answers}) == 1
    assert many(Evidence) == 1


Sending = tuple[str, str, str, dict[str, object], type]
"""Who, the page with the form, where it goes, what is in it, and what it makes."""


def claims(house: House) -> Sending:
    item, point = deeds.write(house.person("ada")), house.enrolment().edition.points[0]
    return "ada", f"/evidence/{item.id}", f"/evidence/{item.id}/claims", {"version": 1, "points": point.id}, Claim


def enrolments(house: House) -> Sending:
    page = f"/learners/{house.person('zoe').id}/enrol"
    chosen = {"editions": house.enrolment().edition_id, "assessor": 0, "iqa": 0}
    return "dee", page, page, chosen, Enrolment


def people(_house: House) -> Sending:
    answers = {"name": "Una Frost", "email": "una@house.example", "roles": "assessor"}
    return "dee", "/people/new", "/people/new", answers, Person


def reports(house: House) -> Sending:
    learner = house.person("ada").id
    return "ivy", f"/learners/{learner}", f"/exports/learners/{learner}", {}, Export


def packs(_house: House) -> Sending:
    return "ivy", "/exports", "/exports", {"scope": "all"}, Export


def own_reports(_house: House) -> Sending:
    return "ada", "/exports/own", "/exports/own", {}, Export


def words_of_witnesses(house: House) -> Sending:
    point = house.enrolment().edition.points[0].id
    page = f"/evidence/testimonies/{house.person('ada').id}/new"
    said = {
        "witness": "Ruth Ofori", "job": "Supervisor", "relationship": "Manager", "contact": "01632 960000",
        "happened_on": now().date().isoformat(), "text": "She listened.", "points": point,
    }  # fmt: skip
    return "ben", page, page, said, Evidence


@pytest.mark.parametrize("made", [claims, enrolments, people, reports, packs, own_reports, words_of_witnesses])
def test_every_form_that_makes_something_makes_it_once(open_house: House, made: Callable[[House], Sending]) -> None:
    nick, page, address, answers, kind = made(open_house)
    browser, before = open_house.browser(nick), many(kind)
    key = key_on(browser, page)
    told = [browser.post(address, data=answers | {"once": key}) for _ in range(2)]
    assert [answer.status_code for answer in told] == [302, 302]
    assert told[0].location == told[1].location
    assert many(kind) == before + 1


def test_a_unit_is_published_once_however_often_the_button_is_pressed(open_house: House) -> None:
    browser = open_house.browser("dee")
    key = key_on(browser, "/units/new")
    preview = browser.post("/units/new", data={"text": LEFT_LUGGAGE, "once": key}).text
    assert f'value="{key}"' in preview
    told = [
        browser.post(
            "/units/publish", data={"text": LEFT_LUGGAGE, "title": "One", "code": "L-9", "level": "3", "once": key}
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in told] == [302, 302]
    assert browser.get(f"/saved?key={key}").json["saved"] == [key]


def test_keys_are_forgotten_after_some_days(open_house: House) -> None:
    browser = open_house.browser("ada")
    key = key_on(browser, "/evidence/new/account")
    written(browser, key)
    with transaction():
        row = db.session.query(sent.Sent).one()
        row.at = now() - sent.KEPT
    sent.sweep()
    assert browser.get(f"/saved?key={key}").json["saved"] == []


def test_only_the_sending_whose_words_were_saved_is_told_as_saved(open_house: House) -> None:
    browser = open_house.browser("ada")
    key, numbers = key_on(browser, "/evidence/new/account"), [f"sending-of-words-{turn}" for turn in range(4)]
    assert written(browser, key, draft=numbers[0]).status_code == 302
    assert numbers[0] in browser.get("/evidence").text, "the next page says so by itself"
    assert written(browser, key, draft=numbers[1], text="I listened, then I rang.").status_code == 422
    assert written(browser, key, draft=numbers[2]).status_code == 302
    told = browser.get("/saved?" + "&".join(f"key={number}" for number in numbers)).json
    assert told["saved"] == [numbers[0], numbers[2]]
    assert told["since"] < now().isoformat()
    assert many(Evidence) == 1
