"""What makes the site installable, the page for where there is no line, and which pages a device keeps."""

from typing import cast

from flask import Blueprint, Flask, Response, g, jsonify, render_template
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from portfolio.foundation.assets import asset, built
from portfolio.foundation.settings import current
from portfolio.people import gate, policy
from portfolio.people.offline import keeping

bp = Blueprint("offline", __name__)
PAPER, ACCENT = "#f8f5ee", "#0b5d52"
"""Colours of the light theme: what is seen while the installed application opens, and of its frame."""


@bp.record_once
def _install(state: BlueprintSetupState) -> None:
    app = cast("Flask", state.app)
    keeping.install(app)
    app.jinja_env.globals["works_offline"] = works_offline


def works_offline() -> bool:
    """Whether devices keep pages for where there is no line."""
    return current().offline


@bp.get("/service-worker.js")
@gate.open_to_all
def worker() -> ResponseReturnValue:
    """The service worker. It lies here, not among the assets, because it answers only for what lies below it.

    Where devices are to keep nothing, it is one that takes itself off.
    """
    script = built("service-worker.js") if works_offline() else built("withdrawn-worker.js")
    answer = Response(script, mimetype="text/javascript")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/manifest.webmanifest")
@gate.open_to_all
def manifest() -> ResponseReturnValue:
    """What a device is told that installs the site (W3C Web Application Manifest)."""
    icons = [
        {"src": asset(f"icon-{size}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": "any"}
        for size in (192, 512)
    ]
    masked = {"src": asset("icon-maskable-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"}
    answer = jsonify(
        id="/", name="Markwell", short_name="Markwell", description="Evidence, marking and proof of a qualification.",
        lang="en-GB", dir="ltr", start_url="/", scope="/", display="standalone", background_color=PAPER,
        theme_color=ACCENT, icons=[*icons, masked],
    )  # fmt: skip
    answer.mimetype = "application/manifest+json"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/offline")
@gate.open_to_all
def page() -> ResponseReturnValue:
    """The page that a device shows where it has no line and does not keep what was asked for. It is of nobody."""
    g.person = None
    return render_template("people/offline/offline.html")


@bp.get("/offline/pages")
@gate.allow(policy.may_keep_drafts)
def pages() -> ResponseReturnValue:
    """For the service worker: whose sign-in this is, and which of their pages it keeps."""
    return jsonify(person=str(g.person.id), pages=keeping.addresses(g.person))
