"""What the centre marks on a photo is gone from every pixel, byte and record of a redacted edition; the rest stays."""

import io
import json
from dataclasses import replace
from hashlib import sha256

import pytest
from PIL import Image, ImageChops, ImageStat

from exports import verify
from exports.editions.covered_areas import COVER, covered, grown, painted
from exports.editions.masking import mark
from exports.editions.redacting import redact
from exports.editions.withholding import Area, Words
from exports.facts.frozen import ClaimFacts, Facts, FileFacts
from portfolio.evidence.places.locators import Region
from tests.exports.samples.editions import FACE, LOOKS, WITH_DESK, everything_in, photos_in, read, sample, text_of
from tests.exports.samples.files import desk

pytestmark = pytest.mark.slow

NUMBER = len(LOOKS["redacted"].withhold)
"""That of the face."""
JACKETS = "#8a4b08", "#284b7a"
DESK = WITH_DESK.evidence[-1]


def opened(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content)) as picture:
        return picture.convert("RGB")


def only(facts: Facts) -> FileFacts:
    (file,) = facts.evidence[-1].files
    return file


@pytest.mark.parametrize("area", [FACE.area, "percent:23.61,13,16.9,37"])
def test_whatever_lies_under_an_area_the_picture_is_the_same(area):
    one, other = (painted(desk(jacket), {NUMBER: area}) for jacket in JACKETS)
    assert one == other


def test_a_smaller_area_lets_the_jacket_be_told():
    """So that the test above is known to see what is left."""
    one, other = (painted(desk(jacket), {NUMBER: "percent:25,13,14,30"}) for jacket in JACKETS)
    assert one != other


def test_all_pixels_of_the_area_on_the_page_have_one_colour_but_for_the_number_and_the_rest_stays():
    (shown,) = map(opened, photos_in(sample("redacted")))
    left, top, right, foot = grown(FACE.area, shown.size)
    middle = (left + right) // 2, (top + foot) // 2
    above, below, beside = (top, middle[1] - 32), (middle[1] + 32, foot), (left, top, middle[0] - 32, foot)
    for strip in ((left, above[0], right, above[1]), (left, below[0], right, below[1]), beside):
        ((_, colour),) = shown.crop(strip).getcolors()
        assert max(abs(one - other) for one, other in zip(colour, rgb(COVER), strict=True)) <= 1
    number = shown.crop((middle[0] - 32, middle[1] - 32, middle[0] + 32, middle[1] + 32))
    assert max(bright for _, bright in number.getextrema()) > 240
    was = opened(desk(JACKETS[0]))
    rest = (right, 0, *was.size)
    assert max(ImageStat.Stat(ImageChops.difference(shown.crop(rest), was.crop(rest))).mean) < 2


def rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def test_the_area_reaches_from_block_to_block_and_not_over_the_edge():
    assert grown("percent:22,10.5,20,40", (900, 675)) == (192, 64, 384, 352)
    assert grown("percent:0,0,100,100", (900, 675)) == (0, 0, 900, 675)


def test_neither_bytes_nor_hashes_of_the_original_and_of_its_copy_are_anywhere_in_the_file():
    file = DESK.files[0]
    copy = read(file.picture.sha256)
    hashes = (file.sha256.encode(), file.picture.sha256.encode())
    pieces = list(everything_in(sample("redacted")))
    assert [piece for piece in pieces if any(each in piece for each in (*hashes, read(file.sha256), copy))] == []
    assert copy not in photos_in(sample("redacted"))


def test_no_metadata_and_no_thumbnail_come_along():
    told = Image.Exif()
    told[0x010E] = "Mrs Okoro at the desk"
    taken = io.BytesIO()
    opened(desk(JACKETS[0])).save(taken, "JPEG", exif=told, icc_profile=b"a profile", comment=b"Mrs Okoro")
    made = painted(taken.getvalue(), {1: FACE.area})
    with Image.open(io.BytesIO(made)) as picture:
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert b"Okoro" not in made


def test_the_list_the_text_and_the_alternative_text_say_which_area_and_why(tmp_path):
    where = "upper left part of the picture (22–42 % from the left, 10.5–50.5 % from the top)"
    said = text_of(sample("redacted"), tmp_path).replace("\u00a0", " ")
    assert f"Area {DESK.ref}, {where} A customer’s face" in said
    assert f"The service desk. Withheld: {where} {mark(NUMBER)}".replace("\u00a0", " ") in said
    listed = next(each for each in attached(sample("redacted")) if isinstance(each, list))
    assert [(each["number"], each["area"]) for each in listed if each["kind"] == "area"] == [(NUMBER, FACE.area)]


def attached(content: bytes) -> list[object]:
    return [json.loads(each) for each in verify.attached(content) if each[:1] in b"[{"]


def test_the_same_photo_under_another_name_or_with_other_metadata_is_covered_too():
    again = replace(DESK.files[0], name="copy.jpg", sha256="c" * 64)
    facts = replace(WITH_DESK, evidence=(replace(WITH_DESK.evidence[0], files=(again,)), *WITH_DESK.evidence[1:]))
    shown = covered(facts, [FACE], read)
    first, last = shown.facts.evidence[0].files[0].picture, only(shown.facts).picture
    assert first.sha256 == last.sha256 in shown.pictures
    assert "c" * 64 not in str(redact(shown.facts, [FACE]).facts)


def test_what_is_named_by_its_hash_is_the_covered_picture():
    shown = covered(WITH_DESK, [FACE], read)
    assert {sha256(content).hexdigest() for content in shown.pictures.values()} == set(shown.pictures)
    assert only(shown.facts).picture.sha256 in shown.pictures
    assert covered(WITH_DESK, [Words("Gwen", "r")], read).facts == WITH_DESK


def test_a_picture_that_cannot_be_had_is_left_out_rather_than_shown():
    def gone(sha256: str) -> bytes:
        raise FileNotFoundError(sha256)

    assert only(covered(WITH_DESK, [FACE], gone).facts).picture is None


def test_a_claim_on_the_covered_area_says_so_and_one_beside_it_does_not():
    file = DESK.files[0].sha256
    claims = tuple(claimed(n, area, file) for n, area in enumerate(["percent:30,20,5,5", "percent:60,20,5,5"], start=1))
    shown = redact(replace(WITH_DESK, claims=claims), [FACE]).facts.claims
    assert [mark(1) in claim.reason for claim in shown] == [True, False]
    assert {claim.locator.file for claim in shown} == {"withheld"}


def claimed(number: int, area: str, file: str) -> ClaimFacts:
    return replace(WITH_DESK.claims[0], number=number, evidence=DESK.ref, locator=Region(area, file), reason="Here")


def test_two_areas_of_one_photo_have_each_its_number():
    chosen = [FACE, Area("desk.jpg", "percent:60,40,10,10", "A card")]
    file = only(redact(covered(WITH_DESK, chosen, read).facts, chosen).facts)
    assert file.picture.alt.count("Withheld: ") == 2
    assert mark(2) in file.picture.alt
