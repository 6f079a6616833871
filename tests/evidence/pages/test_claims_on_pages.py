"""A learner claims pages, areas of pages and words on them; whoever judges sees each at its place."""

import pytest
from flask.testing import FlaskClient

from portfolio.evidence import queries
from portfolio.evidence.models import Evidence
from portfolio.evidence.places import locators
from portfolio.evidence.places.locators import Page, Passage, passage
from portfolio.foundation.db import db
from portfolio.foundation.errors import Refused
from tests.evidence.pages import papers
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow
WORDS = "0.34 ohms"
AREA = "percent:10,8,60,12.5"


@pytest.fixture
def circuit(house: House) -> Evidence:
    return papers.item(house.person("ada"))


def words_on(item: Evidence, page: int, words: str) -> Page:
    """Words on a page of an item's one document."""
    file = papers.file_of(item)
    there = file.words_of(page) or ""
    start = there.index(words)
    return Page(page, file.sha256, quote=passage(there, start, start + len(words)))


def claimed(item: Evidence) -> list[locators.Locator]:
    db.session.rollback()
    return [locators.read(claim.locator) for claim in queries.claims_on(item.id)]


def sends(browser: FlaskClient, item: Evidence, **fields: object) -> int:
    """Send the form of a claim as a browser without a script does; the answer's status."""
    version = papers.version_of(item).number
    address = f"/evidence/{item.id}"
    return browser.post(f"{address}/claims", data={"version": version, **fields}).status_code


def test_a_page_an_area_and_words_are_claimed_by_a_form_without_a_script(house: House, circuit: Evidence) -> None:
    point = house.enrolment().edition.points[0].id
    sha256 = papers.file_of(circuit).sha256
    place = words_on(circuit, 2, WORDS)
    assert place.quote
    ada = house.browser("ada")
    house.app.config["WTF_CSRF_ENABLED"] = False
    assert sends(ada, circuit, points=point, page=3, document=sha256) == 302
    area = {"left": 10, "top": 8, "width": 60, "height": 12.5}
    assert sends(ada, circuit, points=point, page=1, document=sha256, **area) == 302
    start, end = place.quote.start, place.quote.end
    assert sends(ada, circuit, points=point, page=2, file=sha256, start=start, end=end) == 302
    assert set(claimed(circuit)) == {Page(3, sha256), Page(1, sha256, AREA), place}


@pytest.mark.parametrize(
    "fields",
    [
        {"page": 4},
        {"page": 0},
        {"page": 1, "left": 50, "top": 0, "width": 60, "height": 10},
        {"page": 1, "left": 50, "top": 0, "width": 0, "height": 10},
        {"page": 1, "left": 50, "top": 0, "width": 20},
        {"page": 1, "start": 100_000, "end": 100_010},
        {"page": 1, "document": "0" * 64},
    ],
)
def test_what_is_no_place_of_the_document_is_refused(
    house: House, circuit: Evidence, fields: dict[str, object]
) -> None:
    point = house.enrolment().edition.points[0].id
    house.app.config["WTF_CSRF_ENABLED"] = False
    assert sends(house.browser("ada"), circuit, points=point, **fields) == 422
    assert claimed(circuit) == []


def test_words_that_are_not_read_on_that_page_are_refused(house: House, circuit: Evidence) -> None:
    points = house.enrolment().edition.points
    file = papers.file_of(circuit)
    for quote in (Passage("0.35 ohms", 30, 39), Passage("", 5, 5)):
        with pytest.raises(Refused):
            deeds.claim(circuit, Page(2, file.sha256, quote=quote), points[:1])
    assert claimed(circuit) == []


def test_a_place_on_a_page_is_read_as_it_is_written(circuit: Evidence) -> None:
    place = words_on(circuit, 2, WORDS)
    written = locators.write(place)
    assert locators.read(written) == place
    assert written["selector"]["value"] == "page=2"
    assert [one["type"] for one in written["selector"]["refinedBy"]] == ["TextQuoteSelector", "TextPositionSelector"]
    with pytest.raises(ValueError, match="not a place"):
        locators.read({"selector": {"value": "t=0,1", "refinedBy": written["selector"]["refinedBy"]}})


def test_the_assessor_sees_page_area_and_words_at_the_claimed_place(house: House, circuit: Evidence) -> None:
    points = house.enrolment().edition.points
    sha256 = papers.file_of(circuit).sha256
    deeds.claim(circuit, words_on(circuit, 2, WORDS), points[:1], "The reading.")
    deeds.claim(circuit, Page(1, sha256, AREA), points[1:2])
    deeds.claim(circuit, Page(3), points[2:])
    assessment = deeds.hand_in(house.enrolment())
    shown = house.browser("ben").get(f"/marking/{assessment.id}").text
    assert '<q class="place-quote">0.34 ohms</q>' in shown
    assert "page 2, as read by machine" in shown
    assert "data-points" in shown
    assert shown.count('class="area"') == 1
    assert "page 1, upper left part (10–70\u00a0% from the left, 8–20.5\u00a0% from the top)" in shown
    id = papers.file_of(circuit).id
    for number in (1, 2, 3):
        assert f"/files/{id}/pages/{number}.jpg" in shown
    assert house.browser("ben").get(f"/files/{id}/pages").status_code == 200


def test_a_page_is_seen_by_whoever_may_see_the_document_and_kept_by_their_own_browser_only(
    house: House, circuit: Evidence
) -> None:
    address = f"/files/{papers.file_of(circuit).id}/pages/1.jpg"
    with house.browser("ada").get(address) as answer:
        assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
        assert answer.headers["Cache-Control"] == "private, max-age=86400"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
    for nick in ("abe", "amy", ""):
        assert house.browser(nick).get(address).status_code in ({404} if nick else {302, 401})
    for missing in ("pages/4.jpg", "pages/0.jpg"):
        assert house.browser("ada").get(address.replace("pages/1.jpg", missing)).status_code == 404
