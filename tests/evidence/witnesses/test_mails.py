"""A witness is asked and reminded by mail, and who waits is told of the answer; no subject names anybody."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from portfolio.evidence.rules import Kind
from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.operations.answering import reached
from portfolio.foundation.clock import at, now
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import TooOften
from portfolio.foundation.log import audit
from portfolio.foundation.mail.kinds import KINDS
from portfolio.foundation.mail.models import Mail
from portfolio.people.operations import change_centre
from tests.evidence.witnesses.asking import GWEN, ask, corrected, opened, signed
from tests.evidence.witnesses.holding import as_it_is
from tests.fixtures.cast import House
from tests.foundation.mail.postbox import SENDER, Postbox, words_of
from tests.people.mailing.desk import work

NAMES = ("Gwen", "Parry", "Ada", "Marsh", "Ben")


@pytest.fixture
def street(house: House, postbox: Postbox) -> House:
    """The house with a mail server."""
    house.sets(mail=postbox.url, mail_from=SENDER, address="http://markwell.example")
    return house


def test_the_mail_to_a_witness_has_the_link_that_opens_their_page(street: House, postbox: Postbox) -> None:
    request = ask(street)
    with postbox.up():
        work(street)
    (mail,) = postbox.to("gwen@tidewater.example")
    for words in NAMES:
        assert words not in mail["Subject"]
    (path,) = set(re.findall(r"http://markwell\.example(/witness/\S+)", words_of(mail)))
    witness = street.browser()
    assert witness.get(path).status_code == 200
    assert witness.post(f"{path}/opened").status_code == 204
    assert path in words_of(mail, "html")
    request = as_it_is(request)
    assert request.opened_at is not None
    assert reached(request) == "by e-mail to an address that Ada Marsh gave"
    told = [line for line in audit.lines(1) if line["subject"] == f"request {request.id}"]
    assert [line["deed"] for line in told] == ["witness asked", "link sent", "request opened"]


def test_a_reminder_brings_the_same_link(street: House, postbox: Postbox) -> None:
    request, later = ask(street), now() + timedelta(days=1)
    with postbox.up():
        work(street)
        request = as_it_is(request)
        with at(later), transaction():
            operations.remind(request, by=request.by)
        work(street, later)
    first, second = postbox.to("gwen@tidewater.example")
    links = [re.findall(r"/witness/\S+", words_of(mail)) for mail in (first, second)]
    assert links[0] == links[1]
    assert first["Subject"] != second["Subject"]


@pytest.mark.parametrize("language", ["en-GB", "cy"])
def test_learner_and_assessor_are_told_of_a_signature_in_the_centres_language(
    street: House, postbox: Postbox, language: str
) -> None:
    dee = street.person("dee")
    with transaction():
        change_centre(dee.centre, by=dee, language=language)
    request = signed(ask(street, replace(GWEN, email="")))
    with postbox.up():
        work(street)
    for nick in ("ada", "ben"):
        (mail,) = postbox.to(f"{nick}@house.example")
        assert f"/evidence/{as_it_is(request).evidence_id}" in words_of(mail)
        for words in NAMES:
            assert words not in mail["Subject"]
    assert ("signed" in mail["Subject"]) == (language == "en-GB")


def test_who_asked_is_told_of_a_refusal_and_nobody_of_its_reason(street: House, postbox: Postbox) -> None:
    request = opened(ask(street, replace(GWEN, email=""), by="ben"))
    with transaction():
        operations.decline(request, "He is no good.")
    with postbox.up():
        work(street)
    (mail,) = postbox.to("ben@house.example")
    assert "no good" not in words_of(mail)
    assert postbox.to("ada@house.example") == []


def test_a_correction_is_told_as_one_and_what_changes_nothing_not_at_all(street: House, postbox: Postbox) -> None:
    request = signed(ask(street, replace(GWEN, email="")))
    with transaction():
        corrected(request)
    with transaction():
        corrected(request, whole="It was on Monday.")
    with postbox.up():
        work(street)
    subjects = [mail["Subject"] for mail in postbox.to("ada@house.example")]
    assert sorted("corrected" in subject for subject in subjects) == [False, True]


@pytest.mark.parametrize("language", ["en-GB", "cy"])
def test_customers_are_written_to_as_customers(street: House, postbox: Postbox, language: str) -> None:
    dee = street.person("dee")
    with transaction():
        change_centre(dee.centre, by=dee, language=language)
    request = opened(ask(street, replace(GWEN, kind=Kind.CUSTOMER)))
    with postbox.up():
        work(street)
        with transaction():
            operations.decline(as_it_is(request), "")
        work(street)
    (asked,), (declined,) = postbox.to("gwen@tidewater.example"), postbox.to("ada@house.example")
    assert ("how it was" if language == "en-GB" else "sut oedd hi") in asked["Subject"]
    assert ("A customer has declined" if language == "en-GB" else "cwsmer") in declined["Subject"]
    assert "what you saw" not in words_of(asked)


def test_news_that_was_not_sent_can_be_sent_again(street: House, postbox: Postbox) -> None:
    signed(ask(street, replace(GWEN, email="")))
    mail = db.session.query(Mail).filter_by(person_id=street.person("ben").id).one()
    kind = KINDS[mail.kind]
    with street.app.test_request_context():
        assert kind.addressees([mail])[mail.id].may_again
    assert kind.again is not None
    dee = street.person("dee")
    with transaction():
        kind.again(mail, dee)
    with postbox.up():
        work(street)
    assert len(postbox.to("ben@house.example")) == 2


def test_a_link_whose_request_ended_before_is_not_sent(street: House, postbox: Postbox) -> None:
    request = ask(street)
    with transaction():
        operations.take_back(request, by=request.by)
    with postbox.up():
        work(street)
    assert postbox.to("gwen@tidewater.example") == []
    (mail,) = db.session.query(Mail)
    assert mail.state == "not sent"
    assert "before the mail could be sent" in mail.because


def test_the_administrator_sees_what_went_to_whom_and_that_it_can_be_sent_again(
    street: House, postbox: Postbox
) -> None:
    ask(street)
    with postbox.up():
        work(street)
    page = street.browser("dee").get("/people/mail").text
    for words in ("Request to a witness", "Gwen Parry"):
        assert words in page


def test_in_a_house_without_mail_the_link_is_handed_over(house: House) -> None:
    ada, points = house.person("ada"), list(house.enrolment().edition.points)[:1]
    with transaction():
        request = operations.ask(GWEN, points, learner=ada, by=ada)
    assert reached(request) == "by a link that Ada Marsh handed over"
    assert db.session.query(Mail).count() == 0


@pytest.mark.parametrize("language", ["en-GB", "cy"])
def test_a_witness_is_told_of_each_signature_by_their_link_and_not_sent_the_link(
    street: House, postbox: Postbox, language: str
) -> None:
    dee = street.person("dee")
    with transaction():
        change_centre(dee.centre, by=dee, language=language)
    request = ask(street)
    with postbox.up():
        work(street)
    signed(request)
    with transaction():
        corrected(request, whole="It was on Monday.")
    with postbox.up():
        work(street)
    _, *receipts = postbox.to("gwen@tidewater.example")
    assert len(receipts) == 2
    for mail in receipts:
        assert ("If that was not you, tell the centre." in words_of(mail)) == (language == "en-GB")
        assert "/witness/" not in words_of(mail)
        for words in NAMES:
            assert words not in mail["Subject"]


def test_a_customer_is_told_of_what_customers_sign(street: House, postbox: Postbox) -> None:
    signed(ask(street, replace(GWEN, kind=Kind.CUSTOMER)))
    with postbox.up():
        work(street)
    (receipt,) = (mail for mail in postbox.to("gwen@tidewater.example") if "was signed" in mail["Subject"])
    assert "signed how it was with Ada Marsh" in " ".join(words_of(receipt).split())


def test_a_link_that_was_not_sent_is_sent_again_once_a_day_with_a_line_of_it(street: House) -> None:
    request, dee = ask(street), street.person("dee")
    (mail,) = db.session.query(Mail)
    with pytest.raises(TooOften), transaction():
        operations.mail_again(mail, by=dee)
    with at(now() + timedelta(days=1)), transaction():
        operations.mail_again(mail, by=dee)
    with at(now() + timedelta(days=1, hours=1)), pytest.raises(TooOften), transaction():
        operations.mail_again(mail, by=dee)
    told = [(line["deed"], line["actor"]) for line in audit.lines(request.centre_id)][-1:]
    assert told == [("witness reminded", dee.name)]


def test_of_who_never_signed_nothing_is_left_in_the_records_not_even_in_what_the_server_said(
    street: House, postbox: Postbox
) -> None:
    postbox.refuses["gwen@tidewater.example"] = ["550 5.1.1 <gwen@tidewater.example> unknown in tidewater.example"]
    ask(street)
    with postbox.up():
        work(street)
    (mail,) = db.session.query(Mail)
    assert mail.because == "The mail server refused the address: “550 5.1.1 [address] unknown in [address]”"
    with at(now() + timedelta(days=28 + 91)), transaction():
        operations.forget_witnesses()
    for table in db.metadata.sorted_tables:
        for row in db.session.execute(table.select()):
            assert not re.search(r"gwen|parry|tidewater\.example", str(row), re.IGNORECASE), table.name
