"""The blueprint that the pages of this storey share."""

from typing import Any

from flask import Blueprint, request

from portfolio.evidence.arrivals import landing

bp = Blueprint("evidence", __name__, url_prefix="/evidence")

FORM = 1024**2
"""Bytes that a form may have beside its files."""


@bp.url_value_preprocessor
def take_files_along(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """A browser without JavaScript sends files with the form; every other form stays under the common limit."""
    if endpoint in ("evidence.add", "evidence.change"):
        request.max_content_length = landing.most() + FORM
