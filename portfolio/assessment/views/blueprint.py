"""The blueprint that the pages of this storey share."""

from flask import Blueprint
from flask.blueprints import BlueprintSetupState

from portfolio.assessment.lifecycle import SHOWN
from portfolio.assessment.parts import unsaid
from portfolio.assessment.rules import BY_EXCEPTION, Verdict
from portfolio.evidence.pointing.forms import fields_of

bp = Blueprint("assessment", __name__)


@bp.record_once
def name_verdicts(state: BlueprintSetupState) -> None:
    """Every template knows which verdicts there are, what they leave unsaid, and what evidence must be."""
    state.app.jinja_env.globals |= {
        "VERDICTS": tuple(map(str, Verdict)), "BY_EXCEPTION": BY_EXCEPTION, "SHOWN": SHOWN, "unsaid": unsaid,
        "place_fields": fields_of,
    }  # fmt: skip
