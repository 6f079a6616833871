"""A file is kept whatever it is called, under a name that harms neither a page nor a disk."""

import base64
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from exports.facts.names import safe
from portfolio.evidence.models import File
from portfolio.foundation.db import db
from tests.fixtures.cast import House

NAMES = tomllib.loads(Path(__file__).with_name("names.toml").read_text())["names"]
LONG = "é" * 296 + ".jpg"
"""Three hundred characters."""
PIECE = "application/offset+octet-stream"


@pytest.fixture
def ada(house: House) -> FlaskClient:
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house.browser("ada")


def arrived(who: FlaskClient, name: str | None) -> File:
    """The file that comes of an upload of that name."""
    named = "" if name is None else f"filename {base64.b64encode(name.encode()).decode()}"
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": "4", "Upload-Metadata": named}
    answer = who.post("/uploads", headers=headers, data=b"work", content_type=PIECE)
    assert answer.status_code == 201
    db.session.rollback()
    return db.session.query(File).order_by(File.id.desc()).limit(1).one()


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
def test_the_page_shows_every_name_as_text(ada: FlaskClient) -> None:
    files = [arrived(ada, row["sent"]) for row in NAMES]
    form = {"title": "Names", "files": [str(file.id) for file in files]}
    kept = [file.name for file in files]
    answer = ada.post("/evidence/new/work-product", data=form)
    assert answer.status_code == 302
    page = ada.get(answer.location).text
    assert [name for name in kept if str(escape(name)) not in page] == []
    assert "<b>&amp;\"'" not in page
