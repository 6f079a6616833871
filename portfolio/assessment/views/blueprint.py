"""The blueprint that the pages of this storey share."""

from flask import Blueprint

bp = Blueprint("assessment", __name__)
