"""The mails about records of meetings: one waits for the learner's signature, or was not agreed to."""

from functools import partial

from portfolio.evidence.meetings import queries
from portfolio.evidence.meetings.lifecycle import MeetingState
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.rules import DISPUTED_MAIL, TO_SIGN_MAIL
from portfolio.foundation.db import db
from portfolio.foundation.mail.kinds import KINDS, Ended, MailKind
from portfolio.foundation.mail.letters import Letter
from portfolio.foundation.mail.models import Mail
from portfolio.foundation.mail.writing import letter_of
from portfolio.foundation.settings import current
from portfolio.people import news

OVER = "It was signed, or changed, before the mail could be sent."


def letter(mail: Mail, *, template: str, state: MeetingState) -> Letter:
    """What is written to who has to sign. Raises `Ended` where the record stands otherwise by now, or nobody reads it.

    `state` is the one in which it waits.
    """
    meeting, person = _meeting(mail), news.reader(mail)
    if queries.course(meeting).state is not state:
        raise Ended(OVER)
    centre = person.centre
    return letter_of(
        f"evidence/mail/{template}", to=person.email, centre=centre.name, language=centre.language, name=person.name,
        learner=meeting.learner.name, assessor=meeting.assessor.name, title=meeting.title,
        link=f"{current().address}/meetings/{meeting.id}",
    )  # fmt: skip


def install() -> None:
    """Have the worker write these mails; what became of them stands on no record, for the signatures do."""
    kinds = (
        ("A record to be signed by the learner", TO_SIGN_MAIL, "to_sign", MeetingState.SIGNED),
        ("A record that the learner does not agree with", DISPUTED_MAIL, "disputed", MeetingState.DISPUTED),
    )
    for name, kind, template, state in kinds:
        write = partial(letter, template=template, state=state)
        KINDS[kind] = MailKind(name, write, news.addressees, news.told_already, news.told_already, news.again)


def _meeting(mail: Mail) -> Meeting:
    return db.session.get_one(Meeting, int(mail.about.removeprefix("meeting ")), populate_existing=True)
