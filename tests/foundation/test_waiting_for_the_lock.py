"""Somebody writes for very long: others are told that it cannot be done now, with their words, and nothing breaks."""

from typing import Any

import pytest
from sqlalchemy import create_engine, event, text
from sqlalchemy.engine import Connection

from portfolio.foundation.db import db
from portfolio.people.models import Person
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow

WORDS = "I rang the courier and told Mrs Hall when her parcel would come."


@pytest.fixture
def impatient(house: House) -> House:
    """A house whose writers wait for a moment only, so that a test need not."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    short = "PRAGMA busy_timeout=50" if db.engine.dialect.name == "sqlite" else "SET lock_timeout='50ms'"

    @event.listens_for(db.engine, "checkout")
    def hurry(connection: Any, _record: Any, _proxy: Any) -> None:
        connection.execute(short)
        if db.engine.dialect.name != "sqlite":
            connection.commit()

    return house


def hold_all(other: Connection, learner: Person) -> None:
    """Begin to write, and do not come to an end."""
    other.execute(text("UPDATE person SET work = work WHERE id = :id"), {"id": learner.id})


def test_words_come_back_with_a_sentence_when_the_database_is_held(impatient: House) -> None:
    ada, learner = impatient.browser("ada"), impatient.person("ada")
    account = {"title": "A late parcel", "text": WORDS}
    db.session.rollback()
    other = create_engine(db.engine.url)
    with other.connect() as held:
        hold_all(held, learner)
        answer = ada.post("/evidence/new/account", data=account)
        assert answer.status_code == 503
        assert "Others are saving just now" in answer.text
        assert WORDS in answer.text
        assert ada.get("/portfolio").status_code == 200
    other.dispose()
    assert ada.post("/evidence/new/account", data=account).status_code == 302


def test_a_deed_without_a_form_is_answered_with_the_same_sentence(impatient: House) -> None:
    dee, learner = impatient.browser("dee"), impatient.person("zoe")
    db.session.rollback()
    other = create_engine(db.engine.url)
    with other.connect() as held:
        hold_all(held, learner)
        if db.engine.dialect.name == "sqlite":
            held.execute(text("UPDATE log_head SET seq = seq"))
        answer = dee.post(f"/people/{learner.id}/shut")
        assert answer.status_code == 503
        assert "Others are saving just now" in answer.text
    other.dispose()
