"""The mails about requests: the link to a witness, asked or reminded, and the news to who waits for the answer."""

from collections.abc import Sequence
from functools import partial
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import url_for

from portfolio.evidence.witnesses import operations, queries
from portfolio.evidence.witnesses.lifecycle import RequestState, state_of
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.rules import AS_CUSTOMER, is_customer
from portfolio.evidence.witnesses.rules.asking import (
    ASKED_MAIL,
    CORRECTED_MAIL,
    DECLINED_MAIL,
    REMINDED_MAIL,
    SIGNED_MAIL,
)
from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.mail import outbox
from portfolio.foundation.mail.kinds import KINDS, Addressee, Ended, MailKind
from portfolio.foundation.mail.letters import Letter
from portfolio.foundation.mail.models import Mail
from portfolio.foundation.mail.writing import letter_of
from portfolio.foundation.settings import current
from portfolio.people import queries as people
from portfolio.people.models import Person

WAITING = (RequestState.ASKED, RequestState.OPENED, RequestState.WRITING)
"""States in which a witness is waited for."""
ENDED = "The request had been answered, or had ended, before the mail could be sent."
SHUT = "Their account was closed before it could be sent."


def link_letter(mail: Mail, *, template: str) -> Letter:
    """What is written to a witness. Raises `Ended` once the request was answered, taken back, or has expired."""
    request = queries.by_subject(mail.about)
    if state_of(request, now()) not in WAITING:
        raise Ended(ENDED)
    centre = request.learner.centre
    until = request.expires_at.astimezone(ZoneInfo(centre.timezone)).date()
    return letter_of(
        f"evidence/mail/{template}", to=request.email, centre=centre.name, language=centre.language, name=request.name,
        by=request.by.name, learner=request.learner.name, sort=AS_CUSTOMER if is_customer(request.kind) else "",
        link=f"{current().address}/witness/{operations.link_token(request)}",
        until=format_date(until, "d MMMM y", locale=centre.language.replace("-", "_")),
    )  # fmt: skip


def news_letter(mail: Mail, *, template: str) -> Letter:
    """What is written to who waits for the answer. Raises `Ended` for somebody whose account is shut."""
    request, person = queries.by_subject(mail.about), db.session.get_one(Person, mail.person_id, populate_existing=True)
    if not person.active or person.removed_at:
        raise Ended(SHUT)
    centre, signed = person.centre, template != "declined"
    page = f"/evidence/{request.evidence_id}" if signed else f"/witnesses/requests/{request.id}"
    return letter_of(
        f"evidence/mail/{template}", to=person.email, centre=centre.name, language=centre.language, name=person.name,
        witness=request.name, learner=request.learner.name, link=f"{current().address}{page}",
        sort=AS_CUSTOMER if is_customer(request.kind) else "",
    )  # fmt: skip


def witnesses(mails: Sequence[Mail]) -> dict[int, Addressee]:
    """To which witnesses these go, and how far the requests are; one that waits can be sent again."""
    requests = {mail.id: queries.by_subject(mail.about) for mail in mails}
    return {id: _addressee(request) for id, request in requests.items()}


def waiting(mails: Sequence[Mail]) -> dict[int, Addressee]:
    """To which people of the centre these go."""
    known = people.people_by_id([mail.person_id or 0 for mail in mails])
    found = {mail.id: known[mail.person_id or 0] for mail in mails}
    return {
        id: Addressee(
            one.name, "" if one.removed_at else one.email, url_for("people.show", id=one.id), may_again=one.active
        )
        for id, one in found.items()
    }


def _addressee(request: WitnessRequest) -> Addressee:
    state, page = state_of(request, now()), url_for("witnesses.listed", id=request.learner_id)
    return Addressee(request.name, request.email, page, state.value, may_again=state in WAITING)


def _again(mail: Mail, by: Actor) -> None:
    """Write the news once more to the same person."""
    outbox.send([outbox.write(mail.kind, mail.about, to=mail.person_id, by=by)], by=by)


def _told_already(_mail: Mail, _why: str = "", _by: Actor | None = None) -> None:
    """Nothing is put on record of news: the line of the signature, or of the refusal, tells all of it."""


def install() -> None:
    """Have the worker write these mails."""
    links = (("Request to a witness", ASKED_MAIL, "asked"), ("Reminder to a witness", REMINDED_MAIL, "reminded"))
    for name, kind, template in links:
        KINDS[kind] = MailKind(
            name, partial(link_letter, template=template), witnesses, operations.record_link_sent,
            operations.record_link_unsent, operations.mail_again,
        )  # fmt: skip
    for name, kind, template in (
        ("A witness signed", SIGNED_MAIL, "signed"),
        ("A witness corrected what they signed", CORRECTED_MAIL, "corrected"),
        ("A witness declined", DECLINED_MAIL, "declined"),
    ):  # fmt: skip
        write = partial(news_letter, template=template)
        KINDS[kind] = MailKind(name, write, waiting, _told_already, _told_already, _again)
