"""Pictures of pages, and what the pages of the application show of a document."""

from collections.abc import Sequence
from typing import cast

from flask import Blueprint, Flask, Response, g, render_template, request
from flask.blueprints import BlueprintSetupState

from portfolio.evidence import policy, preparing
from portfolio.evidence import queries as evidence
from portfolio.evidence.models import File, FilePage
from portfolio.evidence.opening import noting
from portfolio.evidence.pages import drawing, queries, stills
from portfolio.evidence.pages.showing import ShownPages, claimed_pages, places_in, shown
from portfolio.evidence.places.grouping import Place
from portfolio.evidence.views.downloads import sent
from portfolio.foundation.errors import Missing
from portfolio.foundation.requests.numbers import number
from portfolio.foundation.work import chores
from portfolio.people import gate

bp = Blueprint("pages", __name__, url_prefix="/files")


@bp.record_once
def _install(state: BlueprintSetupState) -> None:
    app = cast("Flask", state.app)
    chores.every_hour(app, drawing.catch_up)
    chores.every_hour(app, stills.catch_up)
    chores.every_hour(app, preparing.catch_up)
    app.jinja_env.globals |= {"pages_claimed": claimed_pages, "places_in": places_in}


@bp.get("/<int:id>/pages")
@gate.allow(policy.may_see_file, evidence.file)
def document(file: File) -> str:
    """A document, some of its pages at a time. Raises `Missing` for a file that has no pages."""
    if file.kind != "document" or not file.pages:
        raise Missing("This file has no pages that can be shown here.")
    noting.shown(file, by=g.person)
    item = evidence.item_with(file)
    return render_template("evidence/pages/document.html", file=file, item=item)


@bp.get("/<int:id>/pages/<int:number>.jpg")
@gate.allow(policy.may_see_page, queries.page)
def picture(page: FilePage) -> Response:
    """A page of a document as JPEG. Raises `Missing` where there is no picture of it."""
    if not page.is_picture:
        raise Missing("There is no picture of this page.")
    noting.shown(page.file, by=g.person)
    return sent(page.picture_sha256, "image/jpeg")


@bp.app_template_global()
def pages_shown(file: File, here: Sequence[Place] = (), *, choosable: bool = False) -> ShownPages:
    """The pages of a document around the one that the address names."""
    meant = number(request.args.get("file")) == file.id
    return shown(file, (number(request.args.get("page")) or 1) if meant else 1, here, choosable=choosable)
