"""`/health`, for whoever watches the house: JSON without anything about anybody, 200 or 503."""

from flask import jsonify
from flask.typing import ResponseReturnValue

from portfolio.foundation.clock import stamp
from portfolio.foundation.running.health import findings
from portfolio.foundation.settings import current
from portfolio.foundation.work import alive


def health() -> ResponseReturnValue:
    """Whether all is well, what is not, and when the worker of this instance last breathed."""
    found, breath = findings(), alive.last_breath(current().instance)
    told = {name: sentence or "well" for name, sentence in found.items()}
    well = not any(found.values())
    return jsonify(well=well, **told, last_breath=stamp(breath) if breath else None), 200 if well else 503
