"""How many queries a page may cost, so that a lazy load does not creep in."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event, select

from app import create_app
from bench.filled_centre import instances
from bench.filled_centre.filling import CENTRE
from portfolio.foundation import settings
from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from portfolio.people import queries as people
from portfolio.people.models import Person
from tests.fixtures.keys import key_of

pytestmark = pytest.mark.slow

ASSESSOR = "ben@bench.example"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    house = instances.built(6, tmp_path_factory.mktemp("crowd"))
    return create_app(settings.read(house.environment))


@pytest.fixture
def ben(app: Flask) -> FlaskClient:
    with app.app_context():
        key = key_of(db.session.scalars(select(Person).where(Person.email == ASSESSOR)).one())
    client = app.test_client()
    client.get("/sign-in")  # once for each process it is asked whether the secret is right
    with client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = key, True
    return client


@contextmanager
def asked(app: Flask) -> Iterator[list[str]]:
    """The SELECTs that are sent to the database meanwhile."""
    found: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            found.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(engine, "before_cursor_execute", note)


def test_the_whole_marking_view_comes_with_few_queries(app: Flask, ben: FlaskClient) -> None:
    with app.app_context():
        id = instances.waiting(ASSESSOR)[0]
        words = instances.words_of(id)
    ben.get(f"/marking/{id}")  # that it was opened is put on record once
    with asked(app) as found:
        page = ben.get(f"/marking/{id}")
    assert page.status_code == 200
    assert [word for word in words if word not in page.data] == []
    assert len(found) <= 10, found  # one asks whether it is on record already that this person looked


def test_mark_by_point_comes_with_few_queries(app: Flask, ben: FlaskClient) -> None:
    with app.app_context():
        point = instances.open_points(ASSESSOR)[0]
    ben.get(f"/marking/points/{point}")
    with asked(app) as found:
        page = ben.get(f"/marking/points/{point}")
    assert page.data.count(b"data-piece=") > 0
    assert len(found) <= 13, found  # those of the marking view, and: the point, who waits, what was found lately


def test_the_queue_comes_with_five_queries(app: Flask, ben: FlaskClient) -> None:
    with app.app_context():
        waiting = instances.queue_length(ASSESSOR)
    with asked(app) as found:
        page = ben.get("/marking")
    assert page.status_code == 200
    assert page.data.count(b'scope="row"') == waiting > 0
    assert len(found) <= 5, found  # the last asks for observations and discussions that are still open


def test_the_whole_centre_is_never_read_to_know_who_asks(app: Flask, ben: FlaskClient) -> None:
    with asked(app) as found:
        ben.get("/marking")
    question = next(one for one in found if "key_sha256 = ?" in one).replace("= ?", "= 'somebody'")
    with app.app_context():
        plan = db.session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {question}").all()
    assert plan
    assert [step for *_, step in plan if step.startswith("SCAN")] == []


def test_the_log_of_the_crowd_holds(app: Flask) -> None:
    with app.app_context():
        centre = people.centre_by_number(CENTRE)
        assert centre is not None
        assert audit.check(audit.lines(centre.id), audit.head(centre.id)) is None
