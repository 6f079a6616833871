"""The centre's logo on the first page: small, of its own shape, told to those who do not see it, on every paper."""

import io
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import numpy as np
import pikepdf
import pytest
from PIL import Image

from exports.document import report
from exports.document.sheet import Paper
from exports.editions import editing
from exports.editions.look import Look, ReportEdition
from exports.facts.frozen import Facts
from exports.typesetting import pdf
from exports.typesetting.joining import counted
from tests.exports.samples.facts import FACTS, PICTURES
from tests.exports.samples.tricky_facts import crowded, five_units, spoken
from tests.exports.typesetting.test_pdf import faults

pytestmark = pytest.mark.slow

MILLIMETRE = 72 / 25.4
SHAPES = {"wide": (1200, 300), "square": (400, 400), "upright": (125, 400), "a line": (1200, 12), "tiny": (24, 8)}


def drawn(size: tuple[int, int]) -> bytes:
    """A picture that no other is like."""
    out = io.BytesIO()
    Image.new("RGB", size, (size[0] % 256, 40, 90)).save(out, "PNG")
    return out.getvalue()


LOGOS = {name: drawn(size) for name, size in SHAPES.items()}
SHELF = PICTURES | {sha256(content).hexdigest(): content for content in LOGOS.values()}


def bearing(facts: Facts, name: str) -> Facts:
    return replace(facts, centre=replace(facts.centre, logo=sha256(LOGOS[name]).hexdigest()))


def printed(facts: Facts, look: Look) -> bytes:
    """An edition of these facts, as typeset."""
    edition = editing.edited(facts, look, SHELF.__getitem__)
    recipe = editing.recipe(edition, SHELF.__getitem__)
    return pdf.typeset(recipe.render(edition.facts), pictures=recipe.drawing(SHELF))


def pictures(content: bytes) -> list[tuple[tuple[int, int], tuple[float, float]]]:
    """Pixels of each picture on the first page, and how wide and high it is there, in millimetres."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return list(_pictures(document.pages[0], np.eye(3)))


def _pictures(drawing: Any, matrix: Any) -> Iterator[tuple[tuple[int, int], tuple[float, float]]]:
    things, kept = drawing.Resources.get("/XObject", {}), []
    for operands, operator in pikepdf.parse_content_stream(drawing):
        match str(operator):
            case "q":
                kept.append(matrix)
            case "Q":
                matrix = kept.pop()
            case "cm":
                a, b, c, d, e, f = map(float, operands)
                matrix = np.array([[a, b, 0], [c, d, 0], [e, f, 1]]) @ matrix
            case "Do" if things[str(operands[0])].Subtype == "/Image":
                thing = things[str(operands[0])]
                width, height = (float(np.hypot(*row[:2])) / MILLIMETRE for row in matrix[:2])
                yield (int(thing.Width), int(thing.Height)), (width, height)
            case "Do":
                yield from _pictures(things[str(operands[0])], matrix)


def told(content: bytes) -> list[str]:
    """The alternative words of the figures, in the document's order of objects."""
    with pikepdf.open(io.BytesIO(content)) as document:
        things = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
        return [str(thing.Alt) for thing in things if thing.get("/S") == "/Figure" and "/Alt" in thing]


@pytest.mark.parametrize("name", SHAPES)
def test_a_logo_of_any_shape_is_small_and_keeps_its_shape(name: str) -> None:
    ((pixels, (width, height)),) = pictures(pdf.typeset(report.render(bearing(FACTS, name)), pictures=SHELF))
    assert pixels == SHAPES[name]
    assert width <= 42.01
    assert height <= 14.01
    assert width / height == pytest.approx(pixels[0] / pixels[1], rel=0.02)


@pytest.mark.parametrize(
    "look",
    [Look(), *map(Look, (ReportEdition.SUMMARY, ReportEdition.LEARNER, ReportEdition.REDACTED)),
     Look(paper=Paper("Letter")), Look(paper=Paper(large=True)), Look(ReportEdition.SUMMARY, paper=Paper(large=True))],
    ids=["full", "summary", "learner", "redacted", "letter", "large print", "summary in large print"],
)  # fmt: skip
def test_every_edition_and_paper_bears_it_with_the_centres_name_and_conforms(look: Look) -> None:
    content = printed(bearing(FACTS, "wide"), look)
    ((pixels, (_, height)),) = pictures(content)
    assert pixels == SHAPES["wide"]
    assert height <= 14.01
    assert FACTS.centre.name in told(content)
    assert faults(content) == []


def test_a_centre_without_one_has_no_picture_there() -> None:
    content = printed(FACTS, Look())
    assert pictures(content) == []
    assert FACTS.centre.name not in told(content)


def test_the_longest_cover_has_no_page_more_for_it() -> None:
    counts = {counted(printed(facts, Look())) for facts in (crowded(), bearing(crowded(), "square"))}
    assert len(counts) == 1


@pytest.mark.parametrize("large", [False, True])
def test_a_summary_has_two_pages_with_it_too(large: bool) -> None:
    look = Look(ReportEdition.SUMMARY, paper=Paper(large=large))
    for facts in (five_units(), crowded()):
        assert counted(printed(bearing(facts, "square"), look)) <= 2


def test_it_is_told_by_the_centres_name_in_a_report_in_welsh() -> None:
    content = printed(bearing(spoken(FACTS, "cy"), "wide"), Look())
    assert FACTS.centre.name in told(content)


def test_another_logo_is_another_report() -> None:
    names = {report.report_id(facts) for facts in (FACTS, bearing(FACTS, "wide"), bearing(FACTS, "square"))}
    assert len(names) == 3
