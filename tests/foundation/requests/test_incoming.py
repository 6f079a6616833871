"""What browsers send: no text upsets the database or turns the direction of others' words, wherever it stands."""

from base64 import b64encode
from io import BytesIO

import pytest

from portfolio.evidence.queries import items_of, latest
from portfolio.foundation.db import db
from portfolio.people import queries
from tests.fixtures.cast import House

ODD = "\x00Kett\u202ele\x08"


@pytest.fixture
def odd(house: House) -> House:
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house


@pytest.mark.parametrize(
    ("nick", "address"),
    [
        ("dee", "/people?q=%00&role=%00"),
        ("dee", "/people?q%00=Ada"),
        ("dee", "/learners?q=A%00da"),
        ("ben", "/marking?q=%00&unit=%00&state=%00"),
        ("ada", "/evidence/new/account%00"),
        ("ada", "/uploads/%00"),
        ("", "/join/%00%E2%80%AE"),
        ("", "/sign-in?next=%00"),
        ("", "/static/%00.css"),
    ],
)
def test_no_address_with_what_no_person_types_is_a_fault(odd: House, nick: str, address: str) -> None:
    assert odd.browser(nick).get(address).status_code < 500


def test_a_form_is_read_without_what_no_person_types(odd: House) -> None:
    fields = {"title": ODD, "text": f"{ODD} one\r\ntwo", "context": ODD, "happened_on": "\x00", "received": "\x00"}
    answer = odd.browser("ada").post("/evidence/new/account", data=fields | {"based_on": "\x00", "\x00": "\x00"})
    assert answer.status_code == 302
    db.session.rollback()
    version = latest(items_of(odd.person("ada").id)[0].evidence)
    assert (version.title, version.context, version.text) == ("Kettle", "Kettle", "Kettle one\ntwo")


def test_a_file_keeps_its_name_in_its_own_script_and_loses_what_turns_it(odd: House) -> None:
    ada = odd.browser("ada")
    files = {"title": "Kettle", "uploads": (BytesIO(b"words"), "Küche\u202egnp\x00 نامه\u200cها.txt")}
    assert ada.post("/evidence/new/work-product", data=files).status_code == 302
    metadata = "filename " + b64encode("C:\\x\\Ke\x00tt\nle\u202e.txt".encode()).decode()
    tus = {"Tus-Resumable": "1.0.0", "Upload-Length": "1", "Upload-Metadata": metadata}
    assert ada.post("/uploads", headers=tus).status_code == 201
    db.session.rollback()
    names = {item.version.files[0].name for item in items_of(odd.person("ada").id)}
    assert names == {"Küchegnp نامه\u200cها.txt"}
    assert db.session.scalars(db.text("SELECT name FROM upload")).all() == ["Kettle.txt"]


@pytest.mark.parametrize("kind", ["form", "json"])
def test_sign_in_is_refused_plainly(odd: House, kind: str) -> None:
    said = {"email": "\x00ada\ud800@house.example", "password": "\x00"}
    sent = {"json": said} if kind == "json" else {"data": said | {"email": "\x00ada@house.example"}}
    assert odd.browser().post("/sign-in", **sent).status_code < 500  # type: ignore[arg-type]


def test_a_person_is_registered_under_a_clean_name(odd: House) -> None:
    fields = {
        "name": "Kem\x00al\u202d Demir",
        "email": "kemal@house.example",
        "roles": "learner",
        "number": "\x00",
        "work": ODD,
    }
    assert odd.browser("dee").post("/people/new", data=fields).status_code == 302
    db.session.rollback()
    person = queries.person_by_email("kemal@house.example")
    assert person is not None
    assert (person.name, person.number, person.work) == ("Kemal Demir", "", "Kettle")
