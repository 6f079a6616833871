"""Downloads: originals as attachments that no browser opens in our name, and the copies that we made to be shown."""

from typing import cast

from flask import Blueprint, Flask, Response, flash, g, jsonify, redirect, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from portfolio.evidence import policy, queries
from portfolio.evidence.arrivals import operations
from portfolio.evidence.models import File
from portfolio.evidence.opening import noting
from portfolio.foundation import files
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Missing
from portfolio.foundation.requests import ranges
from portfolio.foundation.work import chores
from portfolio.people import gate

bp = Blueprint("downloads", __name__, url_prefix="/files")

A_DAY = 24 * 60 * 60
KEPT = f"private, max-age={A_DAY}"
"""Caching by the person's own browser only: players ask for the same ranges again and again."""


@bp.record_once
def _install(state: BlueprintSetupState) -> None:
    chores.every_hour(cast("Flask", state.app), noting.sweep)


@bp.get("/<int:id>/original")
@gate.allow(policy.may_see_file, queries.file)
def original(file: File) -> Response:
    """The file as it came, byte for byte, to be saved; on record."""
    noting.taken(file, by=g.person)
    return sent(file.sha256, file.media_type, name=file.name)


@bp.get("/<int:id>/shown")
@gate.allow(policy.may_see_file, queries.file)
def shown(file: File) -> Response:
    """The copy to look at or to play; in ranges where asked (RFC 9110, §14). Raises `Missing` while there is none."""
    noting.shown(file, by=g.person)
    return sent(file.shown_sha256, file.shown_type)


@bp.get("/<int:id>/picture")
@gate.allow(policy.may_see_file, queries.file)
def picture(file: File) -> Response:
    """The thumbnail or poster frame as JPEG. Raises `Missing` while there is none."""
    noting.shown(file, by=g.person)
    return sent(file.picture_sha256, "image/jpeg")


@bp.get("/<int:id>/peaks.json")
@gate.allow(policy.may_see_file, queries.file)
def peaks(file: File) -> Response:
    """The waveform: loudness 0…1 at even steps, and the duration in seconds."""
    noting.shown(file, by=g.person)
    return jsonify(duration=file.duration, peaks=file.peaks)


@bp.post("/<int:id>/prepare")
@gate.allow(policy.may_prepare, queries.file)
def prepare_again(file: File) -> ResponseReturnValue:
    """Have its copies made once more."""
    with transaction():
        operations.prepare_again(file, by=g.person)
    flash("It will be prepared again.", "done")
    item = queries.item_with(file)
    return redirect(url_for("evidence.show", id=item.id) if item else url_for("people.home"))


@bp.app_context_processor
def offered() -> dict[str, object]:
    """For pages that show a file: whether its preparation may be asked for once more."""
    return {"may_prepare": lambda file: policy.may_prepare(g.person, file)}


def sent(sha256: str, media_type: str, *, name: str = "") -> Response:
    """A file of the store, in ranges where asked; to be saved under `name` where one is given. Raises `Missing`."""
    if not sha256:
        raise Missing("This is still being prepared, or could not be. The original is kept.")
    store = files.store()
    content, size = files.between(store, sha256), store.size(sha256)
    answer = ranges.answered(content, size=size, etag=sha256, media_type=media_type, name=name)
    answer.headers["Cache-Control"] = KEPT
    answer.headers["Content-Security-Policy"] = ranges.SANDBOX
    return answer
