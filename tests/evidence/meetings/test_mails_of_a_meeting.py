"""Who has to sign a record is told by mail, without a name in the subject; what is over is not sent."""

import pytest

from portfolio.foundation.db import db, transaction
from portfolio.foundation.mail.models import Mail
from tests.evidence.meetings import meeting as meetings
from tests.fixtures.cast import House
from tests.foundation.mail.postbox import SENDER, Postbox, words_of
from tests.people.mailing.desk import work

NAMES = ("Ada", "Ben", "The return")


@pytest.fixture
def street(house: House, postbox: Postbox) -> House:
    """The house with a mail server."""
    house.enrolment()
    house.sets(mail=postbox.url, mail_from=SENDER, address="http://markwell.example")
    return house


def test_the_learner_is_told_that_a_record_waits_for_them(street: House, postbox: Postbox) -> None:
    ada, ben = street.person("ada"), street.person("ben")
    meeting = meetings.under_way(ada, ben)
    meetings.sign(meeting)
    address, page = ada.email, f"http://markwell.example/meetings/{meeting.id}"
    with postbox.up():
        work(street)
    (mail,) = postbox.to(address)
    assert [name for name in NAMES if name in mail["Subject"]] == []
    assert page in words_of(mail)
    assert page in words_of(mail, "html")
    path = page.removeprefix("http://markwell.example")
    assert street.browser("ada").get(path, follow_redirects=True).status_code == 200


def test_the_assessor_is_told_that_the_learner_does_not_agree(street: House, postbox: Postbox) -> None:
    ada, ben = street.person("ada"), street.person("ben")
    meeting = meetings.under_way(ada, ben)
    meetings.sign(meeting)
    meetings.answer(meeting, agrees=False, comment="It was later.")
    learner, assessor = ada.email, ben.email
    with postbox.up():
        work(street)
    assert postbox.to(learner) == [], "what waited for them is signed"
    (mail,) = postbox.to(assessor)
    assert [name for name in NAMES if name in mail["Subject"]] == []
    assert "It was later." not in words_of(mail), "what they say is read on the page alone"


def test_what_is_signed_before_the_mail_goes_is_not_sent(street: House, postbox: Postbox) -> None:
    ada, ben = street.person("ada"), street.person("ben")
    meeting = meetings.under_way(ada, ben)
    meetings.sign(meeting)
    meetings.answer(meeting)
    with postbox.up():
        work(street)
    assert postbox.mails == []
    db.session.rollback()
    (row,) = db.session.query(Mail).all()
    assert (row.state, row.because) == ("not sent", "It was signed, or changed, before the mail could be sent.")
    assert street.browser("dee").get("/people/mail").status_code == 200


def test_without_a_mail_server_nothing_is_written(house: House) -> None:
    house.enrolment()
    meetings.sign(meetings.under_way(house.person("ada"), house.person("ben")))
    assert db.session.query(Mail).count() == 0


def test_nobody_is_written_to_who_has_not_joined_yet(street: House) -> None:
    ada, ben = street.person("ada"), street.person("ben")
    with transaction():
        street.person("ada").account_id = None
    meetings.sign(meetings.under_way(ada, ben))
    assert db.session.query(Mail).count() == 0
