"""A witness is asked and reminded, and a request is taken back; a sealed value gives the token of each link."""

import base64
import hmac
import secrets
from collections.abc import Sequence
from datetime import timedelta

from portfolio.evidence.drafts import THEMSELVES
from portfolio.evidence.models import Evidence
from portfolio.evidence.witnesses import queries
from portfolio.evidence.witnesses.lifecycle import ALLOWED, RequestDeed, ensure_allowed, rests_until, state_of
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.operations.log_lines import record_request
from portfolio.evidence.witnesses.operations.notifying import mail_link
from portfolio.evidence.witnesses.rules import MOST_ASKED, Asking, ensure_asked, ensure_not_themselves
from portfolio.evidence.witnesses.rules.asking import ASKED_ALREADY, ASKED_MAIL, REMINDED_MAIL, YOURSELF
from portfolio.foundation import sealing
from portfolio.foundation.clock import now, stamp
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Refused, TooOften
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.mail import outbox
from portfolio.foundation.mail.models import Mail
from portfolio.foundation.words.text import alike
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.people.operations import token_hash
from portfolio.units.models import EditionPoint

LINKS = "witness links"
"""Name of the sealed value from which the tokens of witnesses' links are made."""
DAY = timedelta(days=1)


def ask(
    asking: Asking, points: Sequence[EditionPoint], *, learner: Person, by: Person, about: Evidence | None = None
) -> WitnessRequest:
    """Ask somebody by a link what they saw of a learner's work; it lasts as long as the centre says. It is sent to the
    address; without one, or where the house sends no mail, it counts as handed over.

    Raises `Incomplete` as `ensure_asked` does and for the learner, or who asks, as the witness; `TooOften` for more
    than `MOST_ASKED` requests by one person within a day; as `sealing.kept` does. Refused where the learner's witness
    with this address has not answered yet.
    """
    ensure_asked(asking, len(points))
    _ensure_somebody_else(asking, learner, by)
    _ensure_not_asked(asking, learner)
    hold(by)
    if queries.count_asked(by.id, now() - DAY) >= MOST_ASKED:
        raise TooOften(int(DAY.total_seconds()))
    nonce, at = secrets.token_hex(16), now()
    request = WitnessRequest(
        centre_id=learner.centre_id, learner_id=learner.id, by_id=by.id, kind=asking.kind, name=asking.name,
        relation=asking.relation, email=asking.email, note=asking.note, about_id=about.id if about else None,
        nonce=nonce, token_sha256=token_hash(_token(nonce)), asked_at=at,
        expires_at=at + timedelta(days=learner.centre.witness_days), points=list(points), draft={}, saved=0, reason="",
        offers=[], questions={}, parts={},
    )  # fmt: skip
    db.session.add(request)
    record_request(
        Deed.WITNESS_ASKED, request, by=by, kind=request.kind,
        points=[[point.edition.code, point.ref] for point in points], expires_at=stamp(request.expires_at),
    )  # fmt: skip
    if request.email and outbox.has_server():
        mail_link(request, ASKED_MAIL, by=by)
    else:
        show_link(request, by=by)  # there is no other way to it
    return request


def _ensure_somebody_else(asking: Asking, learner: Person, by: Person) -> None:
    """Under every name and address that is known of them: of records that were merged, and at other centres."""
    for person, sentence in ((learner, THEMSELVES), (by, YOURSELF)):
        records = people.people_by_id(people.records_of(person.id)).values()
        for one in (person, *records, *people.people_of(person.account_id)):
            ensure_not_themselves(asking.name, asking.email, own=(one.name, one.email), sentence=sentence)


def _ensure_not_asked(asking: Asking, learner: Person) -> None:
    hold(learner)
    for one in queries.requests_of(learner.id):
        waits = RequestDeed.REMIND in ALLOWED[state_of(one, now())]
        if waits and asking.email and alike(one.email) == alike(asking.email):
            raise Refused(ASKED_ALREADY.format(one.name))


def remind(request: WitnessRequest, *, by: Actor) -> None:
    """Send the link once more, a day after the last mail at the earliest.

    Raises as `ensure_allowed` and `mail_link` do, `TooOften` within the day.
    """
    hold(request)
    ensure_allowed(RequestDeed.REMIND, request, now())
    rest = rests_until(request) - now()
    if rest > timedelta():
        raise TooOften(int(rest.total_seconds()) + 1)
    request.reminded_at = now()
    record_request(Deed.WITNESS_REMINDED, request, by=by)
    mail_link(request, REMINDED_MAIL, by=by)


def mail_again(mail: Mail, by: Actor) -> None:
    """Remind a witness by a link that was not sent. Raises as `remind` does."""
    remind(queries.by_subject(mail.about), by=by)


def take_back(request: WitnessRequest, *, by: Person) -> None:
    """End a request that nobody has answered yet. What the witness had begun to write is forgotten.

    Raises as `ensure_allowed` does.
    """
    hold(request)
    ensure_allowed(RequestDeed.TAKE_BACK, request, now())
    request.taken_back_at, request.draft = now(), {}
    record_request(Deed.REQUEST_TAKEN_BACK, request, by=by)


def show_link(request: WitnessRequest, *, by: Person) -> str:
    """The token of a request, for who asked: from now on it counts as handed over, and a line of the log says so.

    Raises as `ensure_allowed` and `sealing.kept` do.
    """
    hold(request)
    ensure_allowed(RequestDeed.SHOW, request, now())
    if request.shown_at is None:
        request.shown_at = now()
        record_request(Deed.LINK_SHOWN, request, by=by)
    return link_token(request)


def link_token(request: WitnessRequest) -> str:
    """The token of the request's link: nobody can tell it who has not the house's secret.

    Raises as `sealing.kept` does.
    """
    return _token(request.nonce)


def _token(nonce: str) -> str:
    """256 bits in base64url."""
    sealed = sealing.kept(LINKS, lambda: secrets.token_hex(32))
    made = hmac.digest(sealed.encode(), f"witness {nonce}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")
