"""The copy that a witness takes of what they signed: one document for paper, made while they wait."""

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from exports.document import report
from exports.document.language import language_of, zone_of
from exports.facts.snapshot import statements
from exports.typesetting import pdf
from portfolio import VERSION
from portfolio.evidence import queries as evidence
from portfolio.evidence.models import Version
from portfolio.evidence.places.grouping import drawn
from portfolio.evidence.witnesses.views.blueprints import alone, asked
from portfolio.foundation.clock import stamp
from portfolio.foundation.errors import OutOfTurn, Unavailable
from portfolio.people import gate
from portfolio.people.models import Centre

bp = Blueprint("witness_copy", __name__, url_prefix="/witness")
alone(bp)
UNSIGNED = "There is nothing to copy yet: nothing was signed with this link."
NOT_NOW = "The copy could not be made just now. Try again in a few minutes; what you signed is safe."


@bp.get("/<token>/copy.pdf")
@gate.open_to_all
def take(token: str) -> ResponseReturnValue:  # noqa: ARG001 (the room has looked it up)
    """What was signed last, as a PDF. Raises `OutOfTurn` before it is signed, `Unavailable` where it is not typeset."""
    one = asked()
    if one.evidence is None or one.signed_at is None:
        raise OutOfTurn(UNSIGNED)
    html = rendered(evidence.latest(one.evidence), one.learner.centre)
    try:
        content = pdf.typeset(html, pictures={})
    except pdf.NotTypeset as reason:
        raise Unavailable(NOT_NOW) from reason
    named = {"Content-Disposition": 'attachment; filename="what-I-signed.pdf"'}
    return Response(content, mimetype="application/pdf", headers=named)


def rendered(version: Version, centre: Centre) -> str:
    """The copy as HTML, in the language of the centre."""
    proven = statements.read([version])
    signed = proven.signatures[version.id]
    words, zone = language_of(centre.language), zone_of(centre.timezone)
    return report.sheet(
        "witness_copy.html", language=centre.language, centre=centre, learner=version.evidence.learner.name,
        title=version.title, happened_on=version.happened_on.isoformat() if version.happened_on else "",
        context=version.context, html=drawn(version.html, ()), testimony=statements.testimony(version, signed),
        signature=statements.signature(signed[0]), moment=words.moment(stamp(signed[0].at), zone),
        software=f"Markwell {VERSION}",
    )  # fmt: skip
