"""The page of keys: what each does, and how it is changed on the device that shows the page."""

from flask import render_template
from flask.typing import ResponseReturnValue

from portfolio.people import gate, policy
from portfolio.people.views.blueprint import bp


@bp.get("/keys")
@gate.allow(policy.may_change_keys)
def keys() -> ResponseReturnValue:
    """All keys as they came; scripts show those that the person changed, which the device alone keeps."""
    return render_template("people/keys/index.html")
