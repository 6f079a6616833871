"""The blueprint that the pages of this storey share."""

from flask import Blueprint

bp = Blueprint("evidence", __name__, url_prefix="/evidence")
