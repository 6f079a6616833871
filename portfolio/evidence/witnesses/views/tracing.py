"""From which device and network a page is asked for: noted of learners and of holders of links."""

import secrets
from contextlib import suppress
from typing import Any, cast

from flask import Flask, Response, current_app, g, request
from flask.blueprints import BlueprintSetupState
from flask_security import user_authenticated

from portfolio.evidence.witnesses import operations
from portfolio.evidence.witnesses.operations.tracing import KEPT
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Unavailable
from portfolio.foundation.work import chores
from portfolio.people.entering.limits import line_of
from portfolio.people.entering.trying import address
from portfolio.people.models import Person
from portfolio.people.rules import Role

COOKIE = "device"
"""A random word that tells one browser from another; it says nothing of whose it is."""
_LENGTH = 32


def install(state: BlueprintSetupState) -> None:
    """Note learners when they sign in, and forget traces and drafts that are over."""
    app = cast("Flask", state.app)
    user_authenticated.connect(_came_in, app)
    app.after_request(_note_sign_in)
    chores.every_hour(app, _forget)
    chores.once_restored(app, operations.end_restored)


def seen() -> dict[str, str]:
    """The device and the network of this request; a device without its cookie is given one with the answer."""
    device, line = request.cookies.get(COOKIE, ""), line_of(address())
    if len(device) != _LENGTH or not device.isalnum():
        device = g.new_device = g.get("new_device") or secrets.token_hex(_LENGTH // 2)
    return {"device": device} | ({"network": line} if line != "unknown" else {})


def device_mark() -> str:
    """The keyed hash of this request's device; of none where it has no cookie and is given none.

    Raises as `sealing.kept` does.
    """
    device = request.cookies.get(COOKIE, "") if request.method != "POST" else seen()["device"]
    return operations.mark_of("device", device) if device else ""


def remembered(response: Response) -> Response:
    """The answer with the cookie of a device that had none."""
    if "new_device" in g:
        response.set_cookie(
            COOKIE, g.new_device, max_age=int(KEPT.total_seconds()), httponly=True, samesite="Lax",
            secure=current_app.config["SESSION_COOKIE_SECURE"],
        )  # fmt: skip
    return response


def note_learner(person: Person) -> None:
    """Note from where a learner looks at their requests; what cannot be noted just now is left out."""
    if person.has(Role.LEARNER):
        with suppress(Unavailable), transaction(aside=True):
            operations.note(seen(), person_id=person.id)


def _came_in(_app: Flask, user: Person, **_told: Any) -> None:
    g.came_in = user


def _note_sign_in(response: Response) -> Response:
    if user := g.pop("came_in", None):
        note_learner(user)
        return remembered(response)
    return response


def _forget() -> None:
    with transaction():
        operations.forget_traces()
        operations.forget_drafts()
        operations.forget_witnesses()
