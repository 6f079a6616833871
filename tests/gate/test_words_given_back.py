"""A form that could not be done gives its words back: where a sign-in ended, and wherever else something is refused."""

import html
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse
from wtforms import Form, PasswordField
from wtforms.fields.core import UnboundField

from portfolio.evidence.models import Evidence
from portfolio.foundation.db import db
from portfolio.people.entering.operations import choose
from portfolio.people.signing_in import hashed
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow

FIELDS = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PASSWORD = "a long password of hers"
WORDS = "I listened to Mrs Okoro <first>."
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


def main_of(answer: TestResponse) -> str:
    page = answer.text
    return page[page.index("<main") : page.index("</main>")]


def token_on(browser: FlaskClient, address: str = "/evidence/new/account") -> str:
    found = TOKEN.search(browser.get(address).text)
    assert found
    return found[1]


def send(browser: FlaskClient, token: str, **answers: str) -> TestResponse:
    data = {"csrf_token": token, "title": "The kettle", "text": WORDS} | answers
    return browser.post("/evidence/new/account", data=data)


def test_a_form_sent_after_its_session_ended_is_shown_again_with_the_sign_in_and_the_way_on(house: House) -> None:
    token = token_on(house.browser("ada"))
    answer = send(house.browser(), token, password="never shown", based_on="17")
    assert answer.status_code == 401
    main = main_of(answer)
    assert "Your sign-in has ended" in main
    assert "I listened to Mrs Okoro &lt;first&gt;." in main
    assert "The kettle" in main
    for hidden in ("never shown", token, ">17<"):
        assert hidden not in main
    assert 'name="next" value="/evidence/new/account"' in main
    assert 'type="password"' in main
    db.session.rollback()
    assert db.session.query(Evidence).count() == 0


def test_whoever_signed_in_again_in_another_tab_is_led_back_to_the_form(house: House) -> None:
    token = token_on(house.browser("ada"))
    main = main_of(send(house.browser("ada"), token))
    assert "You signed in again" in main
    assert 'href="/evidence/new/account"' in main
    assert 'type="password"' not in main
    assert "I listened to Mrs Okoro" in main


def test_without_anybody_signed_in_a_form_is_not_dropped_by_a_redirect(house: House) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    answer = house.browser().post("/evidence/new/account", data={"title": "The kettle", "text": WORDS})
    assert answer.status_code == 401
    assert "I listened to Mrs Okoro" in main_of(answer)


def test_a_script_is_told_in_a_sentence_that_the_sign_in_ended(house: House) -> None:
    answer = house.browser().post(
        "/evidence/7/claims", data={}, headers={"Accept": "application/json, text/html;q=0.9", "X-Piece": "1"}
    )
    assert answer.status_code == 401
    assert "sign-in has ended" in (answer.json or {})["sentence"]


@pytest.mark.parametrize("path", ["/evidence/9999/claims", "/marking/9999/points/1"])
def test_every_refusal_of_a_form_shows_its_words_and_leads_back_to_the_page_it_was_on(house: House, path: str) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    came_from = {"Referer": "http://localhost/evidence?sort=new"}
    main = main_of(house.browser("ada").post(path, data={"reason": WORDS}, headers=came_from))
    assert 'href="/evidence?sort=new"' in main
    assert "I listened to Mrs Okoro" in main


@pytest.mark.parametrize(
    "referer",
    ["http://elsewhere.example/evidence", "http://localhost/nowhere", "http://localhost//elsewhere.example", ""],
)
def test_the_way_back_never_leads_out_of_the_house_or_to_nothing(house: House, referer: str) -> None:
    main = main_of(house.browser("ada").get("/nothing-here", headers={"Referer": referer} if referer else {}))
    assert 'href="/"' in main


