"""No mail goes twice by itself: of one that may have gone it is said, and people decide whether it goes again."""

import pytest

from portfolio.foundation import smtp
from tests.fixtures.cast import House
from tests.foundation.mail.postbox import Postbox
from tests.people.mailing.desk import ADDRESS, Desk, mails, told, waiting, work


@pytest.mark.parametrize("fault", ["cuts", "stalls"])
def test_where_no_yes_comes_it_is_not_tried_again_by_itself_and_the_page_says_that_it_may_have_gone(
    dee: Desk, street: House, postbox: Postbox, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    monkeypatch.setattr(smtp, "WAIT", 1.0)
    dee.mails("ann", "bea")
    setattr(postbox, fault, 1)
    with postbox.up():
        work(street)
        assert sorted(to for to, _ in postbox.mails) == [ADDRESS.format(nick) for nick in ("ann", "bea")]
        why = "the line to the mail server broke while it was handed in, so that nobody knows whether it went"
        assert told() == [("link not sent", why), ("link sent", "")]
        (unsure,) = (mail for mail in mails().values() if mail.may_have_gone)
        broke = "broke before it said whether it took this mail. It may have gone out. Send it again if it did not"
        for page in (dee.reads("/people/mail"), dee.reads(f"/people/{unsure.person_id}")):
            assert broke in page
            assert "Not known" in page or "It is not known whether it was sent" in page
            assert "Send again" in page
        dee.sends(f"/people/mail/{unsure.id}/again")
        work(street)
    assert len(postbox.mails) == 3
    assert {mail.state for mail in mails().values()} == {"sent"}


@pytest.mark.parametrize(
    ("answer", "count", "state"),
    [("451 4.3.0 Later", 2, "sent"), ("554 5.7.1 Not this", 1, "not sent"), ("251 2.0.0 Forwarded", 1, "sent")],
)
def test_what_the_server_says_of_a_mail_that_it_was_given_counts(
    dee: Desk, street: House, postbox: Postbox, answer: str, count: int, state: str
) -> None:
    dee.mails("ann")
    postbox.answers = [answer]
    with postbox.up():
        work(street)
    (mail,) = mails().values()
    assert (len(postbox.mails), mail.state, mail.may_have_gone) == (count, state, False)


def test_what_is_no_answer_is_no_reason_to_send_it_twice(dee: Desk, street: House, postbox: Postbox) -> None:
    dee.mails("ann")
    postbox.answers = ["hello there"]
    with postbox.up():
        work(street)
    (mail,) = mails().values()
    assert (len(postbox.mails), mail.may_have_gone) == (1, True)


@pytest.mark.parametrize("takes", [True, False], ids=["the server takes it", "the line breaks"])
def test_of_a_mail_that_is_stopped_in_the_senders_hand_nobody_says_that_it_did_not_go(
    dee: Desk, street: House, postbox: Postbox, takes: bool
) -> None:
    dee.mails("ann")
    (id,) = (job.id for job in waiting())
    postbox.before_yes = lambda: dee.sends(f"/jobs/{id}/stop")
    postbox.cuts = 0 if takes else 1
    with postbox.up():
        work(street)
    assert len(postbox.mails) == 1
    stopped = ("link not sent", "it was stopped while it was handed in")
    if takes:
        assert told() == [stopped, ("link sent", "")]
        assert "The mail server took it" in dee.page("ann")
    else:
        assert told() == [stopped]
        assert "it may have gone out all the same" in dee.page("ann")


def test_stopped_before_the_server_is_given_it_it_does_not_go(dee: Desk, street: House, postbox: Postbox) -> None:
    dee.mails("ann")
    (id,) = (job.id for job in waiting())

    async def stopped() -> None:
        dee.sends(f"/jobs/{id}/stop")

    postbox.before_address = stopped
    with postbox.up():
        work(street)
    assert (postbox.asked, postbox.mails) == ([ADDRESS.format("ann")], [])
    assert told() == [("link not sent", "it was stopped")]
    assert "This was stopped before it was sent." in dee.page("ann")
