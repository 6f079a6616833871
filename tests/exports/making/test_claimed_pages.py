"""Reports and packs show the claimed pages of a document, with their areas and words, and nobody can change them."""

import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import text

from exports import verify
from exports.facts.canonical import canonical
from exports.facts.snapshot import facts_of
from portfolio.evidence import operations, queries
from portfolio.evidence.models import Evidence, FilePage
from portfolio.evidence.places.locators import Page
from portfolio.foundation.db import db, transaction
from tests.evidence.pages import papers
from tests.evidence.pages.test_claims_on_pages import AREA, WORDS, words_on
from tests.exports.making.proof import found, packed
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("circuit")]


@pytest.fixture
def circuit(house: House) -> Evidence:
    """A document of which an area of page 1, words on page 2, and page 3 are claimed, and handed in."""
    item = papers.item(house.person("ada"))
    points = house.enrolment().edition.points
    sha256 = papers.file_of(item).sha256
    deeds.claim(item, Page(1, sha256, AREA), points[:1], "The heading.")
    deeds.claim(item, words_on(item, 2, WORDS), points[1:2])
    deeds.claim(item, Page(3, sha256), points[2:])
    return item


@pytest.mark.parametrize("handed_in", [False, True])
def test_the_claimed_pages_are_frozen_and_bound_to_the_lines_of_their_claims(house: House, *, handed_in: bool) -> None:
    if handed_in:
        deeds.hand_in(house.enrolment())
    facts = facts_of(house.person("ada"))
    (item,) = facts.evidence
    assert [page.number for page in item.files[0].pages] == [1, 2, 3]
    assert WORDS in item.files[0].pages[1].text
    assert found(house) == []
    plain = json.loads(canonical(facts))
    assert plain["format"] == 10
    assert verify.against_log(plain, Counter()) == []


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE file_page SET text = replace(text, '0.34', '0.43') WHERE number = 2",
        "UPDATE file_page SET picture_sha256 = replace(picture_sha256, 'a', 'b') WHERE number = 3",
        "UPDATE file_page SET height = height - 1 WHERE number = 3",
        "UPDATE file SET pages = 4 WHERE pages = 3",
        "DELETE FROM file_page WHERE number = 1",
    ],
)
def test_whoever_changes_a_claimed_page_is_found(house: House, change: str) -> None:
    with transaction():
        db.session.execute(text(change))
    assert found(house) != []


def test_a_quote_that_was_changed_is_named(house: House) -> None:
    plain = json.loads(canonical(facts_of(house.person("ada"))))
    quoting = next(one for one in plain["claims"] if one["locator"].get("quote"))
    quoting["locator"]["quote"]["exact"] = "0.43 ohms"
    said = [str(fault) for fault in verify.against_log(plain, Counter())]
    assert any("page 2 does not say “0.43 ohms”" in fault for fault in said)
    page = plain["evidence"][0]["files"][0]["pages"][1]
    page["text"] = page["text"].replace("0.34", "0.43")
    said = [str(fault) for fault in verify.against_log(plain, Counter())]
    assert any("the page as drawn" in fault for fault in said)


def test_a_page_of_which_nobody_made_a_claim_is_not_told(house: House, circuit: Evidence) -> None:
    with transaction():
        for claim in queries.claims_on(circuit.id):
            if claim.locator["selector"]["value"] == "page=3":
                operations.remove_claim(claim, by=house.person("ada"))
    (told,) = facts_of(house.person("ada")).evidence
    assert [page.number for page in told.files[0].pages] == [1, 2]
    assert found(house) == []


def test_the_pack_holds_the_pictures_and_words_of_claimed_pages_and_verifies(house: House, tmp_path: Path) -> None:
    deeds.hand_in(house.enrolment())
    whole = packed(house)
    (tmp_path / "pack.zip").write_bytes(whole)
    with zipfile.ZipFile(io.BytesIO(whole)) as pack:
        names = [name.partition("/")[2] for name in pack.namelist()]
        pictures = [name for name in names if name.startswith("data/pages/")]
        assert [name.rpartition("-page-")[2] for name in pictures] == ["1.jpg", "2.jpg", "3.jpg"]
        top = pack.namelist()[0].partition("/")[0]
        rows = json.loads(pack.read(f"{top}/data/records/pages.json"))
        assert [(row["number"], row["of"]) for row in rows] == [(1, 3), (2, 3), (3, 3)]
        claims = json.loads(pack.read(next(name for name in pack.namelist() if name.endswith(".jsonld"))))["items"]
        quoted = [one for one in claims if "refinedBy" in one["target"]["selector"]]
        assert [one["target"]["selector"]["refinedBy"][0]["exact"] for one in quoted] == [WORDS]
        start = pack.read(f"{top}/data/START-HERE.html").decode()
        assert "0.34 ohms" in start
        report = pack.read(next(name for name in pack.namelist() if "/data/reports/" in name))
    with pikepdf.open(io.BytesIO(report)) as pdf:
        drawn = [image for page in pdf.pages for image in page.get_images().values()]
        sizes = {(int(image.Width), int(image.Height)) for image in drawn}
        page = db.session.query(FilePage).filter_by(number=1).one()
        assert (page.width, page.height) in sizes
