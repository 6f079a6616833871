"""What the mail server does not take, and what is not to go out any more, is said with what to do."""

from contextlib import nullcontext
from datetime import timedelta
from urllib.parse import quote

import pytest

from portfolio.foundation import clock
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.foundation.mail.models import Mail
from portfolio.people import operations
from portfolio.people.rules import Registration, Role
from tests.fixtures.cast import House
from tests.foundation.mail.postbox import PASSWORD, USER, Postbox, lets_in
from tests.people.mailing.desk import ADDRESS, Desk, at_work, mails, told, until, waiting, work


def test_of_three_one_is_refused_and_the_page_says_why_and_what_to_do(
    dee: Desk, street: House, postbox: Postbox
) -> None:
    postbox.refuses[ADDRESS.format("bea")] = ["550 5.1.1 No such user <b>here</b>"]
    dee.mails("ann", "bea", "cas")
    with postbox.up():
        work(street)
        assert sorted(to for to, _ in postbox.mails) == [ADDRESS.format(nick) for nick in ("ann", "cas")]
        why = "The mail server refused the address: “550 5.1.1 No such user <b>here</b>”"
        for page in (dee.page("bea"), dee.reads("/people/mail"), dee.reads("/office")):
            assert why in page
        assert "Try again" in dee.page("bea")
        assert "Correct the address" in dee.page("bea")
        assert ("link not sent", "the mail server refused it") in told()
        key = db.session.query(Mail).filter_by(state="not sent").one().args["key"]
        assert dee.sends(f"/people/{street.person('bea').id}/mail", key=key) == f"/people/{street.person('bea').id}"
        work(street)
    assert len(postbox.to(ADDRESS.format("bea"))) == 1
    assert "did not take" not in dee.reads("/office")


def test_who_is_put_off_is_tried_again_by_itself_and_holds_nobody_up(
    dee: Desk, street: House, postbox: Postbox
) -> None:
    postbox.refuses[ADDRESS.format("ann")] = ["451 4.7.1 Greylisted"]
    dee.mails("ann", "bea")
    with postbox.up():
        work(street)
    assert next(to for to, _ in postbox.mails) == ADDRESS.format("bea")
    assert len(postbox.to(ADDRESS.format("ann"))) == 1
    assert postbox.asked.count(ADDRESS.format("ann")) == 2
    assert told() == [("link sent", "")] * 2


def test_while_the_server_is_away_it_is_said_and_afterwards_all_goes_out(
    dee: Desk, street: House, postbox: Postbox
) -> None:
    dee.mails("ann", "bea")
    with at_work(street):
        until(lambda: all(mail.because for mail in mails().values()))
        assert "does not answer. It is tried again by itself." in dee.page("ann")
        assert "does not answer" in dee.reads("/office")
        with postbox.up():
            until(lambda: all(mail.state == "sent" for mail in mails().values()))
    assert len(postbox.mails) == 2


@pytest.mark.parametrize("fault", ["is away", "wants another password"])
def test_after_a_day_it_is_given_up(dee: Desk, street: House, postbox: Postbox, fault: str) -> None:
    street.sets(mail=postbox.url.replace("//", "//markwell:wrong@"))
    dee.mails("ann")
    door = nullcontext() if fault == "is away" else postbox.up(authenticator=lets_in, auth_require_tls=False)
    with door:
        work(street, clock.now() + timedelta(days=1, minutes=1))
    assert "It was not sent It was tried for a day. The mail server" in dee.page("ann")
    assert told() == [("link not sent", "the mail server did not take it for a day")]


def test_a_wrong_password_is_said_at_once_of_all_and_put_right_all_goes_out(
    dee: Desk, street: House, postbox: Postbox
) -> None:
    street.sets(mail=postbox.url.replace("//", "//markwell:wrong@"))
    dee.mails("ann", "bea")
    with postbox.up(authenticator=lets_in, auth_require_tls=False), at_work(street):
        until(lambda: all(mail.because for mail in mails().values()))
        for page in (dee.page("ann"), dee.reads("/people/mail")):
            assert "does not take the user and password that it was given. It is tried again by itself." in page
            assert "wrong" not in page
        assert (told(), postbox.mails) == ([], [])
        street.sets(mail=postbox.url.replace("//", f"//{USER}:{quote(PASSWORD, safe='')}@"))
        until(lambda: all(mail.state == "sent" for mail in mails().values()))
    assert len(postbox.mails) == 2


