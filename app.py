"""The composition root: puts the rooms together, gives errors their statuses and answers their headers."""

import logging
import os
import secrets
from typing import Any

from flask import Flask, Response, g, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix

import exports.commands.registration
import exports.making.jobs
import exports.rooms
import portfolio.assessment.conversations.views
import portfolio.assessment.views
import portfolio.evidence.rooms
import portfolio.evidence.witnesses.views
import portfolio.foundation.commands
import portfolio.people.commands
import portfolio.people.offline.views
import portfolio.people.views
import portfolio.units.commands
import portfolio.units.phrases.views
import portfolio.units.qualifications.views
import portfolio.units.views
import sample.commands
from portfolio import VERSION
from portfolio.foundation import application, db, errors, keys, patience, settings, terminal
from portfolio.foundation.assets import asset
from portfolio.foundation.mail import views as kept_mail
from portfolio.foundation.requests import bodies, sent, typed, waited
from portfolio.foundation.running import views as running
from portfolio.foundation.words import display
from portfolio.people import gate, signing_in
from portfolio.people.rules import Role

STATUSES = {
    errors.Refused: 422,
    errors.SignedOut: 401,
    errors.OutOfTurn: 409,
    errors.Incomplete: 422,
    errors.Conflict: 409,
    errors.Missing: 404,
    errors.Expired: 410,
    errors.TooBig: 413,
    errors.Unreadable: 422,
    errors.TooOften: 429,
    errors.Unavailable: 503,
}
"""What the domain refuses → HTTP status. The nearest class counts."""
TITLES = {
    400: "That could not be taken", 401: "Please sign in again", 403: "That is not open to you",
    404: "There is nothing here", 405: "That is not how this page works", 409: "That cannot be done now",
    410: "That could be had until a while ago", 413: "That is too big", 422: "Something is missing",
    429: "Too many tries", 503: "Not available just now",
}  # fmt: skip

SENTENCES = {
    404: "There is nothing at this address, or you don’t have access to it.",
    413: "More was sent than this page takes. Send less at once, or attach it as a file.",
}

POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "worker-src 'self'; manifest-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
"""Content-Security-Policy of every page (W3C CSP Level 3); a view adds what its page alone needs as `g.policy`."""

ROOMS = (
    portfolio.people.offline.views.bp, portfolio.people.views.bp, portfolio.units.views.bp,
    portfolio.units.qualifications.views.bp, portfolio.units.phrases.views.bp,
    *portfolio.evidence.rooms.ROOMS, portfolio.assessment.views.bp,
    portfolio.assessment.conversations.views.bp, *exports.rooms.ROOMS,
)  # fmt: skip

COMMANDS = (
    portfolio.foundation.commands, portfolio.people.commands, portfolio.units.commands,
    exports.commands.registration, sample.commands,
)  # fmt: skip


def create_app(config: settings.Settings | None = None) -> Flask:
    """The application, made from `config` or from the environment."""
    config = config or terminal.told(os.environ)
    app = application.without_pages(config, migrating=True)
    app.config.update(
        SECRET_KEY=config.secret,
        SESSION_COOKIE_SECURE=config.https,
        SESSION_COOKIE_SAMESITE="Lax",
        REMEMBER_COOKIE_SECURE=config.https,
        REMEMBER_COOKIE_HTTPONLY=True,
        REMEMBER_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        MAX_CONTENT_LENGTH=2 * 1024**2,
        SEND_FILE_MAX_AGE_DEFAULT=31_536_000,
    )
    if config.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=config.proxies, x_proto=config.proxies, x_host=config.proxies)  # type: ignore[method-assign]
    bodies.receive(app, config)
    typed.install(app)
    signing_in.install(app, config)
    gate.guard(app)  # before the tokens of forms are looked for, which reads the body
    CSRFProtect(app).exempt(portfolio.evidence.witnesses.views.holder)
    for room in ROOMS:
        app.register_blueprint(room)
    for commands in COMMANDS:
        commands.install(app)
    terminal.list_only(app.cli.commands)
    _dress(app, config)
    return app


def _dress(app: Flask, config: settings.Settings) -> None:
    """Headers, errors, and what every template knows."""
    display.install(app)
    keys.install(app)
    sent.install(app)
    waited.install(app)
    app.logger.setLevel(logging.INFO)  # the id on every page that refuses is found in the log
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.context_processor(_surroundings)
    app.after_request(_headers)
    app.register_error_handler(errors.Refused, _refused)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(DBAPIError, _without_database)
    app.register_error_handler(NoConnection, _without_database)
    app.register_error_handler(Exception, _failed)
    app.add_url_rule("/health", "health", gate.open_to_all(running.health))
    if config.demo:
        app.add_url_rule("/design", "design", gate.open_to_all(lambda: render_template("design.html")))
    kept_mail.install(app, gate.open_to_all)


