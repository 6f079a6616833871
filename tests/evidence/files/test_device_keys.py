"""A device names what it sends: one file and one item become of it, however often it asks, and only for its person."""

import base64
import json
from collections.abc import Mapping

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portfolio.evidence import queries
from portfolio.evidence.arrivals import landing, operations
from portfolio.evidence.arrivals.models import Upload
from portfolio.evidence.models import File
from portfolio.evidence.places import locators
from portfolio.evidence.places.locators import Span
from portfolio.foundation import clock
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from portfolio.foundation.requests.sent import new_key
from portfolio.units import queries as units
from tests.fixtures.cast import House
from tests.fixtures.house import tone

PIECE = "application/offset+octet-stream"
KEY = "0123456789abcdef0123456789abcdef"
RECORD = "/evidence/record"


def device(house: House, nick: str) -> FlaskClient:
    """A device of somebody's; what it sends carries the token of their sign-in."""
    browser = house.browser(nick)
    token = browser.get("/saved", headers={"Accept": "application/json"}).get_json()["token"]
    browser.environ_base |= {"HTTP_X_CSRFTOKEN": token, "HTTP_TUS_RESUMABLE": "1.0.0"}
    return browser


@pytest.fixture
def ada(house: House) -> FlaskClient:
    return device(house, "ada")


def begun(who: FlaskClient, length: int, key: str = KEY) -> TestResponse:
    words = {"filename": "Recording.webm", "key": key}
    stated = ",".join(f"{name} {base64.b64encode(word.encode()).decode()}" for name, word in words.items())
    return who.post("/uploads", headers={"Upload-Length": str(length), "Upload-Metadata": stated})


def sent(who: FlaskClient, place: str, at: int, piece: bytes) -> TestResponse:
    return who.patch(place, data=piece, headers={"Upload-Offset": str(at)}, content_type=PIECE)


def file_of(who: FlaskClient, content: bytes, key: str = KEY) -> str:
    return sent(who, begun(who, len(content), key).headers["Location"], 0, content).headers["Markwell-File"]


def item_of(who: FlaskClient, told: Mapping[str, str], key: str) -> TestResponse:
    return who.post(RECORD, data={"title": "The call", "sort": "sound", **told, "once": key})


def test_what_was_begun_under_a_key_is_gone_on_with(ada: FlaskClient) -> None:
    first = begun(ada, 10)
    sent(ada, first.headers["Location"], 0, b"01234")
    again = begun(ada, 10)
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["Upload-Offset"] == "5"


def test_a_file_that_arrived_is_found_by_its_key_and_not_made_twice(ada: FlaskClient) -> None:
    file = file_of(ada, b"0123456789")
    again = begun(ada, 10)
    assert (again.headers["Markwell-File"], again.headers["Upload-Offset"]) == (file, "10")
    db.session.rollback()
    assert db.session.query(File).count() == 1
    assert not landing.place(again.headers["Location"].rsplit("/", 1)[1]).exists()


def test_the_key_is_known_as_long_as_the_key_of_a_form(ada: FlaskClient) -> None:
    file = file_of(ada, b"0123456789")
    db.session.rollback()
    (upload,) = db.session.query(Upload).all()
    left = upload.expires_at - clock.now()
    assert operations.KNOWN - operations.LIFE < left <= operations.KNOWN
    landing.sweep()
    assert begun(ada, 10).headers["Markwell-File"] == file


def test_what_was_not_finished_in_time_begins_anew(ada: FlaskClient) -> None:
    first = begun(ada, 10)
    sent(ada, first.headers["Location"], 0, b"01234")
    with transaction():
        (upload,) = db.session.query(Upload).all()
        upload.expires_at = clock.now() - operations.LIFE
    assert ada.head(first.headers["Location"]).status_code == 404
    again = begun(ada, 10)
    assert again.headers["Location"] != first.headers["Location"]
    assert again.headers["Upload-Offset"] == "0"


@pytest.mark.parametrize(("length", "key", "status"), [(11, KEY, 422), (10, "short", 400), (10, "ß" * 20, 400)])
def test_a_key_that_names_something_else_or_is_none_is_refused(
    ada: FlaskClient, length: int, key: str, status: int
) -> None:
    begun(ada, 10)
    assert begun(ada, length, key).status_code == status


def test_a_device_is_told_whether_its_sign_in_has_ended_or_what_it_sends_is_wrong(ada: FlaskClient) -> None:
    ada.environ_base["HTTP_ACCEPT"] = "application/json"
    wrong = begun(ada, 10, "short")
    ada.environ_base["HTTP_X_CSRFTOKEN"] = "of another sign-in"
    ended = begun(ada, 10)
    answers = [(one.status_code, "ended" in (one.json or {})) for one in (wrong, ended)]
    assert answers == [(400, False), (400, True)]


def test_the_key_of_one_person_says_nothing_of_anothers(house: House, ada: FlaskClient) -> None:
    mine = file_of(ada, b"0123456789")
    ben = device(house, "ben")
    assert "Markwell-File" not in begun(ben, 10).headers
    theirs = file_of(ben, b"0123456789")
    assert mine != theirs


