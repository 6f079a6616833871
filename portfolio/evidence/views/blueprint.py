"""The blueprint that the pages of this storey share."""

from flask import Blueprint, g

from portfolio.evidence.arrivals import landing, quotas
from portfolio.evidence.arrivals.quotas import Quota
from portfolio.evidence.places.timed_notes import timed_notes

bp = Blueprint("evidence", __name__, url_prefix="/evidence")

FORM = 1024**2
"""Bytes that a form may have beside its files."""


def with_files() -> int:
    """Bytes of a form that brings its files along, as a browser without JavaScript sends it."""
    return landing.most() + FORM


@bp.app_template_global()
def quotas_near() -> list[Quota]:
    """The bounds on files that whoever looks comes near to."""
    return quotas.near(g.person)


bp.add_app_template_global(timed_notes)
