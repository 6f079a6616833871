"""The printed report passes validators that are not ours, keeps its words and links, and no text stops it or leaks."""

import io
import json
import re
from itertools import combinations

import page
import pikepdf
import pytest

from exports.document import report
from exports.typesetting import pdf
from portfolio.evidence.places.locators import Passage
from tests.exports.document import finished
from tests.exports.document.test_report import with_text
from tests.exports.samples.facts import FACTS, PICTURES
from tests.exports.samples.tricky_facts import crowded, untouched

pytestmark = pytest.mark.slow

PROFILES = page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1
HOSTILE = (
    """# One

###### Six

- a

  > b

    code

<li>orphan</li><table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>

漢字 \U00013000 \u202eevil\u202c e\u0301\u0323 👩\u200d👧 """
    + "w" * 500
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    path = tmp_path_factory.mktemp("report") / "report.pdf"
    path.write_bytes(finished.unsigned())
    return path


def faults(content: bytes) -> list[str]:
    """What the validator finds for the archive and for access."""
    found = [failure for profile in PROFILES for failure in page.validate_pdf_bytes(content, profile=profile).failures]
    return [f"{failure.rule_id}: {failure.message}" for failure in found]


def test_the_report_conforms_to_pdf_a_3a_and_pdf_ua_1():
    assert faults(finished.unsigned()) == []


def test_a_report_of_hostile_text_conforms_as_well():
    html = report.render(with_text(HOSTILE))
    assert faults(pdf.typeset(html, pictures=PICTURES)) == []


@pytest.mark.parametrize(("facts", "most"), [(untouched(0), 5), (untouched(1), 6), (crowded(), 40)])
def test_a_report_of_nothing_and_a_report_of_the_longest_names_conform_as_well(facts, most):
    content = pdf.typeset(report.render(facts), pictures=PICTURES)
    assert faults(content) == []
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages) <= most


def test_the_cover_holds_twelve_units_of_long_titles_and_no_words_lie_over_each_other(tmp_path):
    facts = crowded()
    path = tmp_path / "crowded.pdf"
    path.write_bytes(pdf.typeset(report.render(facts), pictures=PICTURES))
    found = re.findall(r'<word xMin="(.+)" yMin="(.+)" xMax="(.+)" yMax="(.+)">(.*)</word>', cover_of(path))
    boxes = [tuple(map(float, box)) for *box, _ in found]
    middles = [(left, top + (foot - top) * 0.35, right, foot - (foot - top) * 0.35) for left, top, right, foot in boxes]
    assert {unit.code for unit in facts.units} | {report.report_id(facts)} <= {word for *_, word in found}
    assert not [pair for pair in combinations(middles, 2) if lie_over_each_other(*pair)]


def cover_of(path):
    """Every word of the first page with its place."""
    return finished.read_by("pdftotext", "-l", "1", "-bbox", str(path), "-")


