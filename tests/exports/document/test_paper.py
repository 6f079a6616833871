"""The report on every paper and in every language we have: whole, legible, well broken, and tied together by links."""

import io
import re
from itertools import groupby, pairwise

import page
import pikepdf
import pytest
from PIL import Image

from exports.document.sheet import Paper
from exports.facts.frozen import ClaimFacts
from portfolio.evidence.places.locators import Passage
from tests.exports.document import finished, pictures, printed
from tests.exports.document.test_report import with_text
from tests.exports.samples import editions as sample_editions
from tests.exports.samples.facts import FACTS
from tests.exports.samples.tricky_facts import SHAPES, claimed_everywhere, photographed, spoken
from tests.exports.typesetting import verapdf
from tests.exports.typesetting.test_pdf import HOSTILE

pytestmark = pytest.mark.slow

PROFILES = page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1
RUNNING = 70
"""Points at the head and at the foot of a page that belong to the running heads."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("papers")


def kept(folder, name, content):
    path = folder / f"{name}.pdf"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("paper", printed.PAPERS)
def test_every_paper_conforms_and_every_page_has_its_size(paper):
    content = printed.on(paper)
    found = [str(fault) for profile in PROFILES for fault in page.validate_pdf_bytes(content, profile=profile).failures]
    with pikepdf.open(io.BytesIO(content)) as document:
        sizes = {tuple(round(float(edge)) for edge in sheet.MediaBox[2:]) for sheet in document.pages}
    assert found == []
    assert sizes == {(612, 792) if "Letter" in paper else (595, 842)}


@pytest.mark.slow
def test_verapdf_finds_no_fault_in_any_edition_and_names_what_is_wrong_in_a_spoilt_one(folder):
    files = {
        "five units": printed.long(),
        "hostile": printed.typeset(spoken(with_text(HOSTILE), "cy"), Paper("Letter", large=True)),
        **{name: sample_editions.sample(name) for name in sample_editions.CONFORMING},
        "spoilt": spoilt(printed.on("A4")),
    }
    found = verapdf.verdicts(kept(folder, name, content) for name, content in files.items())
    assert [(verdict.file, verdict.profile) for verdict in found] == [
        (f"{name}.pdf", profile) for name in files for profile in verapdf.PROFILES
    ]
    *sound, archive, access = found
    assert [(verdict.file, verdict.faults) for verdict in sound if verdict.faults] == []
    assert all(verdict.checks > (2_000 if verdict.file == "summary.pdf" else 20_000) for verdict in sound)
    assert any("6.2.4.3" in fault for fault in archive.faults)
    assert any("7.1-" in fault for fault in access.faults)


def spoilt(content):
    """Without its structure and without the meaning of its colours."""
    with pikepdf.open(io.BytesIO(content)) as document:
        del document.Root.StructTreeRoot, document.Root.OutputIntents
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def test_no_letter_of_large_print_is_smaller_than_16_points(folder):
    found = printed.lines(kept(folder, "large", printed.on("large print")))
    assert len(found) > 500
    assert {line for line in found if line.size < 16} == set()


@pytest.mark.parametrize("report", ["five units", *printed.PAPERS])
def test_no_heading_stands_alone_at_the_foot_of_a_page_and_no_page_is_left_nearly_empty(folder, report):
    content = printed.long() if report == "five units" else printed.on(report)
    file = kept(folder, "breaks", content)
    height = 792 if "Letter" in report else 842
    pages = {
        number: [line for line in lines if RUNNING < line.top < height - RUNNING]
        for number, lines in groupby(printed.lines(file), key=lambda line: line.page)
    }
    last = [max(lines, key=lambda line: line.top) for lines in pages.values()]
    largest = 19 if "large" in report else 12
    headings = [line for line in last if line.colour in ("#0a3f38", "#0b5d52") and line.size > largest]
    emptiest = min(last[1:-1], key=lambda line: line.top)
    assert headings == []
    assert emptiest.top > height / 2, emptiest


@pytest.mark.parametrize("paper", [Paper(), Paper(large=True)], ids=["A4", "large print"])
def test_a_photo_of_any_shape_can_be_read_and_is_not_so_high_that_a_page_ends_in_a_hole_before_it(folder, paper):
    file = kept(folder, f"photos {paper.large}", printed.typeset(photographed(), paper))
    rows = [row.split() for row in finished.read_by("pdfimages", "-list", str(file)).splitlines()[2:]]
    sizes = [[int(row[at]) / int(row[at + 9]) * 25.4 for at in (3, 4)] for row in rows if int(row[4]) > 400]
    assert [round(width / height, 1) for width, height in sizes] == [round(wide / high, 1) for wide, high in SHAPES]
    assert all(width <= 122 and height <= (92 if paper.large else 78) for width, height in sizes)
    assert all(width >= 34 and width * height > 2_500 for width, height in sizes), "square millimetres"
    white = [line for line in printed.lines(file) if line.colour == "#ffffff" and line.words in "123456"]
    assert [line.words for line in white] == list("123456")
    assert all(line.size >= (16 if paper.large else 8) for line in white), white


def test_a_welsh_document_says_so_and_says_which_of_its_words_are_english():
    with pikepdf.open(io.BytesIO(printed.on("Letter"))) as document:
        things = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary)]
        said = {str(thing.Lang) for thing in things if "/Lang" in thing}
        assert document.Root.Lang == "cy"
    assert said == {"cy", "en-GB"}


@pytest.fixture(scope="module")
def document():
    with pikepdf.open(io.BytesIO(printed.on("A4"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def places(document):
    """Name of a destination → its page, and how far from the left and from the foot."""
    pages = {sheet.objgen: number for number, sheet in enumerate(document.pages)}
    names = pikepdf.NameTree(document.Root.Names.Dests)
    return {name: (pages[spot[0].objgen], float(spot[2]), float(spot[3])) for name, spot in names.items()}


def links(document, target):
    """Where the links to one destination lie: page, left edge and upper edge."""
    return [
        (number, float(link.Rect[0]), float(max(link.Rect[1], link.Rect[3])))
        for number, sheet in enumerate(document.pages)
        for link in sheet.get("/Annots", [])
        if str(link.get("/Dest", "")) == target
    ]


@pytest.mark.parametrize("claim", FACTS.claims, ids=lambda claim: claim.number)
def test_the_number_of_a_claim_leads_from_the_sheet_to_its_place_and_back(document, places, claim):
    there, back = places[f"place-{claim.number}"], places[f"claim-{claim.number}"]
    assert any(near(link, back) for link in links(document, f"place-{claim.number}"))
    assert any(near(link, there) for link in links(document, f"claim-{claim.number}"))
    if isinstance(claim.locator, Passage):
        assert min(left for number, left, _ in links(document, f"claim-{claim.number}") if number == there[0]) < 165


def near(link, place):
    """Whether a link lies on the line that a destination names."""
    return link[0] == place[0] and abs(link[2] - place[2]) < 20


@pytest.mark.parametrize("judgement", FACTS.judgements, ids=lambda judgement: judgement.id)
def test_a_verdict_leads_to_its_judgement_and_the_judgement_to_its_point(document, places, judgement):
    point = f"point-{judgement.unit}-{judgement.point}"
    leads = [near(link, places[point]) for link in links(document, f"judgement-{judgement.id}")]
    assert leads == ([True] if judgement.current else [])
    assert any(near(link, places[f"judgement-{judgement.id}"]) for link in links(document, point))


def test_beside_every_marked_passage_stand_the_points_that_it_serves(folder):
    served = {served_by(claim) for claim in FACTS.claims if isinstance(claim.locator, Passage)}
    margin = [line.words for line in printed.lines(kept(folder, "margin", printed.on("A4"))) if line.left < 165]
    assert served <= set(margin)


def served_by(claim: ClaimFacts) -> str:
    return f"{claim.unit}/{claim.point}"


@pytest.mark.parametrize("paper", [Paper(), Paper(large=True)], ids=["A4", "large print"])
def test_no_number_in_the_margin_lies_on_another_or_on_the_points_under_it(folder, paper):
    file = kept(folder, f"claimed {paper.large}", printed.typeset(claimed_everywhere(), paper))
    margin = [
        line for line in printed.lines(file) if line.left < 165 and re.fullmatch(r"[\d ]+|CS-\d+/[\d, ]+", line.words)
    ]
    rows = [(one, two) for one, two in pairwise(margin) if one.page == two.page]
    assert len(rows) > 40
    assert [(one, two) for one, two in rows if 0 < two.top - one.top < one.size * 0.85] == []


@pytest.mark.parametrize("report", ["five units", "A4"])
def test_a_running_head_names_what_the_top_of_its_page_belongs_to(folder, report):
    content = printed.long() if report == "five units" else printed.on(report)
    below = list[tuple[str, str]]()
    for _, lines in groupby(printed.lines(kept(folder, "heads", content)), key=lambda line: line.page):
        found = list(lines)
        heads = [line.words for line in found if line.top < RUNNING and line.left > 165]
        begun = [line for line in found if line.colour == "#0b5d52" and line.size in (10, 17) and line.top > 160]
        below += [(head, line.words) for head in heads for line in begun if re.fullmatch(r"E\d+|CS-\d+", line.words)]
    assert len(below) > 5
    assert [(head, words) for head, words in below if words in head.split()] == []


@pytest.mark.parametrize("shot", pictures.SHOTS, ids=lambda shot: shot.name)
def test_the_pictures_in_the_documents_show_the_pages_as_they_are(shot):
    file = pictures.FOLDER / f"{shot.name}.png"
    now = pictures.drawn(printed.on(shot.paper), shot.words)
    with Image.open(file) as kept:
        assert kept.size == now.size
        assert pictures.apart(kept, now) < 1.5, "`python -m tests.exports.document.pictures` draws them anew"
    assert file.stat().st_size <= pictures.MOST


def test_a_page_whose_words_have_moved_is_told_from_its_picture():
    one, other = (pictures.drawn(printed.on("A4"), words) for words in ("Contents", "What happened"))
    assert pictures.apart(one, other) > 3
