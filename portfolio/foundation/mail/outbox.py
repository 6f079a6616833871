"""What is to be sent: written down with the deed that asks for it, and handed to the mail server by the worker."""

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.exc import DBAPIError

from portfolio.foundation import smtp
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, hold, transaction
from portfolio.foundation.errors import Refused, Unavailable
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.mail import queries
from portfolio.foundation.mail.letters import Letter, composed, deliverable
from portfolio.foundation.mail.models import Mail
from portfolio.foundation.patience import surely
from portfolio.foundation.settings import current
from portfolio.foundation.smtp import MailLine, NotTaken
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job, Running

JOB = "mail"
LONGEST = timedelta(days=1)
"""After so long a mail that the server does not take is given up."""
RESTS = (timedelta(seconds=1), timedelta(minutes=15))
"""The shortest and the longest rest before a mail that was put off is tried again: as long again as it has waited."""
ONE_MOMENT = "The mail server asks for some mail again later."
NONE_HERE = "This installation sends no mail any more."
MOST = 300
"""Characters of a sentence that is kept."""
RESTORED = "The records were restored from a backup. Make another link, if it is still wanted."
STOPPED = "This was stopped before it was sent."
LATE = "It was tried for a day. {}"


class Ended(Exception):
    """What a mail is about is over: it is not sent. The message says why."""


@dataclass(frozen=True, slots=True)
class MailKind:
    """One kind of mail: what is written, and how it is put on record what came of it."""

    write: Callable[[Mail], Letter]
    """Raises `Ended` for what is not to be sent any more."""
    sent: Callable[[Mail], object]
    """Puts on record that the server took it, in the transaction that says so."""
    unsent: Callable[[Mail, str], object]
    """The same of one that is not sent, with a few words for why."""


KINDS: dict[str, MailKind] = {}
"""By name, as the storeys give them."""


def has_server() -> bool:
    """Whether this house sends mail."""
    return bool(current().mail)


def write(kind: str, about: str, *, to: int, by: Actor, **args: Any) -> Mail:
    """A mail to the person of id `to`, in the present transaction; `send` it then."""
    mail = Mail(
        kind=kind, about=about, args=args, name=uuid4().hex, person_id=to, by_id=by.id, centre_id=by.centre_id,
        state="waiting", asked_at=now(), due_at=now(),
    )  # fmt: skip
    db.session.add(mail)
    return mail


def send(mails: Sequence[Mail], *, by: Actor) -> Job:
    """Have the worker send these, in the present transaction."""
    db.session.flush()
    return jobs.enqueue(JOB, by=by, mails=[mail.id for mail in mails])


def close_restored() -> None:
    """Close what waits in records that were restored: it was sent since, or its address was corrected since."""
    for mail in queries.waiting():
        _closed(mail, "not sent", RESTORED, "the records were restored from a backup")


def _left(sentence: str, mails: list[int]) -> None:
    """Close what was to be sent by a job that failed or was called off."""
    for mail in queries.named(mails):
        if mail.is_waiting:
            _closed(mail, "not sent", sentence or STOPPED, "it was stopped")


@jobs.job(JOB, left=_left, alone=True)
def send_all(running: Running, mails: list[int]) -> dict[str, Any]:
    """Send whatever is due, whoever asked: one such job runs at a time, and finds what was asked for meanwhile."""
    running.step("send", _send_due, running)
    return {"mails": len(mails)}


def _send_due(running: Running) -> None:
    """Hand everything that is due to the server. Raises `Unavailable` while some of it has to be tried again later."""
    db.session.rollback()
    if not has_server():
        return _of_all(NotTaken(NONE_HERE))
    with MailLine(smtp.read(current().mail, current().mail_from)) as line:
        while mail := queries.next_due():
            running.progress(0, 0, "Sending mail")
            try:
                _hand_in(mail, line)
            except NotTaken as refusal:
                if refusal.of_all:
                    return _of_all(refusal)
                _put_off(mail.id, refusal)
    return _wait_for_rest(ONE_MOMENT)


def _hand_in(mail: Mail, line: MailLine) -> None:
    """Send one mail and close it. Raises `NotTaken`. A crash between the two sends it again, with its Message-ID."""
    id, kind = mail.id, mail.kind
    try:
        letter = KINDS[kind].write(mail)
        message = composed(letter, sender=current().mail_from, name=mail.name)
    except Ended as reason:
        return _close(id, "not sent", str(reason), "it had ended")
    except (Refused, DBAPIError):
        raise
    except Exception:  # one that cannot be written holds up no other
        reference = secrets.token_hex(4)
        logging.getLogger("markwell.jobs").exception("%s a mail of the kind %s could not be written", reference, kind)
        return _close(id, "not sent", jobs.WRONG.format(reference), "it could not be written")
    db.session.rollback()  # nothing is held while the server thinks
    line.send(message, deliverable(letter.to))
    return surely(_close)(id, "sent")


def _of_all(refusal: NotTaken) -> None:
    """Of everything that waits say why it is not sent. Raises `Unavailable` where that passes."""
    if refusal.passes:
        with transaction():
            here = update(Mail).where(Mail.state == "waiting", Mail.because != refusal.sentence[:MOST])
            db.session.execute(here.values(because=refusal.sentence[:MOST]))
    for mail in queries.waiting():
        _give_up(mail, refusal)
    _wait_for_rest(refusal.sentence)


def _put_off(id: int, refusal: NotTaken) -> None:
    """Let a mail wait until it is tried again, or give it up."""
    db.session.rollback()
    mail = db.session.get_one(Mail, id)
    if not _give_up(mail, refusal):
        with transaction():
            rest = min(max(now() - mail.asked_at, RESTS[0]), RESTS[1])
            mail.because, mail.due_at = refusal.sentence[:MOST], now() + rest


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
    with transaction():
        mail = db.session.get_one(Mail, id)
        hold(mail)
        if mail.is_waiting:
            _closed(mail, state, because, why)


def _closed(mail: Mail, state: str, because: str, why: str) -> None:
    """Say what came of a mail, on its row and on record, in the present transaction."""
    mail.state, mail.because, mail.closed_at = state, because[:MOST], now()
    db.session.flush()
    kind = KINDS[mail.kind]
    kind.unsent(mail, why) if why else kind.sent(mail)
