"""The mails about requests: the link to a witness, asked or reminded, and the news to who waits for the answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from babel.dates import format_date
from flask import url_for

from portfolio.evidence.witnesses import operations, queries
from portfolio.evidence.witnesses.lifecycle import RequestState, rests_until, state_of
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.rules import AS_CUSTOMER, is_customer
from portfolio.evidence.witnesses.rules.asking import (
    ASKED_MAIL,
    CORRECTED_MAIL,
    DECLINED_MAIL,
    REMINDED_MAIL,
    SIGNED_MAIL,
    YOU_SIGNED_MAIL,
)
from portfolio.foundation.clock import now
from portfolio.foundation.mail.kinds import KINDS, Addressee, Ended, MailKind
from portfolio.foundation.mail.letters import Letter
from portfolio.foundation.mail.models import Mail
from portfolio.foundation.mail.writing import letter_of
from portfolio.foundation.settings import current
from portfolio.people import news

WAITING = (RequestState.ASKED, RequestState.OPENED, RequestState.WRITING)
"""States in which a witness is waited for."""
ENDED = "The request had been answered, or had ended, before the mail could be sent."


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


def receipt_letter(mail: Mail) -> Letter:
    """What a witness is told of a signature by their link, on the day of it; without the link."""
    request = queries.by_subject(mail.about)
    centre = request.learner.centre
    return letter_of(
        "evidence/mail/you_signed", to=request.email, centre=centre.name, language=centre.language, name=request.name,
        learner=request.learner.name, sort=AS_CUSTOMER if is_customer(request.kind) else "",
        day=format_date(date.fromisoformat(mail.args["day"]), "d MMMM y", locale=centre.language.replace("-", "_")),
    )  # fmt: skip


def news_letter(mail: Mail, *, template: str) -> Letter:
    """What is written to who waits for the answer. Raises `Ended` for somebody whose account is shut."""
    request, person = queries.by_subject(mail.about), news.reader(mail)
    centre, signed = person.centre, template != "declined"
    page = f"/evidence/{request.evidence_id}" if signed else f"/witnesses/requests/{request.id}"
    return letter_of(
        f"evidence/mail/{template}", to=person.email, centre=centre.name, language=centre.language, name=person.name,
        witness=request.name, learner=request.learner.name, link=f"{current().address}{page}",
        sort=AS_CUSTOMER if is_customer(request.kind) else "",
    )  # fmt: skip


def signers(mails: Sequence[Mail]) -> dict[int, Addressee]:
    """To which witnesses these go who signed; they are not sent again."""
    return {id: replace(one, may_again=False) for id, one in witnesses(mails).items()}


def witnesses(mails: Sequence[Mail]) -> dict[int, Addressee]:
    """To which witnesses these go, and how far the requests are; one that waits can be sent again."""
    requests = {mail.id: queries.by_subject(mail.about) for mail in mails}
    return {id: _addressee(request) for id, request in requests.items()}


def _addressee(request: WitnessRequest) -> Addressee:
    state, page = state_of(request, now()), url_for("witnesses.listed", id=request.learner_id)
    may_again = state in WAITING and rests_until(request) <= now()
    return Addressee(request.called, request.email, page, state.value, may_again=may_again)


def install() -> None:
    """Have the worker write these mails."""
    links = (("Request to a witness", ASKED_MAIL, "asked"), ("Reminder to a witness", REMINDED_MAIL, "reminded"))
    for name, kind, template in links:
        KINDS[kind] = MailKind(
            name, partial(link_letter, template=template), witnesses, operations.record_link_sent,
            operations.record_link_unsent, operations.mail_again,
        )  # fmt: skip
    KINDS[YOU_SIGNED_MAIL] = MailKind(
        "Receipt to a witness", receipt_letter, signers, news.told_already, news.told_already
    )
    for name, kind, template in (
        ("A witness signed", SIGNED_MAIL, "signed"),
        ("A witness corrected what they signed", CORRECTED_MAIL, "corrected"),
        ("A witness declined", DECLINED_MAIL, "declined"),
    ):  # fmt: skip
        write = partial(news_letter, template=template)
        KINDS[kind] = MailKind(name, write, news.addressees, news.told_already, news.told_already, news.again)
