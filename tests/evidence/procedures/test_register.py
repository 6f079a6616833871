"""The administrator keeps the register of policies and procedures, on record; everybody at the centre reads it."""

import html

import pytest
from flask.testing import FlaskClient

from portfolio.evidence.procedures import queries
from portfolio.evidence.procedures.models import Procedure
from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from tests.fixtures.cast import House

COMPLAINTS = {"title": "Complaints procedure", "version": "3.1", "place": "https://harbour.example/complaints"}


@pytest.fixture
def dee(house: House) -> FlaskClient:
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house.browser("dee")


def register(house: House, *, ended: bool = False) -> list[Procedure]:
    db.session.rollback()
    db.session.expire_all()
    return queries.register(house.person("dee").centre_id, ended=ended)


def page(who: FlaskClient) -> str:
    answer = who.get("/procedures")
    assert answer.status_code == 200
    return html.unescape(answer.text)


def told(house: House) -> list[tuple[str, str]]:
    db.session.rollback()
    lines = audit.lines(house.person("dee").centre_id)
    return [(line["deed"], line["facts"]["version"]) for line in lines if line["deed"].startswith("procedure")]


def test_an_empty_register_says_what_to_do_next(house: House, dee: FlaskClient) -> None:
    assert "Add the first one" in page(dee)
    for nick in ("ada", "ben", "ivy"):
        said = page(house.browser(nick))
        assert "Ask your centre’s administrator" in said
        assert "/procedures/new" not in said


def test_what_dee_adds_is_read_by_everybody_and_is_on_record(house: House, dee: FlaskClient) -> None:
    answer = dee.post("/procedures/new", data=COMPLAINTS | {"since": "2026-01-05"})
    assert answer.location == "/procedures"
    (one,) = register(house)
    (line,) = (line for line in audit.lines(one.centre_id) if line["deed"] == "procedure registered")
    assert {name: said for name, said in line["facts"].items() if name != "salt"} == {
        "title": "Complaints procedure", "version": "3.1", "place": "https://harbour.example/complaints",
        "since": "2026-01-05", "follows": None,
    }  # fmt: skip
    for nick in ("ada", "ben"):
        said = page(house.browser(nick))
        assert "5 January 2026" in said
        assert '<a href="https://harbour.example/complaints" rel="noreferrer noopener"' in said
        assert "New version" not in said


def test_a_new_version_takes_the_place_of_the_one_before_and_can_be_undone(house: House, dee: FlaskClient) -> None:
    dee.post("/procedures/new", data=COMPLAINTS)
    (first,) = register(house)
    form = dee.get(f"/procedures/{first.id}/next").text
    assert 'value="Complaints procedure"' in form
    dee.post(f"/procedures/{first.id}/next", data=COMPLAINTS | {"version": "4"})
    (second,) = register(house)
    assert (second.version, second.follows_id) == ("4", first.id)
    assert f"/procedures/{second.id}/take-back" in page(dee), "the message undoes it"
    assert [one.id for one in register(house, ended=True)] == [first.id]
    assert dee.post(f"/procedures/{first.id}/resume").status_code == 409, "its place is taken"
    late = dee.post(f"/procedures/{first.id}/next", data=COMPLAINTS | {"version": "5"})
    assert (late.status_code, "was ended meanwhile" in late.text, 'value="5"' in late.text) == (422, True, True)
    dee.post(f"/procedures/{second.id}/take-back")
    assert [one.version for one in register(house)] == ["3.1"]
    assert told(house) == [
        ("procedure registered", "3.1"), ("procedure ended", "3.1"), ("procedure registered", "4"),
        ("procedure ended", "4"), ("procedure resumed", "3.1"),
    ]  # fmt: skip


def test_one_is_ended_and_put_back_each_once(house: House, dee: FlaskClient) -> None:
    dee.post("/procedures/new", data=COMPLAINTS)
    (one,) = register(house)
    for deed in ("end", "end", "resume", "resume", "end"):
        assert dee.post(f"/procedures/{one.id}/{deed}").location == "/procedures"
    assert [deed for deed, _ in told(house)] == [
        "procedure registered", "procedure ended", "procedure resumed", "procedure ended",
    ]  # fmt: skip
    assert "Ended (1)" in page(dee)
    dee.post("/procedures/new", data=COMPLAINTS)
    answer = dee.post(f"/procedures/{one.id}/resume")
    assert (answer.status_code, "was registered anew" in answer.text) == (409, True)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"title": " "}, "Give its title"),
        ({"title": "\u200b"}, "Give its title"),
        ({"version": ""}, "Give its version"),
        ({"title": "x" * 201}, "200"),
        ({"version": " 3.1 ", "title": "COMPLAINTS  PROCEDURE"}, "is in the register already"),
    ],
)
def test_what_cannot_be_registered_comes_back_with_a_sentence(
    house: House, dee: FlaskClient, said: dict[str, str], sentence: str
) -> None:
    dee.post("/procedures/new", data=COMPLAINTS)
    answer = dee.post("/procedures/new", data=COMPLAINTS | {"place": "in the binder"} | said)
    assert (answer.status_code, sentence in html.unescape(answer.text)) == (422, True)
    assert 'value="in the binder"' in answer.text
    assert len(register(house)) == 1


def test_another_centre_neither_reads_nor_changes_it(house: House, dee: FlaskClient) -> None:
    dee.post("/procedures/new", data=COMPLAINTS)
    (one,) = register(house)
    dot = house.browser("dot")
    assert "Complaints" not in page(dot)
    assert dot.get(f"/procedures/{one.id}/next").status_code == 404
    for deed in ("next", "end", "resume", "take-back"):
        assert dot.post(f"/procedures/{one.id}/{deed}", data=COMPLAINTS).status_code == 404
    assert register(house)[0].ended_at is None
