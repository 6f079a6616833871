"""What is to be sent: written down with the deed that asks for it; the worker hands it in."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.foundation.errors import Refused
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.mail import closing, queries, sending
from portfolio.foundation.mail.kinds import KINDS
from portfolio.foundation.mail.models import Mail
from portfolio.foundation.settings import current
from portfolio.foundation.work import jobs
from portfolio.foundation.work.jobs import Job

RESTORED = "The records were restored from a backup. Ask for it again, if it is still wanted."
NOT_AGAIN = "That mail cannot be sent again."


def has_server() -> bool:
    """Whether this house sends mail; the demo keeps it, and so everything that sends works there."""
    return current().sends_mail


def write(kind: str, about: str, *, to: int | None = None, by: Actor, **args: Any) -> Mail:
    """A mail in the present transaction; `send` it then. `to`: the person's id; None for somebody who is no person.

    The kind finds the address of either when the mail is written; neither `about` nor `args` holds one.
    """
    mail = Mail(
        kind=kind, about=about, args=args, name=uuid4().hex, person_id=to, by_id=by.id, centre_id=by.centre_id,
        state="waiting", because="", asked_at=now(), due_at=now(),
    )  # fmt: skip
    db.session.add(mail)
    return mail


def send(mails: Sequence[Mail], *, by: Actor) -> Job:
    """Have the worker send these, in the present transaction."""
    db.session.flush()
    return jobs.enqueue(sending.JOB, by=by, mails=[mail.id for mail in mails])


def send_again(mail: Mail, *, by: Actor) -> None:
    """Have what was not sent sent once more, as its kind does that. Refused where it waits, went, or cannot be."""
    again = KINDS[mail.kind].again
    if mail.state != "not sent" or again is None:
        raise Refused(NOT_AGAIN)
    again(mail, by)


def stop(job: Job, *, by: Actor) -> None:
    """Call off a job that sends, and close what it was to send; the lines of the log name who stopped it."""
    closing.stop(queries.named(job.args["mails"]), by=by)
    jobs.cancel(job)


def close_restored() -> None:
    """Close what waits in records that were restored: it was sent since, or its address was corrected since."""
    for mail in queries.waiting():
        closing.close(mail, "not sent", RESTORED, "the records were restored from a backup")
