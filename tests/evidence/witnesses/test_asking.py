"""Learners and assessors ask, see how far it is, remind and take back."""

import re
from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from portfolio.assessment import operations as assessing
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.models import Trace, WitnessRequest
from portfolio.evidence.witnesses.operations.answering import reached
from portfolio.foundation.clock import at, now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import OutOfTurn
from portfolio.foundation.log import audit
from portfolio.foundation.work import chores
from tests.evidence.witnesses.asking import GWEN, ask, opened, signed
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
    assert phone.post(f"{urlsplit(link).path}/opened").status_code == 204
    assert "Opened" in reads(one, f"/witnesses/learners/{ada.id}")


def test_the_same_form_that_comes_twice_asks_once_and_its_words_need_not_be_kept(
    house: House, browser: Browser
) -> None:
    ada, points = house.person("ada"), [str(point.id) for point in house.enrolment().edition.points]
    one, sent = browser("ada"), ASKED | {"points": points, "once": "o" * 22, "draft": "d" * 22}
    first = one.post(f"/witnesses/learners/{ada.id}/ask", data=sent)
    assert f'data-saved="{sent["draft"]}"' in one.get(first.location).text
    again = one.post(f"/witnesses/learners/{ada.id}/ask", data=sent)
    assert again.location == first.location
    db.session.rollback()
    assert db.session.query(WitnessRequest).count() == 1


def test_with_an_address_the_link_is_shown_only_when_it_is_asked_for(house: House, browser: Browser) -> None:
    request = ask(house)
    one = browser("ada")
    assert 'id="link"' not in reads(one, f"/witnesses/requests/{request.id}")
    assert reached(as_it_is(request)) == "by a link", "no mail server took it yet"
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
        assessing.allocate(enrolment, assessor=second, iqa=None, by=dee)
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
    one.delete_cookie("session")
    sent = one.post(f"{address}/draft", data={"once": "k" * 20, "whole": "She was", "turn": "1"})
    assert sent.status_code == 302, "on the learner's own phone, on which nobody is signed in"
    signed(as_it_is(request))
    assert [name for name, *_ in as_it_is(request).questions["1"]] == ["device opened", "at once"]


def test_the_link_is_never_shown_once_it_was_signed(house: House, browser: Browser) -> None:
    ada, ended = browser("ada"), signed(ask(house))
    assert ada.post(f"/witnesses/requests/{ended.id}/link").status_code == 409
    assert as_it_is(ended).shown_at is None
    handed = ask(house, replace(GWEN, name="Tom Reece", email=""))
    assert 'id="link"' in reads(ada, f"/witnesses/requests/{handed.id}")
    signed(as_it_is(handed))
    assert 'id="link"' not in reads(ada, f"/witnesses/requests/{handed.id}")


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


def test_nobody_is_asked_twice_at_one_address_before_they_answer(house: House, browser: Browser) -> None:
    ada, request = house.person("ada"), ask(house)
    typed = ASKED | {"points": [request.points[0].id], "email": "Gwen@Tidewater.example"}
    address = f"/witnesses/learners/{ada.id}/ask"
    refused = browser("ben").post(address, data=typed)
    assert refused.status_code == 422
    assert "Gwen Parry is asked already; remind them instead." in refused.text
    assert "Last Tuesday." in refused.text
    signed(as_it_is(request))
    assert browser("ben").post(address, data=typed).status_code == 302


def test_requests_that_wait_in_restored_records_end_and_who_asked_asks_anew(house: House, browser: Browser) -> None:
    before, waits = signed(ask(house)), opened(ask(house))
    with transaction():
        operations.write_draft(waits, {"whole": ["She was"]}, sitting="one", turn=1, based_on=0)
    with transaction():
        for deed in chores.restored(house.app):
            deed()
    assert as_it_is(waits).draft == {}
    page = reads(browser("ada"), f"/witnesses/requests/{waits.id}")
    assert "Taken back" in page
    assert "restored from a backup. Ask anew" in page
    assert "Signed" in reads(browser("ada"), f"/witnesses/requests/{before.id}")
    told = [line["deed"] for line in audit.lines(waits.centre_id) if line["subject"] == f"request {waits.id}"]
    assert told[-1] == "request taken back"
    assert ask(house).id != waits.id


@pytest.mark.parametrize("end", ["declined", "expired", "taken back"])
def test_who_was_asked_and_never_signed_is_forgotten_90_days_after_the_end(
    house: House, browser: Browser, end: str
) -> None:
    signed_by = signed(ask(house))
    request = opened(ask(house, replace(GWEN, name="Tom Reece", email="tom@tidewater.example")))
    with transaction():
        if end == "declined":
            operations.decline(request, "I was on leave.")
        elif end == "taken back":
            operations.take_back(request, by=request.by)
        else:
            request.expires_at = now() - timedelta(minutes=1)
    for days, name in ((89, "Tom Reece"), (91, "")):
        with at(now() + timedelta(days=days)), transaction():
            operations.forget_witnesses()
        assert as_it_is(request).name == name
    over = as_it_is(request)
    assert (over.relation, over.email, over.note, over.reason) == ("", "", "", "")
    assert as_it_is(signed_by).name == "Gwen Parry"
    page = reads(browser("ada"), f"/witnesses/requests/{request.id}")
    assert "a witness" in page
    assert "a witness" in reads(browser("ada"), f"/witnesses/learners/{house.person('ada').id}")
    told = next(line for line in audit.lines(request.centre_id) if line["deed"] == "witness asked")
    assert not [fact for fact in told["facts"] if fact.endswith("_sha256")]


def test_whoever_somebody_was_asked_about_is_not_removed(house: House) -> None:
    ask(house, by="ben")
    ada, dee, enrolment = house.person("ada"), house.person("dee"), house.enrolment()
    with transaction():
        assessing.take_off(enrolment, by=dee)
    with pytest.raises(OutOfTurn, match="Close the account instead"), transaction():
        assessing.remove_person(ada, by=dee)
