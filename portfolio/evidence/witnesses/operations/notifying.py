"""Mail about requests is written down with the deed, and what came of a link's mail is put on record."""

from portfolio.evidence.witnesses import queries
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.operations.log_lines import record_request
from portfolio.evidence.witnesses.rules.asking import CORRECTED_MAIL, DECLINED_MAIL, SIGNED_MAIL, YOU_SIGNED_MAIL
from portfolio.foundation.clock import today
from portfolio.foundation.db import db
from portfolio.foundation.errors import Refused
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.mail import outbox
from portfolio.foundation.mail.models import Mail
from portfolio.people import news
from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units import queries as units

NO_ADDRESS = "No e-mail address was given for this witness. Show the link below and hand it over once more."
NO_MAIL = "This installation sends no mail: show the link below and hand it over once more."


def mail_link(request: WitnessRequest, kind: str, *, by: Actor) -> None:
    """Have the link sent to the witness. Refused where there is no address, or the house sends no mail."""
    if not request.email:
        raise Refused(NO_ADDRESS)
    if not outbox.has_server():
        raise Refused(NO_MAIL)
    outbox.send([outbox.write(kind, subject_of(request), by=by)], by=by)


def mail_signed(request: WitnessRequest, *, anew: bool) -> None:
    """Tell the learner and their assessors of these units, and who asked, that the witness signed, or corrected it; and
    the witness where their address is known, who might not have done it. Of what was taken out of the portfolio the
    learner alone is told, who can put it back.
    """
    codes = {point.edition_id for point in request.points}
    of_units = [one for one in units.enrolments_of(request.learner_id) if one.edition_id in codes]
    assessors = [one.assessor for one in of_units if one.assessor and one.assessor.has(Role.ASSESSOR)]
    assert request.evidence is not None, "what was signed is an item"
    readers = [request.learner] if request.evidence.removed_at else [request.learner, request.by, *assessors]
    news.tell(CORRECTED_MAIL if anew else SIGNED_MAIL, subject_of(request), readers, by=request.by)
    if request.email and outbox.has_server():
        day = today(request.learner.centre.timezone).isoformat()
        outbox.send([outbox.write(YOU_SIGNED_MAIL, subject_of(request), by=request.by, day=day)], by=request.by)


def mail_declined(request: WitnessRequest) -> None:
    """Tell who asked that the witness declined."""
    news.tell(DECLINED_MAIL, subject_of(request), [request.by], by=request.by)


def record_link_sent(mail: Mail) -> None:
    """Put on record that the mail server took the link of a request; neither address nor link is in the log."""
    _record(Deed.LINK_SENT, mail, None)


def record_link_unsent(mail: Mail, why: str, stopped_by: Actor | None) -> None:
    """Put on record that a link is not sent, and why; the line names who stopped it, else who asked."""
    _record(Deed.LINK_NOT_SENT, mail, stopped_by, reason=why)


def subject_of(request: WitnessRequest) -> str:
    """What a mail about a request is about, as its row names it."""
    return f"request {request.id}"


def _record(deed: Deed, mail: Mail, by: Actor | None, **facts: object) -> None:
    request = queries.by_subject(mail.about)
    record_request(deed, request, by=by or db.session.get_one(Person, mail.by_id), **facts)
