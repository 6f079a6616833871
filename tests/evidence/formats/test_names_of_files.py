"""A file is kept whatever it is called, under a name that harms neither a page nor a disk."""

import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from exports.facts.names import safe
from tests.evidence.formats.sending import arrived
from tests.fixtures.cast import House

NAMES = tomllib.loads(Path(__file__).with_name("names.toml").read_text())["names"]
LONG = "é" * 296 + ".jpg"
"""Three hundred characters."""


@pytest.fixture
def ada(house: House) -> FlaskClient:
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house.browser("ada")


@pytest.mark.parametrize("row", NAMES, ids=lambda row: ascii(row["sent"]))
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_name_is_kept_as_far_as_it_does_no_harm(ada: FlaskClient, row: dict[str, str]) -> None:
    file = arrived(ada, row["sent"])
    assert file.name == row["kept"]
    assert safe(file.name) == row.get("packed", row["kept"])
    disposition = ada.get(f"/files/{file.id}/original").headers["Content-Disposition"]
    assert disposition.startswith("attachment; ")
    assert unquote(disposition.rpartition("''")[2]) == row["kept"] or row["kept"] in disposition.replace("\\", "")


def test_a_name_of_three_hundred_signs_keeps_its_end_and_one_that_is_missing_is_file(ada: FlaskClient) -> None:
    """On PostgreSQL too, which refuses what is longer than its column."""
    assert arrived(ada, LONG).name == LONG[-255:]
    assert len(safe(LONG).encode()) <= 100
    assert safe(LONG).endswith(".jpg")
    assert arrived(ada, None).name == "file"


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_page_shows_names_as_text(ada: FlaskClient) -> None:
    harmful = [row for row in NAMES if set(row["sent"]) & set("<&\u202e\u200f;😀")]
    files = [arrived(ada, row["sent"]) for row in harmful]
    kept = [file.name for file in files]
    form = {"title": "Names", "received": " ".join(str(file.id) for file in files)}
    answer = ada.post("/evidence/new/work-product", data=form)
    assert answer.status_code == 302
    page = ada.get(answer.location).text
    assert [name for name in kept if str(escape(name)) not in page] == []
    assert "<b>&amp;\"'" not in page
