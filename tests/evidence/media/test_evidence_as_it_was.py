"""Whatever a copy does not show of an original is said; what can be shown or played is."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
import pillow_heif
import pytest
from PIL import Image

from portfolio.evidence import media
from portfolio.evidence.media import Prepared

pytestmark = pytest.mark.slow

Prepare = Callable[[Path], Prepared]


@pytest.fixture
def prepare(tmp_path: Path) -> Prepare:
    def made(path: Path) -> Prepared:
        into = tmp_path / "made"
        into.mkdir(exist_ok=True)
        return media.prepare(path, into)

    return made


def said(made: Prepared) -> str:
    """All that people are told of a file."""
    return " ".join([made.note, *made.remarks]).strip()


def pdf(path: Path, pages: int = 5, change: Callable[[pikepdf.Pdf], object] | None = None, **save: object) -> Path:
    """A PDF of written pages."""
    with pikepdf.new() as document:
        for number in range(pages):
            page = document.add_blank_page(page_size=(300, 400))
            text = f"BT /F1 20 Tf 30 200 Td (Page {number}) Tj ET % {number * 'words ' * 90}"
            page.Contents = document.make_stream(text.encode())
        if change:
            change(document)
        document.save(path, **save)
    return path


# ---- documents


def test_a_whole_pdf_needs_no_remark(prepare: Prepare, tmp_path: Path) -> None:
    made = prepare(pdf(tmp_path / "a"))
    assert (made.kind, made.pages, said(made)) == ("document", 5, "")


@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_pdf_that_was_cut_off_is_said_to_be_damaged(prepare: Prepare, tmp_path: Path, part: float) -> None:
    whole = pdf(tmp_path / "a", compress_streams=False).read_bytes()
    (tmp_path / "cut").write_bytes(whole[: int(len(whole) * part)])
    made = prepare(tmp_path / "cut")
    assert made.kind == "document"
    assert "damaged" in said(made)


def test_pages_that_came_out_blank_are_counted(prepare: Prepare, tmp_path: Path) -> None:
    content = bytearray(pdf(tmp_path / "a", compress_streams=False, linearize=False).read_bytes())
    for number in (1, 3):
        at = content.index(b"BT /F1 20 Tf 30 200 Td (Page %d)" % number)
        begin = content.rindex(b"stream", 0, at)
        content[begin - 4 : begin + 6] = b" " * 10
    (tmp_path / "holes").write_bytes(content)
    made = prepare(tmp_path / "holes")
    assert "2 pages of 5 came out blank: 2, 4." in said(made)


@pytest.mark.parametrize(("user", "told"), [("secret", "needs a password"), ("", "locked against changes")])
def test_a_locked_pdf_stays_a_document_and_is_said_to_be_locked(
    prepare: Prepare, tmp_path: Path, user: str, told: str
) -> None:
    made = prepare(pdf(tmp_path / "a", encryption=pikepdf.Encryption(owner="owner", user=user)))
    assert (made.kind, made.media_type) == ("document", "application/pdf")
    assert told in said(made)
    assert bool(made.pages) == (not user)


def commented(document: pikepdf.Pdf) -> None:
    """Three comments: two without an appearance, one with its words beside the page."""
    drawn = pikepdf.Dictionary(N=document.make_stream(b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form))
    marks = [
        pikepdf.Dictionary(Subtype=pikepdf.Name("/" + kind), Rect=[0, 0, 9, 9], Contents=pikepdf.String(words), **more)
        for kind, words, more in (
            ("FreeText", "Good", {}),
            ("Text", "Why?", {}),
            ("Highlight", "Show me", {"AP": drawn}),
            ("Link", "", {}),
        )
    ]
    document.pages[0].Annots = pikepdf.Array([document.make_indirect(mark) for mark in marks])


def acting(document: pikepdf.Pdf) -> None:
    """A form, a script and a file inside."""
    document.Root.AcroForm = pikepdf.Dictionary(Fields=[pikepdf.Dictionary(T=pikepdf.String("name"))])
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.beep()"))
    document.attachments["sums.csv"] = b"1,2"


def test_comments_forms_scripts_and_files_inside_are_said(prepare: Prepare, tmp_path: Path) -> None:
    told = said(prepare(pdf(tmp_path / "a", 1, commented)))
    assert "2 comments in it cannot be shown" in told
    assert "1 comment beside its pages" in told
    told = said(prepare(pdf(tmp_path / "b", 1, acting)))
    for words in ("form of 1 field", "scripts", "1 file inside it"):
        assert words in told


# ---- pictures


def test_a_fax_of_seven_pages_says_that_one_is_shown_and_stands_upright(prepare: Prepare, tmp_path: Path) -> None:
    sheets = [Image.new("1", (1728, 1100), number % 2) for number in range(7)]
    sheets[0].save(tmp_path / "fax", "TIFF", save_all=True, append_images=sheets[1:], dpi=(204, 98))
    made = prepare(tmp_path / "fax")
    assert said(made) == "Page 1 of 7 is shown; the original has all."
    assert (made.width, made.height) == (1728, pytest.approx(2290, abs=2))


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_a_moving_picture_says_so(prepare: Prepare, tmp_path: Path, form: str) -> None:
    frames = [Image.new("RGB", (40, 40), (number * 60, 0, 0)) for number in range(4)]
    frames[0].save(tmp_path / "moves", form, save_all=True, append_images=frames[1:])
    assert "the first of its 4 pictures is shown" in said(prepare(tmp_path / "moves"))


def test_several_photos_in_one_file_are_counted(prepare: Prepare, tmp_path: Path) -> None:
    pillow_heif.register_heif_opener()
    burst = [Image.new("RGB", (64, 64), colour) for colour in ("red", "green", "blue")]
    burst[0].save(tmp_path / "burst", "HEIF", save_all=True, append_images=burst[1:])
    assert "There are 3 pictures in this file" in said(prepare(tmp_path / "burst"))


@pytest.mark.parametrize(("form", "brightest"), [("PNG", 65535), ("TIFF", 65535), ("TIFF", 4095)])
def test_greys_of_sixteen_bits_stay_grey(prepare: Prepare, tmp_path: Path, form: str, brightest: int) -> None:
    ramp = np.tile(np.linspace(0, brightest, 256).astype(np.uint16), (64, 1))
    Image.fromarray(ramp).save(tmp_path / "grey", form)
    made = prepare(tmp_path / "grey")
    assert (made.note, made.width, made.height) == ("", 256, 64)
    with Image.open(made.shown or "") as shown:
        left, middle, right = (shown.convert("L").getpixel((x, 30)) for x in (2, 128, 253))
    assert left < 10 < 118 < middle < 138 < 245 < right


def test_values_without_a_depth_are_scaled_and_that_is_said(prepare: Prepare, tmp_path: Path) -> None:
    Image.fromarray(np.tile(np.linspace(-4e5, 9e5, 256).astype(np.float32), (64, 1))).save(tmp_path / "float", "TIFF")
    made = prepare(tmp_path / "float")
    assert "wider than a screen can show" in said(made)
    with Image.open(made.shown or "") as shown:
        assert shown.convert("L").getpixel((128, 30)) == pytest.approx(128, abs=8)


@pytest.mark.parametrize("mode", ["CMYK", "1", "L", "P", "LA", "RGBA", "LAB"])
def test_every_kind_of_colour_is_shown(prepare: Prepare, tmp_path: Path, mode: str) -> None:
    Image.new(mode, (60, 40)).save(tmp_path / "picture", "TIFF")
    made = prepare(tmp_path / "picture")
    assert (said(made), bool(made.shown)) == ("", True)
