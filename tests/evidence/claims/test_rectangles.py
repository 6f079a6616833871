"""A learner points at a part of a photo, or of a film's picture during some seconds; what lies beyond is refused."""

import io

import pytest

from portfolio.evidence import operations, queries
from portfolio.evidence.arrivals.landing import receive
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import Claim, Evidence, File
from portfolio.evidence.places import locators
from portfolio.evidence.places.locators import Region, Span
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from tests.fixtures import deeds
from tests.fixtures.cast import House

SENT = {
    "desk.jpg": ("image", None),
    "till.jpg": ("image", None),
    "call.wav": ("audio", 42.0),
    "film.mp4": ("video", 42.0),
}


@pytest.fixture
def item(house: House) -> Evidence:
    """Two photos, a sound and a film, as far as claims know them."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    ada = house.person("ada")
    ids = [receive(io.BytesIO(name.encode()), name, by=ada).id for name in SENT]
    with transaction():
        for id, (kind, duration) in zip(ids, SENT.values(), strict=True):
            file = db.session.get_one(File, id)
            file.kind, file.duration, file.prepared, file.width, file.height = kind, duration, "ready", 900, 675
            file.shown_sha256 = file.sha256
        return operations.add(
            Kind.WORK_PRODUCT, compose(Draft("The desk", files=tuple(ids))), learner=ada, by=ada
        )  # fmt: skip


def sha(item: Evidence, name: str) -> str:
    return next(file.sha256 for file in queries.latest(item).files if file.name == name)


def asks(house: House, item: Evidence, sides: str, **more: str) -> int:
    """Ada claims a rectangle, `left top width height`, for the first point; the status of the answer."""
    point = house.enrolment().edition.points[0]
    named = dict(zip(("left", "top", "width", "height"), sides.split(), strict=False))
    answer = house.browser("ada").post(
        f"/evidence/{item.id}/claims", data={"version": "1", "points": str(point.id)} | named | more
    )
    db.session.rollback()
    return answer.status_code


def claimed(item: Evidence) -> list[locators.Locator]:
    return [locators.read(claim.locator) for claim in queries.claims_on(item.id)]


def test_several_rectangles_of_one_photo_are_claimed_and_shown_with_their_numbers(house: House, item: Evidence) -> None:
    desk = sha(item, "desk.jpg")
    assert asks(house, item, "12.04 30 40 20", file=desk) == 302
    assert asks(house, item, "0 0 100 100", photo=desk) == 302
    assert claimed(item) == [Region("percent:12,30,40,20", desk), Region("percent:0,0,100,100", desk)]
    page = house.browser("ada").get(f"/evidence/{item.id}").text
    said = (
        "Claimed in this picture: 1, upper left part (12–52\u00a0% from the left, 30–50\u00a0% from the top); 2, middle"
    )
    assert said in page
    assert '<rect class="area-edge" x="12.0%" y="30.0%" width="40.0%" height="20.0%"/>' in page
    assert page.count('class="area-edge"') == 2


def test_a_photo_may_be_named_by_the_list_that_stands_there_without_a_script(house: House, item: Evidence) -> None:
    page = house.browser("ada").get(f"/evidence/{item.id}").text
    assert f'<option value="{sha(item, "till.jpg")}">till.jpg</option>' in page
    assert asks(house, item, "1 2 3 4", photo=sha(item, "till.jpg"), file="") == 302
    assert claimed(item) == [Region("percent:1,2,3,4", sha(item, "till.jpg"))]


def test_seconds_of_a_film_may_name_a_part_of_its_picture(house: House, item: Evidence) -> None:
    film = sha(item, "film.mp4")
    assert asks(house, item, "60 60 30 30", file=film, begins="10", ends="20") == 302
    (place,) = claimed(item)
    assert place == Span(10.0, 20.0, film, "percent:60,60,30,30")
    assert locators.write(place)["selector"]["value"] == "t=10.0,20.0&xywh=percent:60,60,30,30"
    page = house.browser("ada").get(f"/evidence/{item.id}").text
    assert "Claimed in this film: 1, lower right part (60–90\u00a0% from the left, 60–90\u00a0% from the top)" in page


def test_the_same_seconds_with_and_without_a_part_of_the_picture_are_two_places(house: House, item: Evidence) -> None:
    film = sha(item, "film.mp4")
    for sides in ("60 60 30 30", "", "60 60 30 30"):
        assert asks(house, item, sides, file=film, begins="10", ends="20") == 302
    assert len(claimed(item)) == 2


@pytest.mark.parametrize(
    "sides",
    ["90 10 20 20", "10 90 20 20", "10 10 0 20", "10 10 20 0", "10 10 0.04 20", "-5 10 20 20", "0 0 101 10",
     "nan 0 1 1", "inf 0 1 1", "1e300 0 1 1", "10 10 20", "10", "10 10 -20 20"],
)  # fmt: skip
@pytest.mark.parametrize("name", ["desk.jpg", "film.mp4"])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_what_lies_beyond_the_picture_or_has_no_area_is_refused(
    house: House, item: Evidence, sides: str, name: str
) -> None:
    seconds = {"begins": "1", "ends": "2"} if name == "film.mp4" else {}
    assert asks(house, item, sides, file=sha(item, name), **seconds) == 422
    assert db.session.query(Claim).count() == 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_rectangle_of_another_file_of_a_sound_or_of_no_file_is_refused(house: House, item: Evidence) -> None:
    assert asks(house, item, "1 2 3 4", file="f" * 64) == 422
    assert asks(house, item, "1 2 3 4", file=sha(item, "call.wav")) == 422
    assert asks(house, item, "1 2 3 4", file=sha(item, "film.mp4")) == 422
    assert asks(house, item, "1 2 3 4") == 422
    assert asks(house, item, "1 2 3 4", file=sha(item, "call.wav"), begins="1", ends="2") == 422
    assert claimed(item) == []


def test_a_rectangle_goes_along_with_its_photo_and_comes_loose_without_it(house: House, item: Evidence) -> None:
    desk, ada = sha(item, "desk.jpg"), house.person("ada")
    (claim,) = deeds.claim(item, Region("percent:1,2,3,4", desk), house.enrolment().edition.points[:1])
    files = {file.name: file.id for file in queries.latest(item).files}
    for version, names, loose in ((2, ("desk.jpg",), False), (3, ("till.jpg",), True)):
        with transaction():
            kept = compose(Draft("The desk", files=tuple(files[name] for name in names)))
            operations.save(item, kept, based_on=version - 1, by=ada)
        assert claim.loose == loose
