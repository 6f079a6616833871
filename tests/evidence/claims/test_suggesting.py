"""Points that words may serve come first where points are chosen: of an account, and of a talk once confirmed."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from portfolio.evidence import queries
from portfolio.evidence.models import Evidence
from portfolio.evidence.transcripts import operations as transcripts
from portfolio.evidence.transcripts.queries import draft
from portfolio.foundation.db import db, transaction
from portfolio.units import queries as units
from tests.evidence.transcripts import spoken
from tests.fixtures import deeds
from tests.fixtures.cast import House

TEXT = "I weighed the cost of a repair against a new kettle. It was Tuesday."


@pytest.fixture
def ada(house: House) -> FlaskClient:
    """Her browser."""
    return house.browser("ada")


def asked(browser: FlaskClient, item: Evidence, **place: object) -> list[dict[str, Any]]:
    known = {"version": queries.latest(item).number} | place
    answer = browser.get(f"/evidence/{item.id}/suggestions", query_string=known)
    assert answer.status_code == 200, answer.text
    db.session.rollback()
    found: list[dict[str, Any]] = answer.json
    return found


def words_of(house: House, id: int) -> str:
    return next(point.text for point in units.points_of(house.person("ada").id) if point.id == id)


def test_the_point_that_a_sentence_serves_comes_first_with_the_words_that_speak_for_it(
    house: House, ada: FlaskClient
) -> None:
    item = deeds.write(house.person("ada"), TEXT)
    first, *others = asked(ada, item, start=0, end=52)
    assert "cost" in words_of(house, first["point"])
    assert "cost" in first["because"]
    assert len(others) <= 2
    assert all(one["because"] for one in others)
    assert queries.claims_on(item.id) == []


def test_nothing_is_suggested_for_a_whole_item_or_a_version_of_before(house: House, ada: FlaskClient) -> None:
    item = deeds.write(house.person("ada"), TEXT)
    assert asked(ada, item) == []
    assert asked(ada, item, start=0, end=52, version=7) == []
    assert ada.get(f"/evidence/{item.id}/suggestions?version=1&start=3").status_code == 422


def test_what_is_said_speaks_for_points_once_somebody_confirmed_it(house: House, ada: FlaskClient) -> None:
    item = spoken.recording(house.person("ada"))
    spoken.drafted(item)
    span = {"begins": 4.5, "ends": 9, "file": spoken.file_of(item).sha256}
    assert asked(ada, item, **span) == [], "a machine wrote it, and nobody has read it"
    with transaction():
        file = spoken.file_of(item)
        waiting = draft(file)
        assert waiting
        transcripts.confirm(file, based_on=waiting.sha256, by=house.person("ada"))
    assert asked(ada, item, begins=9, ends=11) == [], "nothing is said there"
    assert {word for one in asked(ada, item, **span) for word in one["because"]} <= {"want", "cattle", "back"}