def _surroundings() -> dict[str, Any]:
    person = g.get("person")
    return {
        "asset": asset,
        "csp_nonce": _nonce,
        "nav": _navigation() if person else [],
        "centre_name": person.centre.name if person else "",
        "release": VERSION,
    }


NAVIGATION = (
    ("To do", "office.index", (Role.ADMINISTRATOR,)),
    ("Portfolio", "assessment.portfolio", (Role.LEARNER,)),
    ("Evidence", "evidence.index", (Role.LEARNER,)),
    ("Marking", "assessment.queue", (Role.ASSESSOR, Role.IQA, Role.ADMINISTRATOR)),
    ("Learners", "assessment.learners", (Role.ASSESSOR, Role.IQA, Role.ADMINISTRATOR)),
    ("Units", "units.index", (Role.ASSESSOR, Role.IQA, Role.ADMINISTRATOR)),
    ("People", "people.index", (Role.ADMINISTRATOR,)),
    ("Exports", "exports.index", (Role.IQA, Role.ADMINISTRATOR)),
)
"""Label, endpoint, and who sees it."""

BELOW = {
    "portfolio": ("Portfolio", "Learners"), "evidence": ("Evidence", "Learners"), "enrolments": ("Learners",),
    "exports": ("Exports", "Portfolio"), "exports/learners": ("Learners",), "jobs": ("Exports",),
    "office": ("To do",), "log": ("To do", "Exports"), "qualifications": ("Units", "Portfolio"),
    "programmes": ("Learners",), "procedures": ("Units", "Evidence"), "witnesses": ("Evidence", "Learners"),
    "meetings": ("Portfolio", "Learners"), "phrases": ("Units",),
}  # fmt: skip
"""Beginning of an address → what its pages lie below, for whoever sees that; else what has its name."""


def _navigation() -> list[tuple[str, str, str]]:
    """Label, address, and how it is current: it is this `page`, or this page lies below it (`true`)."""
    first, _, rest = request.path[1:].partition("/")
    below = BELOW.get(f"{first}/{rest.partition('/')[0]}") or BELOW.get(first) or (first.capitalize(),)
    seen = {label: endpoint for label, endpoint, roles in NAVIGATION if g.person.has(*roles)}
    here = next((label for label in below if label in seen), "")
    current = lambda label: "page" if seen[label] == request.endpoint else "true" if label == here else ""  # noqa: E731
    return [(label, url_for(endpoint), current(label)) for label, endpoint in seen.items()]


def _nonce() -> str:
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=_nonce()) + g.get("policy", ""))
    response.headers["X-Content-Type-Options"] = "nosniff"
    if request.headers.get("X-Piece"):  # a script takes no answer for ours that a proxy gave in our place
        response.headers["X-Piece"] = "1"
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(self), microphone=(self), geolocation=()"
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "private, no-store")
    return response


def _refused(refusal: errors.Refused) -> ResponseReturnValue:
    status = next(STATUSES[kind] for kind in type(refusal).__mro__ if kind in STATUSES)
    return _told(status, refusal.sentence, ended=isinstance(refusal, errors.SignedOut))


def _expired(_error: CSRFError) -> ResponseReturnValue:
    return _told(400, gate.OTHER if g.person else gate.ENDED, ended=True)


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code is not None and error.code < 400:
        return error
    status = error.code or 500
    return _told(status, SENTENCES.get(status) or error.description or "")


def _without_database(error: DBAPIError | NoConnection) -> ResponseReturnValue:
    """What passes by itself is no fault: others write, or the database is away."""
    if isinstance(error, NoConnection) or db.is_busy(error):
        return _told(503, db.BUSY)
    return _told(503, patience.LOST) if patience.is_passing(error) else _failed(error)


def _failed(error: Exception) -> ResponseReturnValue:
    return _told(500, "Something went wrong here, not with you. What you saved before is safe.", fault=error)


def _told(status: int, sentence: str, *, ended: bool = False, fault: Exception | None = None) -> ResponseReturnValue:
    """A page (or JSON for a script) that says what is wrong, with an id that the log has too; `ended`: sign-in did."""
    reference = secrets.token_hex(4)
    level = logging.ERROR if status >= 500 else logging.INFO
    logging.getLogger("markwell").log(level, "%s %s %s", reference, status, request.endpoint, exc_info=fault)
    if request.accept_mimetypes.best == "application/json":
        return jsonify(sentence=sentence, reference=reference, **({"ended": True} if ended else {})), status
    if "known" not in g:  # the database did not say who calls: the page that says so does not ask again
        g._login_user = None
    by_link = request.path.startswith("/witness/")
    title = TITLES.get(401 if ended and not g.person else status, "Something went wrong")
    if by_link and status == 410:
        title = "This link has ended"
    page = render_template(
        "errors/error.html", status=status, title=title, text=sentence, reference=reference, ended=ended,
        back=typed.page_before(), typed=typed.answers(), form_address=typed.form_address(), by_link=by_link,
    )  # fmt: skip
    return page, status