def test_the_same_form_makes_one_item_with_its_claims(house: House, ada: FlaskClient) -> None:
    file, key = file_of(ada, tone(4)), new_key()
    db.session.rollback()
    points = [point.id for point in units.points_of(house.person("ada").id)][:3]
    claims = [{"begins": 0.5, "ends": 1.5, "points": points[:2]}, {"begins": 2, "ends": 3.9, "points": points[2:]}]
    told = {"file": file, "claims": json.dumps(claims), "happened_on": "2999-01-01"}
    answers = [item_of(ada, told, key) for _ in range(3)]
    assert len({answer.headers["Location"] for answer in answers}) == 1
    db.session.rollback()
    (item,) = queries.items_of(house.person("ada").id)
    places = [(one.point_id, locators.read(one.locator)) for one in queries.claims_on(item.evidence.id)]
    (original,) = item.version.files
    assert places == [
        (points[0], Span(0.5, 1.5, original.sha256)),
        (points[1], Span(0.5, 1.5, original.sha256)),
        (points[2], Span(2.0, 3.9, original.sha256)),
    ]
    assert item.version.happened_on is not None
    assert item.version.happened_on.year < 2999, "the clock of a device may be ahead"


@pytest.mark.parametrize(
    ("prepared", "lasts", "loose"), [("ready", 4.0, [False, True]), ("failed", None, [True, True])]
)
def test_a_span_beyond_the_end_of_what_is_measured_already_comes_loose_as_it_would_have_later(
    house: House, ada: FlaskClient, prepared: str, lasts: float | None, loose: list[bool]
) -> None:
    id = file_of(ada, tone(4))
    db.session.rollback()
    own = [point.id for point in units.points_of(house.person("ada").id)][:1]
    with transaction():
        file = db.session.get_one(File, int(id))
        file.kind, file.prepared, file.duration = "audio", prepared, lasts
    claims = [{"begins": 0.5, "ends": 1.5, "points": own}, {"begins": 3, "ends": 9, "points": own}]
    assert item_of(ada, {"file": id, "claims": json.dumps(claims)}, new_key()).status_code == 302
    db.session.rollback()
    (item,) = queries.items_of(house.person("ada").id)
    assert [one.loose for one in queries.claims_on(item.evidence.id)] == loose
    lines = [line["deed"] for line in audit.lines_about(house.person("ada").id)]
    assert lines.count("claim came loose") == sum(loose)


def test_points_that_are_no_longer_the_learners_are_told_and_not_dropped(house: House, ada: FlaskClient) -> None:
    file = file_of(ada, tone(4))
    db.session.rollback()
    own = [point.id for point in units.points_of(house.person("ada").id)][:1]
    claims = [{"begins": 0.5, "ends": 1.5, "points": own}, {"begins": 2, "ends": 3, "points": [*own, 999998, 999999]}]
    ada.environ_base["HTTP_ACCEPT"] = "application/json"
    answer = item_of(ada, {"file": file, "claims": json.dumps(claims)}, new_key())
    assert answer.status_code == 422
    assert answer.json["sentence"].startswith("2 points that you ticked are not among yours")  # type: ignore[index]
    db.session.rollback()
    assert queries.items_of(house.person("ada").id) == []


def test_what_was_changed_after_it_arrived_is_refused_with_the_way_to_what_is_there(
    house: House, ada: FlaskClient
) -> None:
    file, key = file_of(ada, tone(4)), new_key()
    item_of(ada, {"file": file}, key)
    ada.environ_base["HTTP_ACCEPT"] = "application/json"
    answer = item_of(ada, {"file": file, "title": "The long call"}, key)
    assert answer.status_code == 409
    assert "Open it in your evidence" in answer.json["sentence"]  # type: ignore[index]
    db.session.rollback()
    (item,) = queries.items_of(house.person("ada").id)
    assert item.version.title == "The call"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"title": " "}, "Give it a title"),
        ({"claims": "{"}, "could not be read"),
        ({"claims": '[{"begins": 0, "ends": 1, "points": "x"}]'}, "could not be read"),
        ({"claims": '[{"begins": 1e999, "ends": 1, "points": []}]'}, "could not be read"),
        ({"claims": '[{"begins": 3, "ends": 1, "points": [1]}]'}, "does not lie in the recording"),
        ({"claims": '[{"begins": 1, "ends": 3, "points": [999999]}]'}, "at least one marking point"),
        ({"file": "999999"}, "not there any more"),
        ({"sort": "hologram"}, "choice"),
    ],
)
def test_what_does_not_hold_is_refused_with_its_sentence_and_makes_nothing(
    house: House, ada: FlaskClient, told: dict[str, str], sentence: str
) -> None:
    file = file_of(ada, tone(4))
    answer = ada.post(
        RECORD,
        data={"title": "The call", "sort": "sound", "file": file, **told, "once": new_key()},
        headers={"Accept": "application/json"},
    )
    assert answer.status_code in (409, 422)
    assert sentence in answer.json["sentence"]  # type: ignore[index]
    db.session.rollback()
    assert queries.items_of(house.person("ada").id) == []
