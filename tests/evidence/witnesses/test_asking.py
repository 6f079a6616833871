"""Learners and assessors ask, see how far it is, remind and take back; what was signed is checked and claimed."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from portfolio.evidence import queries as gathered
from portfolio.evidence.models import Claim
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.models import Trace, WitnessRequest
from portfolio.evidence.witnesses.operations.answering import reached
from portfolio.foundation.db import db, transaction
from tests.evidence.witnesses.asking import GWEN, SAW, ask, opened, signed
from tests.evidence.witnesses.holding import as_it_is
from tests.fixtures import deeds
from tests.fixtures.cast import House

ASKED = {"kind": "witness testimony", "name": "Gwen Parry", "relation": "Shift supervisor", "note": "Last Tuesday."}
Browser = Callable[[str], FlaskClient]


@pytest.fixture
def browser(house: House) -> Browser:
    """A browser of somebody, whose forms need no token."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house.browser


def reads(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return html.unescape(re.sub(r"\s+", " ", answer.text))


def the_request() -> WitnessRequest:
    db.session.rollback()
    db.session.expire_all()
    return db.session.query(WitnessRequest).order_by(WitnessRequest.id.desc()).first()  # type: ignore[return-value]


def test_a_learner_asks_from_an_item_with_its_points_ticked_and_hands_the_link_over(
    house: House, browser: Browser
) -> None:
    item = deeds.ready(house.enrolment())
    ada, points = house.person("ada"), [str(point.id) for point in house.enrolment().edition.points]
    one = browser("ada")
    page = reads(one, f"/witnesses/learners/{ada.id}/ask?evidence={item.id}")
    assert re.findall(r'name="points" value="(\d+)" checked', page) == points
    answer = one.post(f"/witnesses/learners/{ada.id}/ask", data=ASKED | {"points": points, "evidence": item.id})
    assert answer.status_code == 302
    request = the_request()
    assert (request.about_id, [str(point.id) for point in request.points]) == (item.id, points)
    page = reads(one, answer.location)
    (link,) = re.findall(r'id="link" value="([^"]+)"', page)
    phone = house.browser()
    assert phone.get(urlsplit(link).path).status_code == 200
    assert phone.post(f"{urlsplit(link).path}/opened").status_code == 204
    assert "Opened" in reads(one, f"/witnesses/learners/{ada.id}")


def test_with_an_address_the_link_is_shown_only_when_it_is_asked_for(house: House, browser: Browser) -> None:
    request = ask(house)
    one = browser("ada")
    assert 'id="link"' not in reads(one, f"/witnesses/requests/{request.id}")
    assert reached(as_it_is(request)) == "by a link", "no mail server took it yet"
    one.post(f"/witnesses/requests/{request.id}/link")
    assert 'id="link"' in reads(one, f"/witnesses/requests/{request.id}")
    assert reached(as_it_is(request)) == "by a link that Ada Marsh handed over"


def test_what_is_missing_is_said_and_typed_words_come_back(house: House, browser: Browser) -> None:
    ada = house.person("ada")
    answer = browser("ada").post(f"/witnesses/learners/{ada.id}/ask", data=ASKED | {"name": "Ada Marsh", "points": []})
    assert answer.status_code == 422
    assert "Choose at least one marking point" in answer.text
    assert "Last Tuesday." in answer.text


def test_an_assessor_asks_for_their_learner_and_handles_that_request_alone(house: House, browser: Browser) -> None:
    ada, point = house.person("ada"), house.enrolment().edition.points[0].id
    one = browser("ben")
    assert one.post(f"/witnesses/learners/{ada.id}/ask", data=ASKED | {"points": [point]}).status_code == 302
    request = the_request()
    assert request.by.name == "Ben Okafor"
    assert browser("ada").get(f"/witnesses/requests/{request.id}").status_code == 404
    assert "by Ben Okafor" in reads(browser("ada"), f"/witnesses/learners/{ada.id}")


def test_a_request_that_was_taken_back_says_so(house: House, browser: Browser) -> None:
    request = ask(house)
    one = browser("ada")
    assert one.post(f"/witnesses/requests/{request.id}/take-back").status_code == 302
    assert "Taken back" in reads(one, f"/witnesses/requests/{request.id}")
    assert one.post(f"/witnesses/requests/{request.id}/remind").status_code == 409


def test_reminding_waits_a_day(house: House, browser: Browser) -> None:
    request = ask(house)
    one = browser("ada")
    assert one.post(f"/witnesses/requests/{request.id}/remind").status_code == 429
    with transaction():
        as_it_is(request).asked_at -= timedelta(days=1)
    assert one.post(f"/witnesses/requests/{request.id}/remind").status_code == 302
    assert as_it_is(request).reminded_at is not None


def test_what_was_signed_is_claimed_at_its_places_with_one_press(house: House, browser: Browser) -> None:
    request = opened(ask(house, points=3))
    ids = [point.id for point in request.points]
    signed(request, by_point=((ids[0], "She let him finish."),))
    item = as_it_is(request).evidence_id
    one = browser("ada")
    page = reads(one, f"/evidence/{item}")
    assert re.findall(r'name="points" value="(\d+)" id="offer-\d+" checked', page) == [str(id) for id in ids]
    assert "“She let him finish.”" in page or "She let him finish." in page
    assert "/change" not in page, "nobody changes what a witness signed"
    assert one.post(f"/witnesses/items/{item}/claims", data={"points": ids[:2]}).status_code == 302
    db.session.rollback()
    claims = {claim.point_id: claim for claim in db.session.query(Claim).filter_by(evidence_id=item)}
    assert set(claims) == set(ids[:2])
    assert "She let him finish." in str(claims[ids[0]].locator)
    assert claims[ids[1]].locator == {}
    page = reads(one, f"/evidence/{item}")
    assert re.findall(r'id="offer-(\d+)"', page) == [str(ids[2])]
    assert one.post(f"/witnesses/items/{item}/claims", data={}).status_code == 422


def test_the_assessor_checks_a_witness_and_reads_the_questions_that_the_learner_never_sees(
    house: House, browser: Browser
) -> None:
    deeds.write(house.person("ada"))
    request = signed(ask(house), whole=f"{deeds.STORY} I saw it.")
    item = as_it_is(request).evidence
    assert item is not None
    version = gathered.latest(item)
    for nick in ("ben", "ivy"):
        assert "Are these the witness’s own words?" in reads(browser(nick), f"/evidence/{item.id}")
    for nick in ("ada", "dee"):
        assert "own words?" not in reads(browser(nick), f"/evidence/{item.id}")
    ben = browser("ben")
    refused = ben.post(f"/witnesses/versions/{version.id}/check", data={"how": "contacted", "on": "2026-03-05"})
    assert refused.status_code == 422
    assert "Say how you reached the witness" in refused.text
    done = ben.post(
        f"/witnesses/versions/{version.id}/check",
        data={"how": "contacted", "on": "2026-03-05", "means": "by telephone", "words": "She was there."},
    )
    assert done.status_code == 302
    hers = reads(browser("ada"), f"/evidence/{item.id}")
    assert "contacted by Ben Okafor" in hers
    for words in ("by telephone", "She was there."):
        assert words not in hers, "the learner reads how, when and by whom, and no more"
        assert words in reads(browser("ivy"), f"/evidence/{item.id}")
    assert "She was there." in reads(ben, f"/witnesses/versions/{version.id}/check")


def test_the_desk_tells_of_the_signature_and_the_check(house: House, browser: Browser) -> None:
    request = signed(ask(house, points=3))
    item = as_it_is(request).evidence
    assert item is not None
    browser("ada").post(f"/witnesses/items/{item.id}/claims", data={"points": [point.id for point in request.points]})
    assessment = deeds.hand_in(house.enrolment())
    page = reads(browser("ben"), f"/marking/{assessment.id}")
    assert "The witness was not checked yet." in page
    assert f"/witnesses/versions/{gathered.latest(item).id}/check" in page
    assert SAW.split(".")[0] in page


def test_the_status_list_tells_of_typed_and_signed_testimonies(house: House, browser: Browser) -> None:
    signed(ask(house, replace(GWEN, email="")))
    page = reads(browser("ivy"), "/witnesses")
    for words in ("Gwen Parry", "Shift supervisor", "by a link that Ada Marsh handed over", "not yet", "Ada Marsh"):
        assert words in page
    assert "Gwen Parry" in reads(browser("ben"), f"/witnesses/learners/{house.person('ada').id}")
    answer = browser("dee").get("/witnesses/list.csv")
    assert answer.mimetype == "text/csv"
    head, line = answer.text.splitlines()[:2]
    assert head.startswith("learner,item,kind,name,role")
    assert line.replace("'", "").startswith("Ada Marsh,E1,witness testimony,Gwen Parry,Shift supervisor,yes,yes,")
    assert browser("ada").get("/witnesses").status_code == 404


def test_a_learner_who_looks_at_their_requests_leaves_a_trace(house: House, browser: Browser) -> None:
    request = ask(house)
    one = browser("ada")
    reads(one, f"/witnesses/learners/{house.person('ada').id}")
    address = f"/witness/{operations.link_token(request)}"
    db.session.rollback()
    one.delete_cookie("session")
    sent = one.post(f"{address}/draft", data={"once": "k" * 20, "whole": "She was", "turn": "1"})
    assert sent.status_code == 302, "on the learner's own phone, on which nobody is signed in"
    signed(as_it_is(request))
    assert [name for name, *_ in as_it_is(request).questions["1"]] == ["device", "at once"]


@pytest.mark.parametrize("deed", ["asks", "looks at a request", "is shown the link"])
def test_where_a_learner_does_something_about_a_request_is_noted(house: House, browser: Browser, deed: str) -> None:
    ada, request = house.person("ada"), ask(house)
    point, one = request.points[0].id, browser("ada")
    answer = {
        "asks": lambda: one.post(f"/witnesses/learners/{ada.id}/ask", data=ASKED | {"points": [point]}),
        "looks at a request": lambda: one.get(f"/witnesses/requests/{request.id}"),
        "is shown the link": lambda: one.post(f"/witnesses/requests/{request.id}/link"),
    }[deed]()
    assert answer.status_code in (200, 302)
    assert one.get_cookie("device") is not None
    db.session.rollback()
    assert db.session.query(Trace).filter_by(person_id=ada.id, sort="device").count() == 1
