"""Two blueprints: `holder`, whose pages open by a link alone, and `bp`, whose pages need a sign-in.

What the holder of a link sends bears no token of a session: the address itself is what allows it, nobody else can make
a browser send it, and a phone that lost its cookies still saves. So `holder` is exempt from the check of such tokens.
"""

from flask import Blueprint, Response, g, request

from portfolio.evidence.witnesses import mailing, queries
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.evidence.witnesses.rules import longest_form
from portfolio.evidence.witnesses.views import tracing
from portfolio.foundation.errors import Missing, Refused, TooOften
from portfolio.foundation.settings import current
from portfolio.people import queries as people
from portfolio.people.entering.forms import retry_after
from portfolio.people.entering.trying import address, link_counter
from portfolio.people.gate import WORDS
from portfolio.people.models import Person
from portfolio.people.operations import token_hash

holder = Blueprint("witness", __name__, url_prefix="/witness")
bp = Blueprint("witnesses", __name__, url_prefix="/witnesses")
UNKNOWN = "There is no such link. Look whether all of it was copied, or ask whoever gave it to you for another one."
THE_LEARNER = "You are signed in as the learner. A witness opens this link on their own phone."
THE_ASKER = "You are signed in as whoever asked for this. A witness opens this link on their own phone."
MANY = "Too many links that open nothing were tried from your network."
bp.record_once(tracing.install)
mailing.install()


def alone(room: Blueprint) -> None:
    """Let the pages of `room` open by the token in their address, for nobody's sign-in, and lead nowhere else."""
    room.before_request(_let_in)
    room.after_request(_closed)


def asked() -> WitnessRequest:
    """The request that the link of this page opens."""
    found: WitnessRequest = g.asked
    return found


def ration(deed: str, most: str) -> None:
    """Count a `deed` that is done with the link of this page; `most`: `30 per hour`. Raises `TooOften` beyond it."""
    if seconds := link_counter().spent(most, f"{deed} request {asked().id}"):
        raise TooOften(seconds)


def _let_in() -> None:
    """Whoever is signed in on this device counts for nothing here. Links that are none are counted at the address, for
    themselves: neither they nor failed passwords keep a link that is one from being opened.

    Raises `Missing` for an unknown link, `TooOften` after too many of them. Refused for who is signed in as the
    learner, or as who asked.
    """
    signed_in: Person | None = g.person
    g.person = None
    found = queries.by_token(token_hash((request.view_args or {}).get("token", "")))
    if found is None:
        if seconds := link_counter().wait(address()):
            retry_after(seconds)
            raise TooOften(seconds, MANY)
        link_counter().failed(address())
        raise Missing(UNKNOWN)
    request.max_content_length = min(WORDS, longest_form(found.kind, len(found.points)))
    g.asked, g.zone = found, found.learner.centre.timezone
    if signed_in and not current().demo:  # there one visitor is everybody, and follows the links of the Outbox
        _ensure_somebody_else(found, signed_in)


def _ensure_somebody_else(found: WitnessRequest, signed_in: Person) -> None:
    mine = {signed_in.id, *(one.id for one in people.people_of(signed_in.account_id))}
    if mine & set(people.records_of(found.learner_id)):
        raise Refused(THE_LEARNER)
    if mine & set(people.records_of(found.by_id)):
        raise Refused(THE_ASKER)


def _closed(response: Response) -> Response:
    """Nobody is told the address, and no search engine keeps the page."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return tracing.remembered(response)


alone(holder)