def lie_over_each_other(one, other):
    """Whether two boxes (left, top, right, foot) share more than a point of room across and any room down."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 1 and down > 0


def test_a_picture_that_is_gone_leaves_its_words_and_a_report_that_conforms():
    content = pdf.typeset(report.render(FACTS), pictures={})
    assert faults(content) == []


def test_qpdf_finds_no_fault(printed):
    assert "No syntax or stream encoding errors found" in finished.read_by("qpdf", "--check", str(printed))


def test_the_report_is_tagged_and_has_a_title(printed):
    told = finished.read_by("pdfinfo", str(printed))
    assert "Evidence report: Leila Haddad, Level 3 Diploma" in told
    assert next(line for line in told.splitlines() if line.startswith("Tagged:")).endswith("yes")


def test_the_tags_follow_the_order_of_the_pages(printed):
    tags = finished.read_by("pdfinfo", "-struct", str(printed)).split("\n")
    kinds = [line.split()[0].rstrip(":") for line in tags if line.strip()]
    headings = [kind for kind in kinds if kind in ("H1", "H2", "H3")]
    assert headings[:3] == ["H1", "H2", "H2"]
    assert kinds.count("H2") == 2 + len(FACTS.units) + 4
    assert kinds.count("Figure") == 4
    assert "TH" in kinds
    assert "LBody" in kinds
    assert "Link" in kinds


def test_running_heads_are_not_read_aloud():
    with pikepdf.open(pdf_file()) as document:
        inside = b"".join(sheet.Contents.read_bytes() for sheet in document.pages)
        assert inside.count(b"/Artifact") >= 4 * (len(document.pages) - 1)


def test_every_claimed_passage_can_be_found_in_the_text(printed):
    text = finished.text_of(printed)
    for claim in FACTS.claims:
        if isinstance(claim.locator, Passage):
            assert " ".join(claim.locator.exact.split()) in text, claim.number


def test_links_lead_from_the_sheet_to_the_place_and_back():
    with pikepdf.open(pdf_file()) as document:
        targets = {str(link.Dest) for sheet in document.pages for link in sheet.get("/Annots", []) if "/Dest" in link}
        names = set(pikepdf.NameTree(document.Root.Names.Dests))
    assert targets <= names
    for claim in FACTS.claims:
        assert {f"place-{claim.number}", f"claim-{claim.number}"} <= targets


def pdf_file():
    return io.BytesIO(finished.unsigned())


def test_bookmarks_name_units_and_evidence():
    with pikepdf.open(pdf_file()) as document, document.open_outline() as outline:
        titles = [item.title for item in outline.root]
        below = [child.title for item in outline.root for child in item.children]
    assert titles[:2] == ["Contents", "Where each unit stands"]
    assert "E6 Passing the scratched table on to the carrier" in below


def test_the_record_is_attached_and_its_hash_begins_with_the_name_of_the_report():
    with pikepdf.open(pdf_file()) as document:
        files = {name: file.get_file().read_bytes() for name, file in document.attachments.items()}
        kinds = {str(file.AFRelationship) for file in document.Root.AF}
    assert set(files) == {"records.json", "annotations.jsonld", "log.csv"}
    assert kinds == {"/Source", "/Data"}
    assert finished.digest(files["records.json"])[:12] == report.report_id(FACTS)
    assert len(json.loads(files["annotations.jsonld"])["items"]) == len(FACTS.claims)
    assert files["log.csv"].decode("utf-8-sig").count("\r\n") == len(FACTS.events) + 1


def test_a_document_reads_no_file_and_calls_nobody(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the centre's secret")
    html = f"""<html lang="en"><head><title>t</title><link rel="attachment" href="file://{secret}">
    <link rel="stylesheet" href="http://127.0.0.1:9/x.css"></head>
    <body><h1>t</h1><img alt="a" src="file://{secret}"><img alt="b" src="http://127.0.0.1:9/x.png">
    <a rel="attachment" href="file://{secret}">s</a></body></html>"""
    content = pdf.typeset(html, pictures=PICTURES)
    with pikepdf.open(io.BytesIO(content)) as document:
        assert not document.attachments
        inside = b"".join(o.read_bytes() for o in document.objects if isinstance(o, pikepdf.Stream))
    assert b"the centre's secret" not in inside


def test_a_document_that_will_not_end_is_given_up():
    endless = "<p>x" + "<div class=row>" * 9 + "y" + "</div>" * 9
    html = f"<style>.row{{display:flex}}</style>{endless * 6}"
    with pytest.raises(pdf.NotTypeset, match="seconds of processor"):
        pdf.typeset(html, pictures={}, limits=pdf.Limits(cpu=1, wall=60))


def test_a_document_that_wants_too_much_memory_is_given_up():
    html = "<p>" + "word " * 8_000_000
    with pytest.raises(pdf.NotTypeset, match=r"memory|broke down"):
        pdf.typeset(html, pictures={}, limits=pdf.Limits(memory=200_000_000, cpu=60))