def test_a_body_that_is_too_big_leads_back_to_its_form(house: House) -> None:
    browser = house.browser("dee")
    token = token_on(browser, "/people/new")
    answer = browser.post(
        "/people/new",
        data={"csrf_token": token, "name": "x" * 3_000_000},
        headers={"Referer": "http://localhost/people/new"},
    )
    assert answer.status_code == 413
    assert 'href="/people/new"' in main_of(answer)


def test_numbers_and_times_are_given_back_like_words(house: House) -> None:
    token, stranger = token_on(house.browser("ada")), house.browser()
    answer = send(stranger, token, title="0161 496 0000", text="12:30 14:45", happened_on="2026-11-01", based_on="17")
    shown = html.unescape(main_of(answer))
    for typed in ("0161 496 0000", "12:30 14:45", "2026-11-01"):
        assert typed in shown
    assert "Based on" not in shown


def test_nothing_of_a_sign_in_is_shown_again(house: House) -> None:
    answer = house.browser().post("/sign-in", data={"email": "ada@house.example", "password": "a secret of hers"})
    assert answer.status_code == 400
    assert "ada@house.example" not in answer.text
    assert "a secret of hers" not in answer.text


def sign_in_on(page: TestResponse, browser: FlaskClient, email: str, password: str) -> TestResponse:
    """Fill in the form of the sign-in as a browser without JavaScript does."""
    main = main_of(page)
    form = main[main.index('action="/sign-in"') : main.index("</form>")]
    answers: dict[str, list[str]] = {"email": [email], "password": [password]}
    for name, value in FIELDS.findall(form):
        answers.setdefault(name, []).append(html.unescape(value))
    for name in ("csrf_token", "next"):
        given = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', form)
        answers[name] = [html.unescape(given[1])] if given else []
    return browser.post("/sign-in", data=answers)


def with_password(house: House, nick: str) -> str:
    person = house.person(nick)
    choose(person, hashed(PASSWORD))
    db.session.commit()
    return person.email


def test_without_javascript_the_words_go_through_the_sign_in_and_stand_on_the_page_after_it(house: House) -> None:
    email, token, stranger = with_password(house, "ada"), token_on(house.browser("ada")), house.browser()
    wrong = sign_in_on(send(stranger, token, text="One line.\n\nAnother “one”."), stranger, email, "not hers")
    assert wrong.status_code == 200
    assert 'type="password"' in main_of(wrong)
    answer = sign_in_on(wrong, stranger, email, PASSWORD)
    assert answer.status_code == 200
    main = html.unescape(main_of(answer))
    assert "You are signed in" in main
    assert "One line.\n\nAnother “one”." in main.replace("\r\n", "\n")
    assert 'href="/evidence/new/account"' in main
    assert stranger.get("/evidence/new/account").status_code == 200


def test_words_too_long_for_the_sign_in_are_to_be_copied_before_it(house: House) -> None:
    email, token, stranger = with_password(house, "ada"), token_on(house.browser("ada")), house.browser()
    refused = send(stranger, token, text="So it went on. " * 5000)
    assert "copy it before you sign in" in main_of(refused)
    answer = sign_in_on(refused, stranger, email, PASSWORD)
    assert (answer.status_code, answer.location) == (302, "/evidence/new/account")


def forms(above: type[Form] = Form) -> Iterator[type[Form]]:
    """Every form of the house, and of the library that signs people in."""
    yield above
    for form in above.__subclasses__():
        yield from forms(form)


def test_no_password_is_shown_or_taken_through_the_sign_in_whatever_its_field_is_called(house: House) -> None:
    fields = {name for form in forms() for name in dir(form) if _is_secret(getattr(form, name))}
    assert {"present", "password", "again"} <= fields
    token = token_on(house.browser("ada"))
    for name in sorted(fields):
        answer = house.browser().post("/password", data={name: "the one before", "csrf_token": token})
        assert answer.status_code in (400, 401)
        assert "the one before" not in answer.text, name


def _is_secret(field: object) -> bool:
    return isinstance(field, UnboundField) and issubclass(field.field_class, PasswordField)
