"""Learners and assessors ask, see how far it is, remind and take back."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

from portfolio.assessment.operations import allocate
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.operations.answering import reached
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from tests.evidence.witnesses.asking import ask, signed
from tests.evidence.witnesses.holding import Browser, as_it_is, reads
from tests.fixtures import deeds
from tests.fixtures.cast import House

ASKED = {"kind": "witness testimony", "name": "Gwen Parry", "relation": "Shift supervisor", "note": "Last Tuesday."}


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
    assert f'You ask about <a href="/evidence/{item.id}">' in page
    assert re.findall(r'name="points" value="(\d+)" checked', page) == points
    answer = one.post(f"/witnesses/learners/{ada.id}/ask", data=ASKED | {"points": points, "evidence": item.id})
    assert answer.status_code == 302
    request = the_request()
    assert (request.about_id, [str(point.id) for point in request.points]) == (item.id, points)
    page = reads(one, answer.location)
    assert f'Asked from <a href="/evidence/{item.id}">' in page
    (link,) = re.findall(r'id="link" value="([^"]+)"', page)
    phone = house.browser()
    assert phone.get(urlsplit(link).path).status_code == 200
    assert "Opened" in reads(one, f"/witnesses/learners/{ada.id}")


def test_with_an_address_the_link_is_shown_only_when_it_is_asked_for(house: House, browser: Browser) -> None:
    request = ask(house)
    one = browser("ada")
    assert 'id="link"' not in reads(one, f"/witnesses/requests/{request.id}")
    assert reached(as_it_is(request)) == "by e-mail"
    one.post(f"/witnesses/requests/{request.id}/link")
    assert 'id="link"' in reads(one, f"/witnesses/requests/{request.id}")
    assert reached(as_it_is(request)) == "by a link that Ada Marsh handed over"
    one.post(f"/witnesses/requests/{request.id}/link")
    assert [line["deed"] for line in audit.lines(1)].count("link shown") == 1


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
    page = reads(browser("ada"), f"/witnesses/requests/{request.id}")
    assert "Note of Ben Okafor: “Last Tuesday.”" in page
    assert 'id="link"' not in page
    assert browser("ada").post(f"/witnesses/requests/{request.id}/link").status_code == 404
    assert browser("ada").post(f"/witnesses/requests/{request.id}/remind").status_code == 404
    assert browser("dee").get(f"/witnesses/requests/{request.id}").status_code == 404
    assert browser("ada").post(f"/witnesses/requests/{request.id}/take-back").status_code == 302
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
    address = f"/witnesses/requests/{request.id}"
    assert "You can remind Gwen Parry from" in reads(one, address)
    assert f"{address}/remind" not in reads(one, address)
    assert one.post(f"/witnesses/requests/{request.id}/remind").status_code == 429
    with transaction():
        as_it_is(request).asked_at -= timedelta(days=1)
    assert one.post(f"/witnesses/requests/{request.id}/remind").status_code == 302
    assert as_it_is(request).reminded_at is not None


def test_once_the_assessor_who_asked_is_gone_another_one_takes_the_request_back(house: House, browser: Browser) -> None:
    request = ask(house, by="ben")
    address = f"/witnesses/requests/{request.id}"
    eve = browser("eve")
    assert eve.get(address).status_code == 404
    enrolment, second, dee = house.enrolment(), house.person("eve"), house.person("dee")
    with transaction():
        allocate(enrolment, assessor=second, iqa=None, by=dee)
    assert browser("ben").get(address).status_code == 404
    page = reads(eve, address)
    assert 'id="link"' not in page
    assert eve.post(f"{address}/link").status_code == 404
    assert eve.post(f"{address}/take-back").status_code == 302
    assert "Taken back" in reads(eve, address)


def test_a_learner_who_looks_at_their_requests_leaves_a_trace(house: House, browser: Browser) -> None:
    request = ask(house)
    one = browser("ada")
    reads(one, f"/witnesses/learners/{house.person('ada').id}")
    address = f"/witness/{operations.link_token(request)}"
    db.session.rollback()
    assert one.get(address).status_code == 200, "on the learner's own phone"
    signed(as_it_is(request))
    assert [name for name, *_ in as_it_is(request).questions] == ["device opened", "at once"]
