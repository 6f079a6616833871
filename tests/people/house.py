"""Two centres and their people: ada the learner, ben her assessor, dee the administrator, cy the stranger."""

import re
from collections.abc import Callable, Iterator
from contextvars import Context
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse, encode_multipart

from app import create_app
from portfolio.foundation.db import db, transaction
from portfolio.foundation.settings import Settings
from portfolio.people import operations, queries
from portfolio.people.models import Person
from portfolio.people.rules import Registration, Role
from tests.fixtures.keys import key_of

TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
HARBOUR = (
    ("dee", "Dee Abara", (Role.ADMINISTRATOR,)),
    ("ada", "Ada Marsh", (Role.LEARNER,)),
    ("ben", "Ben Okafor", (Role.ASSESSOR,)),
    ("ivy", "Ivy Lund", (Role.IQA,)),
)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """The application with empty centres and registered people, none of whom has a password yet."""
    config = Settings(
        instance=tmp_path, database=f"sqlite:///{tmp_path / 'house.db'}", secret="throw-away " * 4, https=False
    )
    app = create_app(config)
    with app.app_context():
        db.create_all()
        with transaction():
            _settle()
        yield app
        db.session.remove()
        db.engine.dispose()


def _settle() -> None:
    harbour = operations.open_centre("Harbour Street", "1001", qualification="Customer service, Level 3")
    dee = None
    for nick, name, roles in HARBOUR:
        person = operations.register(Registration(name, f"{nick}@harbour.example", roles), harbour, by=dee)
        dee = dee or person
    fell = operations.open_centre("Fell and Dale", "2002")
    operations.register(Registration("Cy Strand", "cy@fell.example", (Role.ADMINISTRATOR,)), fell, by=None)


def person(nick: str) -> Person:
    """Whoever is called so, as they are now."""
    db.session.rollback()
    found = queries.person_by_email(f"{nick}@{'fell' if nick == 'cy' else 'harbour'}.example")
    assert found is not None
    return found


def apart(call: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """What `call` gives in a context of its own: a request knows nothing of the test that sends it."""
    return Context().run(call, *given, **named)


class Visitor:
    """Somebody at a browser: reads pages, and sends forms with the token of the page they read last."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.token = ""

    def reads(self, address: str, status: int = 200) -> str:
        """The page at `address`."""
        return self.sees(apart(self.client.get, address), status)

    def sends(self, address: str, status: int = 200, /, **answers: Any) -> str:
        """The page after a form was sent, redirects followed."""
        answers.setdefault("csrf_token", self.token)
        answers = {name.replace("__", "-"): value for name, value in answers.items()}
        boundary, body = encode_multipart(answers)
        kind = f"multipart/form-data; boundary={boundary}"
        answer = apart(self.client.post, address, data=body, content_type=kind, follow_redirects=True)
        return self.sees(answer, status)

    def goes(self, address: str) -> str:
        """Where `address` sends them."""
        return str(apart(self.client.get, address).location)

    def sees(self, answer: TestResponse, status: int) -> str:
        """The text of an answer that has this status."""
        assert answer.status_code == status, answer.text[-3000:]
        self.token = next(iter(TOKEN.findall(answer.text)), self.token)
        return answer.text


def signed_in(app: Flask, nick: str) -> Visitor:
    """Somebody who signed in earlier and has their start page open."""
    client = app.test_client()
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = key_of(person(nick)), True
    visitor = Visitor(client)
    visitor.reads(f"/people/{person(nick).id}")
    return visitor


@pytest.fixture
def dee(app: Flask) -> Visitor:
    """The administrator of Harbour Street."""
    return signed_in(app, "dee")


@pytest.fixture
def cy(app: Flask) -> Visitor:
    """The administrator of another centre."""
    return signed_in(app, "cy")


@pytest.fixture
def ada(app: Flask) -> Visitor:
    """A learner."""
    return signed_in(app, "ada")


@pytest.fixture
def ben(app: Flask) -> Visitor:
    """Her assessor."""
    return signed_in(app, "ben")


@pytest.fixture
def guest(app: Flask) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor(app.test_client())
