"""The pages of a conversation: the desk, the learner's page, the queue; who may see them, and what is refused."""

import json
import re
from html import unescape
from itertools import count

import pytest
from flask.testing import FlaskClient

from portfolio.assessment.conversations.forms import CommentForm
from portfolio.assessment.conversations.queries import conversations_in
from portfolio.assessment.models import Assessment
from portfolio.evidence.places.locators import Locator, Page, Region, Span, Whole
from portfolio.evidence.pointing.forms import every_field
from portfolio.foundation.db import db
from tests.assessment.conversations.talking import answer, claimed_place, said, say, version_of
from tests.fixtures import deeds
from tests.fixtures.cast import House

keys = count()


@pytest.fixture
def assessment(house: House) -> Assessment:
    """Ada's first unit, handed in to Ben."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    return deeds.handed_in(house.enrolment())


def sent(browser: FlaskClient, address: str, **fields: str) -> int:
    """Send a form; the status of its answer."""
    status = browser.post(address, data={"once": f"key-{next(keys):018}", **fields}).status_code
    db.session.rollback()
    return status


def test_without_scripts_they_talk_at_a_claimed_place(house: House, assessment: Assessment) -> None:
    ben, ada, version = house.browser("ben"), house.browser("ada"), version_of(assessment)
    desk = ben.get(f"/marking/{assessment.id}?at={version}.2").text
    form = desk[desk.index(f'id="comment-{version}" open') :]
    known = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[: form.index("</form>")]))
    place = {name: known[name] for name in ("start", "end")}
    assert "A repair cost less" in desk
    address = f"/marking/{assessment.id}/evidence/{version}/comments"
    page = ben.post(address, data=place | {"words": "Less by how much?", "once": "first"}, follow_redirects=True).text
    assert "Less by how much?" in page
    assert "not read yet" in page
    assert "1 comment to read" in ada.get("/portfolio").text
    theirs = ada.get(f"/portfolio/{assessment.enrolment_id}/comments").text
    assert "Less by how much?" in theirs
    assert 'data-n="1"' in theirs
    db.session.rollback()
    (talk,) = conversations_in(deeds.the_round(assessment))
    assert sent(ada, f"/conversations/{talk.id}", words="By half.") == 302
    assert "1 comment to read" not in ada.get("/portfolio").text
    assert "1 answer to read" in ben.get("/marking").text
    assert sent(ben, f"/conversations/{talk.id}/read") == 302
    assert "1 answer to read" not in ben.get("/marking").text
    assert said(assessment) == [("Ben Okafor", "Less by how much?", True), ("Ada Marsh", "By half.", True)]


def test_a_script_is_given_the_conversation_alone(house: House, assessment: Assessment) -> None:
    version, ben = version_of(assessment), house.browser("ben")
    address = f"/marking/{assessment.id}/evidence/{version}/comments"
    page = ben.post(address, data={"words": "Which kettle?", "once": "one"}, headers={"X-Piece": "1"})
    assert page.status_code == 200
    assert f'id="talk-{version}"' in page.text
    db.session.rollback()
    (talk,) = conversations_in(deeds.the_round(assessment))
    page = ben.post(
        f"/conversations/{talk.id}", data={"words": "The red one?", "once": "two"}, headers={"X-Piece": "1"}
    )
    assert page.text.count("<article") == 1
    assert "the whole item" in page.text
    assert "The red one?" in page.text


def test_a_form_that_comes_twice_says_it_once(house: House, assessment: Assessment) -> None:
    address = f"/marking/{assessment.id}/evidence/{version_of(assessment)}/comments"
    for _ in range(2):
        house.browser("ben").post(address, data={"words": "Which kettle?", "once": "the-same-key-both-times"})
    assert said(assessment) == [("Ben Okafor", "Which kettle?", False)]


@pytest.mark.parametrize("who", ["abe", "eve", "amy", "bob", "ida", "dot"])
def test_nobody_else_sees_or_says_anything(house: House, assessment: Assessment, who: str) -> None:
    comment, version = say(assessment), version_of(assessment)
    talk, browser = comment.conversation_id, house.browser(who)
    assert browser.get(f"/portfolio/{assessment.enrolment_id}/comments").status_code == 404
    for address in (
        f"/marking/{assessment.id}/evidence/{version}/comments", f"/conversations/{talk}",
        f"/conversations/{talk}/read", f"/comments/{comment.id}/take-back",
    ):  # fmt: skip
        assert sent(browser, address, words="I am here.") == 404
    assert said(assessment) == [("Ben Okafor", "What did he say?", False)]


@pytest.mark.parametrize("who", ["ivy", "dee"])
def test_who_assures_reads_along_and_says_nothing(house: House, assessment: Assessment, who: str) -> None:
    talk, browser = say(assessment).conversation_id, house.browser(who)
    for address in (f"/marking/{assessment.id}", f"/portfolio/{assessment.enrolment_id}/comments"):
        page = browser.get(address).text
        assert "What did he say?" in page
        assert "Your answer" not in page
    assert sent(browser, f"/conversations/{talk}", words="I am here.") == 404
    assert sent(browser, f"/conversations/{talk}/read") == 404


def test_after_the_decision_what_was_typed_comes_back_with_a_sentence(house: House, assessment: Assessment) -> None:
    talk = say(assessment).conversation_id
    deeds.judge_all(assessment, deeds.NOT_MET)
    deeds.refer(assessment)
    page = house.browser("ada").post(f"/conversations/{talk}", data={"words": "That it leaked.", "once": "late"})
    assert page.status_code == 409
    assert "Ben Okafor decided" in page.text
    assert "That it leaked." in page.text
    read = house.browser("ada").get(f"/portfolio/{assessment.enrolment_id}/comments").text
    assert "Your answer" not in read
    assert "Mark as read" in read
    assert "What did he say?" in house.browser("ada").get(f"/portfolio/{assessment.enrolment_id}/feedback").text


def test_words_that_were_taken_back_are_shown_to_nobody(house: House, assessment: Assessment) -> None:
    comment = say(assessment, "Nonsense.")
    assert sent(house.browser("ada"), f"/comments/{comment.id}/take-back") == 404
    assert sent(house.browser("ben"), f"/comments/{comment.id}/take-back") == 302
    for who in ("ada", "ben", "ivy"):
        page = house.browser(who).get(f"/portfolio/{assessment.enrolment_id}/comments").text
        assert "Nonsense." not in page
        assert "taken back" in page


def test_hidden_names_stay_hidden_in_what_a_learner_says(house: House, assessment: Assessment) -> None:
    talk = say(assessment).conversation
    answer(talk, "That it leaked.", by=house.person("ada"))
    point = deeds.points(assessment)[0].id
    page = house.browser("ben").get(f"/marking/points/{point}?names=hidden").text
    assert "That it leaked." in page
    assert "Ada" not in page


@pytest.mark.parametrize(
    "place",
    [
        Whole(), Span(0.5, 12.3, "ab" * 32), Span(1.0, 2.0, "ab" * 32, "percent:10.5,20,30,40.2"),
        Page(3, "cd" * 32, "percent:0,0,50,50"), Page(2, "cd" * 32), Region("percent:12.5,7,33.3,20", "ef" * 32),
    ],
)  # fmt: skip
def test_the_fields_of_a_place_name_that_place(house: House, assessment: Assessment, place: Locator) -> None:
    version = deeds.the_round(assessment).versions[0].version
    with house.app.test_request_context(method="POST", data=every_field(place) | {"words": "So."}):
        assert CommentForm().chosen(version) == place
    claimed = claimed_place(assessment)
    with house.app.test_request_context(method="POST", data=every_field(claimed)):
        assert CommentForm().chosen(version) == claimed


def test_the_desk_names_each_claimed_place_to_its_script(house: House, assessment: Assessment) -> None:
    page = house.browser("ben").get(f"/marking/{assessment.id}").text
    told = [json.loads(unescape(one)) for one in re.findall(r'data-fields="([^"]*)"', page)]
    assert told == [every_field(claimed_place(assessment, at)) for at in range(3)]


def test_the_page_opens_at_the_round_in_which_something_waits(house: House, assessment: Assessment) -> None:
    say(assessment, "What of the first round?")
    deeds.judge_all(assessment, deeds.NOT_MET)
    deeds.refer(assessment)
    deeds.hand_in(house.enrolment())
    later = say(assessment, "What of the second?")
    answer(later.conversation, "This.", by=house.person("ada"))
    address = f"/portfolio/{assessment.enrolment_id}/comments"
    assert "What of the first round?" in house.browser("ada").get(address).text
    assert "What of the second?" in house.browser("ben").get(address).text
    assert "What of the second?" in house.browser("ada").get(f"{address}?round={later.conversation.round_id}").text
