"""Reports and packs print the claimed words of an office file, and name each that was changed."""

import io
import json
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import text

from exports import verify
from exports.document import report
from exports.facts.canonical import canonical
from exports.facts.snapshot import facts_of, log_check
from portfolio.evidence.models import Evidence
from portfolio.evidence.places.locators import Page
from portfolio.foundation.db import db, transaction
from tests.evidence.formats import offices
from tests.evidence.office.test_claims_in_office_files import TAG
from tests.evidence.pages import papers
from tests.evidence.pages.test_claims_on_pages import words_on
from tests.exports.making.proof import packed
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("induction")]


@pytest.fixture
def induction(house: House) -> Evidence:
    """A presentation of which words on slide 2 are claimed, and a register of which a sheet is, and handed in."""
    ada, points = house.person("ada"), house.enrolment().edition.points
    slides = papers.item(ada, offices.induction(), name="induction.pptx")
    register = papers.item(ada, offices.complaints(), name="complaints.xlsx")
    deeds.claim(slides, words_on(slides, 2, TAG), points[:1], "The check.")
    deeds.claim(register, Page(1, papers.file_of(register).sha256), points[1:])
    deeds.hand_in(house.enrolment())
    return slides


def test_the_claimed_words_are_frozen_in_the_same_format_and_bound_to_the_lines_of_their_claims(house: House) -> None:
    plain = json.loads(canonical(facts_of(house.person("ada"))))
    assert plain["format"] == 10
    (page,) = plain["evidence"][0]["files"][0]["pages"]
    assert (page["number"], page["of"], page["width"]) == (2, 2, 0)
    assert page["text"].startswith("Slide 2\nWorking at height\n" + TAG)
    assert "label" not in json.dumps(plain["claims"])
    assert verify.against_log(plain, Counter()) == []
    assert list(log_check.differing(house.person("ada"), Counter())) == []
    quoting = next(one for one in plain["claims"] if one["locator"].get("quote"))
    quoting["locator"]["quote"]["exact"] = "Never mind the tag."
    assert any("does not say “Never mind the tag.”" in str(fault) for fault in verify.against_log(plain, Counter()))


def test_whoever_changes_a_claimed_slide_is_found(house: House) -> None:
    with transaction():
        db.session.execute(text("UPDATE file_page SET text = replace(text, 'before', 'after') WHERE number = 2"))
    db.session.expire_all()
    assert list(log_check.differing(house.person("ada"), Counter())) != []


def test_the_report_prints_the_words_and_what_they_are_called_in_both_languages(house: House) -> None:
    facts = facts_of(house.person("ada"))
    drawn = report.render(facts)
    assert "Slide 2 of induction.pptx, as read by machine" in drawn
    assert f'<mark class="passage">{TAG}</mark>' in drawn
    assert "Sheet ‘Complaints’ of complaints.xlsx, as read by machine" in drawn
    assert "Its cells are shown as text, as read by machine" in drawn
    assert 'src="picture:' not in drawn
    with transaction():
        house.person("ada").centre.language = "cy"
    welsh = report.render(facts_of(house.person("ada")))
    assert "Sleid 2 o induction.pptx, fel y’i darllenwyd gan beiriant" in welsh
    assert "Taflen ‘Complaints’ o complaints.xlsx" in welsh


def test_report_pack_and_start_here_hold_the_words_and_verify(house: House, tmp_path: Path) -> None:
    whole = packed(house)
    (tmp_path / "pack.zip").write_bytes(whole)
    with zipfile.ZipFile(io.BytesIO(whole)) as pack:
        top = pack.namelist()[0].partition("/")[0]
        words = [name for name in pack.namelist() if "/data/pages/" in name]
        assert [name.rpartition("-page-")[2] for name in words] == ["2.txt", "1.txt"]
        assert TAG in pack.read(words[0]).decode()
        rows = json.loads(pack.read(f"{top}/data/records/pages.json"))
        assert [(row["number"], row["of"], row["width"]) for row in rows] == [(2, 2, 0), (1, 2, 0)]
        start = pack.read(f"{top}/data/START-HERE.html").decode()
        assert TAG in start
        assert "slide 2" in start
        (tmp_path / "report.pdf").write_bytes(
            pack.read(next(name for name in pack.namelist() if "/data/reports/" in name))
        )
    pages = papers.words_in(tmp_path / "report.pdf")
    assert "slide 2, as read by machine" in pages
    assert TAG in pages
    assert "I served it again at 75 °C." in pages
