"""A storey adds a kind of mail: also to somebody who is no person of the centre, asked for by one who is none."""

from collections.abc import Iterator, Sequence

import pytest

from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.log.actors import Actor, Terminal
from portfolio.foundation.mail import outbox
from portfolio.foundation.mail.kinds import KINDS, Addressee, MailKind
from portfolio.foundation.mail.letters import Letter
from portfolio.foundation.mail.models import Mail
from portfolio.foundation.mail.writing import letter_of
from tests.fixtures.cast import House
from tests.foundation.mail.postbox import SENDER, Postbox, words_of
from tests.people.mailing.desk import Desk, work

WITNESS = {"request 1": ("Wyn Pugh", "wyn@works.example"), "request 2": ("Una Roe", "una@works.example")}
KIND = "asked of the tests"


class Asked:
    """A kind as a storey would write it: about somebody whom it knows by what the mail is about."""

    def __init__(self) -> None:
        self.on_record: list[tuple[str, str]] = []

    def write(self, mail: Mail) -> Letter:
        name, email = WITNESS[mail.about]
        return letter_of(
            "people/mail/link", to=email, centre="Harbour Street", language="en-GB", name=name, email=email,
            link="http://markwell.example/w/abc", until="1 May 2026, 09:30",
        )  # fmt: skip

    def addressees(self, mails: Sequence[Mail]) -> dict[int, Addressee]:
        return {mail.id: Addressee(*WITNESS[mail.about], standing="not opened", may_again=True) for mail in mails}

    def sent(self, mail: Mail) -> None:
        self.on_record.append((mail.about, "sent"))

    def unsent(self, mail: Mail, why: str, _by: Actor | None) -> None:
        self.on_record.append((mail.about, why))

    def again(self, mail: Mail, by: Actor) -> None:
        outbox.send([outbox.write(KIND, mail.about, by=by)], by=by)


@pytest.fixture
def asked() -> Iterator[Asked]:
    """The kind, while the test lasts."""
    kind = Asked()
    KINDS[KIND] = MailKind("Witness asked", kind.write, kind.addressees, kind.sent, kind.unsent, kind.again)
    yield kind
    del KINDS[KIND]


@pytest.fixture
def street(house: House, postbox: Postbox) -> House:
    house.sets(mail=postbox.url, mail_from=SENDER, address="http://markwell.example")
    return house


def ask(street: House, *things: str) -> None:
    """Have mails written as a deed of somebody without an account does."""
    centre = street.person("dee").centre_id
    with transaction():
        by = Terminal(centre, name="Wyn Pugh")
        outbox.send([outbox.write(KIND, about, by=by) for about in things], by=by)


def test_somebody_who_is_no_person_is_written_to_and_the_page_names_them_and_the_kind(
    street: House, postbox: Postbox, asked: Asked
) -> None:
    ask(street, "request 1", "request 2")
    dee = Desk(street)
    assert "somebody without an account" in dee.reads("/jobs")
    postbox.refuses["una@works.example"] = ["550 5.1.1 No such user"]
    with postbox.up():
        work(street)
    assert "Hello Wyn Pugh," in words_of(postbox.to("wyn@works.example")[0])
    assert sorted(asked.on_record) == [("request 1", "sent"), ("request 2", "the mail server refused it")]
    page = dee.reads("/people/mail")
    for words in ("Wyn Pugh", "wyn @works.example", "Witness asked , not opened", "Una Roe", "No such user", "All 2"):
        assert words in page
    assert "Una Roe" not in dee.reads("/people/mail?state=sent")
    assert "Wyn Pugh" not in dee.reads("/people/mail?state=not+sent")
    assert "Of the mails of this centre none is in this state." in dee.reads("/people/mail?state=waiting")
    assert "Una Roe" not in Desk(street, "dot").reads("/people/mail")


def test_what_was_not_sent_is_sent_again_as_its_kind_does_that_and_only_that(
    street: House, postbox: Postbox, asked: Asked
) -> None:
    ask(street, "request 2")
    postbox.refuses["una@works.example"] = ["550 5.1.1 No such user"]
    dee = Desk(street)
    with postbox.up():
        work(street)
        failed = db.session.query(Mail).one().id
        assert "Try again" in dee.reads("/people/mail")
        assert dee.sends(f"/people/mail/{failed}/again") == "/people/mail"
        work(street)
        went = db.session.query(Mail).filter_by(state="sent").one().id
        assert "cannot be sent again" in dee.sends(f"/people/mail/{went}/again", 422)
    assert len(postbox.to("una@works.example")) == 1
    assert asked.on_record[-1] == ("request 2", "sent")
    assert "Try again" not in dee.reads("/people/mail")
    Desk(street, "dot").sends(f"/people/mail/{failed}/again", 404)


def test_a_kind_that_is_not_sent_again_says_so(street: House, asked: Asked) -> None:
    KINDS[KIND] = MailKind("Witness signed", asked.write, asked.addressees, asked.sent, asked.unsent)
    ask(street, "request 1")
    with transaction():
        outbox.close_restored()
    mail = db.session.query(Mail).one()
    assert "Try again" not in Desk(street).reads("/people/mail")
    with pytest.raises(Refused, match="cannot be sent again"), transaction():
        outbox.send_again(mail, by=street.person("dee"))
