"""What leaves the house about witnesses: the copy that one takes of what they signed, and the witness status list."""

import csv
import io
from collections.abc import Sequence

from flask import Blueprint, Response, g
from flask.typing import ResponseReturnValue

from exports.facts.cells import cells
from exports.making.witness_copy import copied
from exports.typesetting import pdf
from portfolio.evidence import queries as evidence
from portfolio.evidence.models import Version
from portfolio.evidence.witnesses import policy, queries, standing
from portfolio.evidence.witnesses.lifecycle import is_shown
from portfolio.evidence.witnesses.standing import WitnessStatus
from portfolio.evidence.witnesses.views.blueprints import alone, asked, ration
from portfolio.foundation.clock import now, stamp
from portfolio.foundation.errors import Expired, OutOfTurn, Unavailable
from portfolio.people import gate
from portfolio.people import queries as people
from portfolio.people.models import Person

copies = Blueprint("witness_copy", __name__, url_prefix="/witness")
bp = Blueprint("witness_list", __name__, url_prefix="/witnesses")
alone(copies)
COLUMNS = (
    "learner", "item", "kind", "name", "role", "expert", "knows_standards", "signed_at", "reached", "checked_on", "how",
    "checked_by",
)  # fmt: skip
"""Of the witness status list; empty where it was not asked, or is not there."""
MOST = "20 per hour"
"""Copies of one link: each is typeset anew."""
SHOWN_NO_MORE = "This was signed a while ago, and its link gives no copy any more. The centre can tell you more."
ON_PAPER, EARLIER = "on paper, see the file", "before the correction"
UNSIGNED = "There is nothing to copy yet: nothing was signed with this link."
NOT_NOW = "The copy could not be made just now. Try again in a few minutes; what you signed is safe."


@bp.get("/list.csv")
@gate.allow(policy.may_see_all)
def download() -> ResponseReturnValue:
    """The witness status list of the centre as CSV (RFC 4180), the newest first."""
    return _as_csv(queries.all_testimonies_at(g.person.centre_id))


@bp.get("/learners/<int:id>/list.csv")
@gate.allow(policy.may_see_requests, people.person)
def download_of(learner: Person) -> ResponseReturnValue:
    """The same of one learner, by item."""
    return _as_csv(queries.testimonies_of(learner.id))


def _as_csv(versions: Sequence[Version]) -> Response:
    rows = standing.listed(versions)
    text = io.StringIO(newline="")
    csv.writer(text).writerows([COLUMNS, *(cells(dict(zip(COLUMNS, _line(row), strict=True))) for row in rows)])
    named = {"Content-Disposition": 'attachment; filename="witnesses.csv"'}
    return Response(text.getvalue(), mimetype="text/csv", headers=named)


def _line(row: WitnessStatus) -> Sequence[object]:
    yes = {True: "yes", False: "no", None: ""}
    how = ", ".join(filter(None, (row.how, EARLIER if row.before_correction else "")))
    return (
        row.learner, row.ref, row.kind, row.name, row.role, yes[row.expert], yes[row.knows_standards],
        stamp(row.signed_at) if row.signed_at else "", row.reached or (ON_PAPER if row.on_paper else ""),
        row.checked_on.isoformat() if row.checked_on else "", how, row.by,
    )  # fmt: skip


@copies.get("/<token>/copy.pdf")
@gate.open_to_all
def take(token: str) -> ResponseReturnValue:  # noqa: ARG001 (the room has looked it up)
    """What was signed last, as a PDF.

    Raises `OutOfTurn` before it is signed, `Expired` once the link does not show it any more, `TooOften` beyond `MOST`,
    `Unavailable` where it is not typeset.
    """
    one = asked()
    if one.evidence is None or one.signed_at is None:
        raise OutOfTurn(UNSIGNED)
    if not is_shown(one, now()):
        raise Expired(SHOWN_NO_MORE)
    ration("copy", MOST)
    try:
        content = copied(evidence.latest(one.evidence), one.learner.centre)
    except pdf.NotTypeset as reason:
        raise Unavailable(NOT_NOW) from reason
    named = {"Content-Disposition": 'attachment; filename="what-I-signed.pdf"'}
    return Response(content, mimetype="application/pdf", headers=named)
