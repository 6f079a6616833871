"""Whatever is sent as a logo, what is kept is a small clean PNG; what is no picture is refused and not kept."""

import html
import io
import re
import struct
import zlib
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from PIL import Image

from portfolio.foundation import files
from portfolio.people.rules import LOGO_BYTES
from tests.evidence.files.logos import GREEN, RED, SVG, centre, picture, sends, shown
from tests.fixtures.cast import House

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
PLACE = "49.2N 0.6W"


@pytest.fixture
def dee(house: House) -> FlaskClient:
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house.browser("dee")


def moving(kind: str) -> bytes:
    return picture(kind=kind, save_all=True, append_images=[Image.new("RGB", (640, 200), RED)])


def on_nothing() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (640, 200), (0, 0, 0, 0)).save(out, "PNG")
    return out.getvalue()


def turned() -> bytes:
    """A photo that a telephone took upright, which says where."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, PLACE
    return picture((640, 200), kind="JPEG", exif=exif)


@pytest.mark.parametrize(
    ("content", "size", "colour"),
    [
        (picture(kind="JPEG"), (640, 200), GREEN),
        (picture(kind="WEBP", lossless=True), (640, 200), GREEN),
        (picture(kind="JPEG", mode="CMYK"), (640, 200), GREEN),
        (picture(mode="L"), (640, 200), (74, 74, 74)),
        (picture(mode="P"), (640, 200), GREEN),
        (on_nothing(), (640, 200), (255, 255, 255)),
        (moving("PNG"), (640, 200), GREEN),
        (moving("WEBP"), (640, 200), GREEN),
        (turned(), (125, 400), GREEN),
        (picture((4000, 3000)), (533, 400), GREEN),
        (picture((6000, 500)), (1200, 100), GREEN),
        (picture((3, 2)), (3, 2), GREEN),
    ],
    ids=["JPEG", "WebP", "CMYK", "grey", "palette", "on nothing", "moving PNG", "moving WebP", "turned", "large",
         "long", "tiny"],
)  # fmt: skip
def test_whatever_is_a_picture_is_kept_as_a_small_png_of_its_own_shape_and_nothing_besides(
    house: House, dee: FlaskClient, content: bytes, size: tuple[int, int], colour: tuple[int, int, int]
) -> None:
    assert sends(dee, content).status_code == 302
    kept = shown(dee)
    assert (kept.format, kept.mode, kept.size) == ("PNG", "RGB", size)
    assert max(abs(one - other) for one, other in zip(kept.getpixel((1, 1)), colour, strict=True)) < 14  # type: ignore[arg-type]
    written = files.store().path(centre(house).logo_sha256).read_bytes()
    assert PLACE.encode() not in written
    assert not kept.getexif()
    assert set(chunks(written)) == {b"IHDR", b"IDAT", b"IEND"}
    kept_files = list(files.store().addresses())
    assert kept_files == [centre(house).logo_sha256], "the picture that was sent is not kept"


def chunks(content: bytes) -> Iterator[bytes]:
    """The types of the pieces of a PNG (W3C PNG, section 5.3)."""
    at = 8
    while at < len(content):
        yield content[at + 4 : at + 8]
        at += 12 + int.from_bytes(content[at : at + 4], "big")


def blank(size: tuple[int, int]) -> bytes:
    """A few bytes that are very many pixels."""
    out = io.BytesIO()
    Image.new("1", size).save(out, "PNG")
    return out.getvalue()


def bomb() -> bytes:
    """A few bytes that say that they are 60,000 pixels wide and high."""
    content = bytearray(picture((8, 8), mode="1"))
    content[16:24] = struct.pack(">II", 60_000, 60_000)
    content[29:33] = struct.pack(">I", zlib.crc32(content[12:29]))
    return bytes(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Choose a picture that is whole"),
        (SVG, "Choose a picture that is whole"),
        (b"%PDF-1.7\n1 0 obj\n", "Choose a picture that is whole"),
        (b"<!doctype html><script>alert(1)</script>", "Choose a picture that is whole"),
        (picture(kind="GIF"), "Choose a picture that is whole"),
        (picture(kind="TIFF"), "Choose a picture that is whole"),
        (picture()[:60], "Choose a picture that is whole"),
        (picture()[:24] + bytes(100), "Choose a picture that is whole"),
        (picture((900, 700), kind="JPEG")[:3000], "This picture is damaged"),
        (bomb(), "too many pixels"),
        (blank((20_000, 20_000)), "too many pixels"),
        (picture((5_000, 5_000), kind="WEBP"), "too many pixels"),
        (picture() + bytes(LOGO_BYTES), "5 MB is the most"),
    ],
    ids=["nothing", "SVG", "PDF", "HTML", "GIF", "TIFF", "cut", "damaged", "cut JPEG", "bomb", "wide bomb", "wide WebP",
         "big"],
)  # fmt: skip
def test_what_is_no_picture_or_too_large_is_refused_at_the_field_and_nothing_of_it_is_kept(
    house: House, dee: FlaskClient, content: bytes, sentence: str
) -> None:
    sends(dee, picture())
    logo = centre(house).logo_sha256
    answer = sends(dee, content)
    assert answer.status_code == 422
    assert sentence in re.findall(r'id="picture-error">.*?</p>', html.unescape(answer.text), re.DOTALL)[0]
    assert 'value="Harbour Street"' in answer.text, "what is stated besides is still there"
    assert centre(house).logo_sha256 == logo
    assert list(files.store().addresses()) == [logo]
