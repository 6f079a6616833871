"""The Outbox of a demo that sends no mail: each mail as whoever it is for would see it."""

from collections.abc import Callable

from flask import Flask, Response, g, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from portfolio.foundation.errors import Missing
from portfolio.foundation.mail import keeping
from portfolio.foundation.mail.keeping import KeptMail
from portfolio.foundation.settings import current

View = Callable[..., ResponseReturnValue]
POLICY = (
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; "
    "frame-ancestors 'self'; base-uri 'none'"
)
"""Content-Security-Policy of a mail's HTML: it has its own styles, runs and loads nothing, and its links open apart."""


def index() -> ResponseReturnValue:
    """All mails that are kept, the last first."""
    return render_template("outbox/index.html", mails=keeping.kept(current().instance), most=keeping.MOST)


def show(name: str) -> ResponseReturnValue:
    """One mail: its headers, its HTML part in a frame, and its text. Raises `Missing` where it is not kept."""
    g.policy = "; frame-src 'self'"
    return render_template("outbox/mail.html", mail=_mail(name))


def html(name: str) -> Response:
    """The HTML part of a mail, for that frame. Raises `Missing` where it is not kept."""
    answer = make_response(_mail(name).html)
    answer.headers["Content-Security-Policy"] = POLICY
    return answer


def install(app: Flask, opened: Callable[[View], View]) -> None:
    """Give a demo that keeps its mail these pages, each `opened` to everybody, and every template its address."""
    if app.extensions["markwell"].keeps_mail:
        app.add_url_rule("/outbox", "outbox", opened(index))
        app.add_url_rule("/outbox/<string:name>", "outbox_mail", opened(show))
        app.add_url_rule("/outbox/<string:name>/html", "outbox_html", opened(html))
        app.context_processor(lambda: {"outbox": url_for("outbox")})


def _mail(name: str) -> KeptMail:
    mail = keeping.named(current().instance, name)
    if mail is None:
        raise Missing
    return mail
