"""The job that hands mail in: to the mail server, or in the demo to what keeps it on this machine."""

import logging
import secrets
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from portfolio.foundation import smtp
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, hold, transaction
from portfolio.foundation.errors import Refused, Unavailable
from portfolio.foundation.mail import closing, queries
from portfolio.foundation.mail.keeping import Keeper
from portfolio.foundation.mail.kinds import KINDS, Ended
from portfolio.foundation.mail.letters import composed, deliverable
from portfolio.foundation.mail.models import Mail
from portfolio.foundation.patience import surely
from portfolio.foundation.settings import current
from portfolio.foundation.smtp import MailLine, NotKnown, NotTaken
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Running

JOB = "mail"
LONGEST = timedelta(days=1)
"""After so long a mail that the server does not take is given up."""
RESTS = (timedelta(seconds=1), timedelta(minutes=15))
"""The shortest and the longest rest before a mail that was put off is tried again: as long again as it has waited."""
LATER = "The mail server did not take some mail yet; that is tried again later."
NONE_HERE = "This installation sends no mail any more."
LATE = "It was tried for a day. {}"
LEFT = "the machine stopped while it was handed in"
BROKE = "the line to the mail server broke while it was handed in"


def _left(sentence: str, mails: list[int]) -> None:
    """Close what was to be sent by a job that failed or was called off."""
    closing.stop(queries.named(mails), sentence)


@jobs.job(JOB, left=_left, alone=True)
def send_all(running: Running, mails: list[int]) -> dict[str, Any]:
    """Send whatever is due, whoever asked: one such job runs at a time, and finds what was asked for meanwhile."""
    running.step("send", _send_due, running)
    return {"mails": len(mails)}


def _send_due(running: Running) -> None:
    """Hand in everything that is due. Raises `Unavailable` while some of it has to be tried again later.

    What a sender that is gone left in its hand is closed, and never handed in again by itself.
    """
    db.session.rollback()
    for id in queries.left_in_hand():
        _close_unknown(id, closing.LEFT, LEFT)
    if not current().sends_mail:
        return _of_all(NotTaken(NONE_HERE, of_all=True))
    with _line() as line:
        while mail := queries.next_due():
            running.progress(0, 0, "Sending mail")
            id = mail.id
            try:
                _hand_in(mail, line)
            except NotKnown as fault:
                surely(_close_unknown)(id, fault.sentence, BROKE)
            except NotTaken as refusal:
                surely(_let_go)(id)
                if refusal.of_all:
                    return _of_all(refusal)
                _put_off(id, refusal)
    return _wait_for_rest(LATER)


def _line() -> MailLine | Keeper:
    if current().keeps_mail:
        return Keeper(current().instance)
    return MailLine(smtp.read(current().mail, current().sender))


def _hand_in(mail: Mail, line: MailLine | Keeper) -> None:
    """Send one mail and close it. Raises `NotTaken`, `NotKnown`.

    Its row says so before the server is given it: after a crash it is closed as one that may have gone.
    """
    id, kind = mail.id, mail.kind
    try:
        letter = KINDS[kind].write(mail)
        message = composed(letter, sender=current().sender, name=mail.name)
    except Ended as reason:
        return _close(id, "not sent", str(reason), "it had ended")
    except (Refused, DBAPIError):
        raise
    except Exception:  # one that cannot be written holds up no other
        reference = secrets.token_hex(4)
        logging.getLogger("markwell.jobs").exception("%s a mail of the kind %s could not be written", reference, kind)
        return _close(id, "not sent", jobs.WRONG.format(reference), "it could not be written")
    db.session.rollback()  # nothing is held while the server thinks
    line.try_out()
    if line.send(message, deliverable(letter.to), partial(surely(_take), id)):
        surely(_close)(id, "sent")
    return None


def _take(id: int) -> bool:
    """Say that a mail is in hand; False where it is not to be sent any more, or is in a hand already."""
    with transaction():
        mail = db.session.get_one(Mail, id)
        hold(mail)
        if is_wanted := mail.is_waiting and mail.handed_at is None:
            mail.handed_at = now()
        return is_wanted


def _let_go(id: int) -> None:
    """Of a mail that waits and that the server has not taken: it is in nobody's hand any more."""
    with transaction():
        mail = db.session.get_one(Mail, id)
        hold(mail)
        if mail.is_waiting:
            mail.handed_at = None


def _of_all(refusal: NotTaken) -> None:
    """Of everything that waits say why it is not sent. Raises `Unavailable` where that passes.

    A server that said no is asked again after a rest that grows with how long the oldest has waited, one that is away
    a moment later.
    """
    left = queries.waiting()
    if refusal.passes and left:
        values: dict[str, Any] = {"because": refusal.sentence[: closing.MOST]}
        values |= {"due_at": now() + _rest(left[0])} if refusal.said_no else {}
        with transaction():
            db.session.execute(update(Mail).where(Mail.state == "waiting").values(values))
    for mail in left:
        _give_up(mail, refusal)
    _wait_for_rest(refusal.sentence)


def _put_off(id: int, refusal: NotTaken) -> None:
    """Let a mail wait until it is tried again, or give it up."""
    db.session.rollback()
    mail = db.session.get_one(Mail, id)
    if not _give_up(mail, refusal):
        with transaction():
            hold(mail)
            if mail.is_waiting:
                mail.because, mail.due_at = refusal.sentence[: closing.MOST], now() + _rest(mail)


def _rest(mail: Mail) -> timedelta:
    return min(max(now() - mail.asked_at, RESTS[0]), RESTS[1])


def _give_up(mail: Mail, refusal: NotTaken) -> bool:
    """Close a mail that is refused for ever or has waited too long; whether it was one."""
    late = now() - mail.asked_at > LONGEST
    if not refusal.passes:
        _close(mail.id, "not sent", refusal.sentence, "the mail server refused it")
    elif late:
        _close(mail.id, "not sent", LATE.format(refusal.sentence), "the mail server did not take it for a day")
    return not refusal.passes or late


def _wait_for_rest(sentence: str) -> None:
    """Raises `Unavailable` while something waits, so that the job goes on by itself."""
    db.session.rollback()
    is_left = bool(queries.waiting())
    db.session.rollback()
    if is_left:
        raise Unavailable(sentence)


def _close(id: int, state: str, because: str = "", why: str = "") -> None:
    """Close a mail that waits; one that was stopped in the sender's hand went all the same where the server took it."""
    with transaction():
        mail = db.session.get_one(Mail, id)
        hold(mail)
        if mail.is_waiting or (state == "sent" and mail.state == "not sent"):
            closing.close(mail, state, because, why)


def _close_unknown(id: int, sentence: str, why: str) -> None:
    """Close a mail that waits and that may have gone out."""
    with transaction():
        mail = db.session.get_one(Mail, id)
        hold(mail)
        if mail.is_waiting:
            closing.close_unknown(mail, sentence, why)
