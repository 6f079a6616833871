"""A small house for tests of files and jobs: the real rooms of foundation, people and arrivals, and nothing else."""

import os
import secrets
import threading
from pathlib import Path
from typing import Any

from flask import Flask, Response
from flask.testing import FlaskClient
from flask_wtf.csrf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer

from portfolio.evidence.views import downloads, uploads
from portfolio.foundation import clock, commands, db, errors, files, settings
from portfolio.foundation.log import audit
from portfolio.foundation.work import jobs
from portfolio.people import gate, signing_in
from portfolio.people.models import Centre, Person, RoleRow
from portfolio.people.rules import Role
from tests.fixtures.keys import key_of

STATUSES = {errors.Missing: 404, errors.OutOfTurn: 409, errors.TooBig: 413, errors.Unavailable: 503}


@jobs.job("count")
def count(running: jobs.Running, path: str, pieces: int) -> dict[str, Any]:
    """Write one line for each piece, each in a step of its own."""
    for piece in range(pieces):
        running.progress(piece, pieces, f"Piece {piece + 1}")
        running.step(f"piece {piece}", _append, path, piece)
    return {"pieces": pieces}


@jobs.job("stand")
def stand(running: jobs.Running, path: str) -> dict[str, Any]:
    """Stand until there is something at `path`, or nobody wants it any more."""
    while not Path(path).exists():
        running.ensure_wanted()
        threading.Event().wait(0.02)
    return {}


@jobs.job("stand alone", alone=True)
def stand_alone(running: jobs.Running, path: str) -> dict[str, Any]:
    """The same, one at a time."""
    return stand(running, path)


@jobs.job("refuse")
def refuse(running: jobs.Running) -> dict[str, Any]:
    """Find that it cannot be done."""
    running.progress(0, 1, "Looking")
    raise errors.Incomplete("There is nothing to export yet.")


@jobs.job("break")
def break_down(running: jobs.Running) -> dict[str, Any]:
    """Have a fault."""
    running.progress(0, 1, "Dividing")
    return {"never": 1 // 0}


def _append(path: str, piece: int) -> int:
    with Path(path).open("a", encoding="ascii") as file:
        file.write(f"{piece}\n")
    return piece


def create() -> Flask:
    """The house as servers and workers of the tests start it: settings from the environment."""
    return built(settings.read(os.environ))


def built(config: settings.Settings) -> Flask:
    """The house for `config`."""
    config.instance.mkdir(parents=True, exist_ok=True)
    app = Flask("small house")
    app.config.update(SECRET_KEY=config.secret, MAX_CONTENT_LENGTH=2 * 1024**2, WTF_CSRF_TIME_LIMIT=None)
    app.extensions["markwell"] = config
    db.connect(app, config.database)
    files.connect(app, config.files, bucket=config.bucket)
    signing_in.install(app, config)
    gate.guard(app)
    CSRFProtect(app)
    app.register_blueprint(uploads.bp)
    app.register_blueprint(downloads.bp)
    commands.install(app)
    app.register_error_handler(errors.Refused, _refused)
    return app


def _refused(refusal: errors.Refused) -> Response:
    status = next((STATUSES[kind] for kind in type(refusal).__mro__ if kind in STATUSES), 422)
    return Response(refusal.sentence, status)


def furnished(folder: Path, **changes: Any) -> Flask:
    """A house with its tables, two centres and some people in it."""
    values = {"instance": folder, "database": f"sqlite:///{folder}/house.db", "secret": secrets.token_urlsafe(48)}
    app = built(settings.Settings(**values | {"https": False} | changes))
    with app.app_context():
        db.db.create_all()
        with db.transaction():
            _people()
    return app


def _people() -> None:
    roles = {role: RoleRow(name=role) for role in Role}
    db.db.session.add_all(roles.values())
    for number, names in (("1", ("ada", "ben", "ira")), ("2", ("cy",))):
        centre = Centre(name=f"Centre {number}", number=number, timezone="Europe/London", language="en-GB")
        db.db.session.add(centre)
        db.db.session.flush()
        audit.open_log(centre.id, number)
        for name in names:
            role = {"ben": Role.ASSESSOR, "ira": Role.IQA}.get(name, Role.LEARNER)
            db.db.session.add(_person(name, centre, roles[role]))


def _person(name: str, centre: Centre, role: RoleRow) -> Person:
    email = f"{name}@example.org"
    person = Person(name=name, email=email, centre_id=centre.id, number="", work="", active=True)
    person.fs_uniquifier, person.joined_at, person.roles = secrets.token_hex(16), clock.now(), [role]
    return person


def person(name: str) -> Person:
    """Somebody of the house; needs an application context."""
    return db.db.session.query(Person).filter_by(name=name).one()


def keys(app: Flask, name: str) -> tuple[str, str]:
    """The session cookie and the CSRF token of somebody who has signed in."""
    with app.app_context():
        key = key_of(person(name))
    raw = secrets.token_hex(20)
    serializer = app.session_interface.get_signing_serializer(app)
    cookie = serializer.dumps({"_user_id": key, "_fresh": True, "csrf_token": raw})
    return cookie, URLSafeTimedSerializer(app.secret_key, salt="wtf-csrf-token").dumps(raw)


def signed_in(app: Flask, name: str) -> FlaskClient:
    """A browser in which somebody has signed in; it sends the CSRF token along."""
    cookie, token = keys(app, name)
    client = app.test_client()
    client.set_cookie("session", cookie)
    client.environ_base["HTTP_X_CSRFTOKEN"] = token
    client.environ_base["HTTP_TUS_RESUMABLE"] = "1.0.0"
    return client