@pytest.mark.parametrize("end", ["used", "expired", "newer", "address", "shut", "removed"])
def test_a_link_that_has_ended_is_not_sent(dee: Desk, street: House, postbox: Postbox, end: str) -> None:
    dee.mails("ann")
    ann, moment = street.person("ann"), clock.now()
    with transaction():
        ann, by = street.person("ann"), street.person("dee")
        match end:
            case "used":
                (mail,) = db.session.query(Mail).all()
                operations.join(operations.token_of(ann, mail.args["key"]), "hash")
            case "expired":
                moment += timedelta(days=7, minutes=1)
            case "newer":
                operations.invite(ann, key="another key of ours", by=by)
            case "address":
                operations.change(ann, Registration("Ann Doe", "anna@house.example", (Role.LEARNER,)), by=by)
            case "shut":
                operations.close(ann, by=by)
            case "removed":
                operations.remove(ann, by=by)
    with postbox.up():
        work(street, moment)
    assert postbox.asked == []
    assert told() == [("link not sent", "it had ended")]
    assert "Ann Doe" in dee.reads("/people/mail")
    if end != "expired":  # the office's clock goes on as ever
        assert "did not take" not in dee.reads("/office")


def test_one_that_cannot_be_written_is_said_and_holds_up_no_other(dee: Desk, street: House, postbox: Postbox) -> None:
    with transaction():
        street.person("dee").centre.language = "xx-nobody"
    dee.mails("ann")
    dot, kit = Desk(street, "dot"), street.person("kit")
    dot.sends(f"/people/{kit.id}/mail", key=dot.links("kit"))
    with postbox.up():
        work(street)
    assert [to for to, _ in postbox.mails] == [ADDRESS.format("kit")]
    assert "It was not sent Something went wrong here, not with you." in dee.page("ann")
    assert told() == [("link not sent", "it could not be written")]


def test_nobody_sends_a_link_that_is_none(dee: Desk, street: House) -> None:
    ann = street.person("ann").id
    assert "That link has ended." in dee.sends(f"/people/{ann}/mail", 422, key="made up by somebody")
    assert "That link has ended." in dee.sends(f"/people/{ann}/mail", 422)
    assert mails() == {}


def test_letters_beyond_ascii_that_the_server_does_not_take_are_said(
    dee: Desk, street: House, postbox: Postbox
) -> None:
    with transaction():
        by = street.person("dee")
        stated = Registration("Siân Doe", "siân@house.example", (Role.LEARNER,))
        sian = operations.register(stated, by.centre, by=by).id
    dee.sends("/people/links", people=[str(sian)], mail="yes")
    with postbox.up(enable_SMTPUTF8=False):
        work(street)
    assert "takes no addresses with letters beyond ASCII" in dee.reads(f"/people/{sian}")


def test_whoever_stops_it_is_named_and_what_was_asked_for_is_not_sent(
    dee: Desk, street: House, postbox: Postbox
) -> None:
    dee.mails("ann")
    with transaction():
        eve = street.person("eve")
        operations.change(eve, Registration(eve.name, eve.email, (Role.ADMINISTRATOR,)), by=street.person("dee"))
    (job,) = waiting()
    eve_at_hers = Desk(street, "eve")
    assert "Mail" in eve_at_hers.reads("/jobs")
    eve_at_hers.sends(f"/jobs/{job.id}/stop")
    with postbox.up():
        work(street)
    assert postbox.asked == []
    assert "This was stopped before it was sent." in dee.page("ann")
    assert told() == [("link not sent", "it was stopped")]
    assert [line["actor"] for line in audit.lines(1) if line["deed"] == "link not sent"] == ["Eve Tully"]
