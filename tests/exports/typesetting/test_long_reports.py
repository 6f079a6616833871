"""A long report is typeset in parts, and nobody who reads it can tell."""

import io
import os
import re
import subprocess
import sys

import pikepdf
import pytest

from exports.document import report
from exports.making import proof
from exports.typesetting import division, pdf
from tests.exports.document import finished
from tests.exports.samples.facts import FACTS, PICTURES
from tests.exports.typesetting.test_pdf import faults

pytestmark = pytest.mark.slow

PIECE = 12_000
"""Characters of a part: the sample's report in several."""


@pytest.fixture(scope="module")
def parts():
    return division.divided(report.render(FACTS), length=PIECE)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    path = tmp_path_factory.mktemp("long") / "report.pdf"
    html = report.render(FACTS)
    path.write_bytes(pdf.typeset(html, pictures=PICTURES, attachments=proof.attachments(FACTS), length=PIECE))
    return path


@pytest.fixture(scope="module")
def document(printed):
    with pikepdf.open(printed) as opened:
        yield opened


def test_the_report_is_in_several_parts_that_hold_every_word_once(parts):
    whole = report.render(FACTS)
    assert len(parts) > 3
    bodies = "".join(re.search(r"<body[^>]*>(.*)</body>", part.html, re.DOTALL)[1] for part in parts)
    assert words(bodies) == words(re.search(r"<body[^>]*>(.*)</body>", whole, re.DOTALL)[1])


def words(html):
    return re.sub(r"<[^>]*>", " ", html).split()


def test_the_joined_report_conforms_to_pdf_a_3a_and_pdf_ua_1(printed):
    assert faults(printed.read_bytes()) == []


def test_qpdf_finds_no_fault(printed):
    assert "No syntax or stream encoding errors found" in finished.read_by("qpdf", "--check", str(printed))


def test_pages_are_numbered_through_and_the_last_is_known_on_the_first(document, printed):
    said = re.findall(r"Page (\d+) of (\d+)", finished.text_of(printed))
    count = len(document.pages)
    assert [int(page) for page, _ in said] == list(range(count - len(said) + 1, count + 1))
    assert {int(of) for _, of in said} == {count}


def test_running_heads_go_on_from_part_to_part(document, printed):
    for number in range(2, len(document.pages) + 1):
        assert FACTS.learner.name in finished.read_by(
            "pdftotext", "-f", str(number), "-l", str(number), str(printed), "-"
        )


def test_the_contents_name_the_pages_on_which_the_titles_stand(document, printed):
    with document.open_outline() as outline:
        standing = {item.title: page_of(document, item) for item in outline.root}
    contents = finished.read_by("pdftotext", "-f", "2", "-l", "2", "-layout", str(printed), "-")
    for title in ("The evidence", "Event log", "Words in this report", "How to verify this report"):
        assert re.search(rf"{title}\s+{standing[title]}\n", contents), (title, standing[title])


def page_of(document, item):
    return [page.obj.objgen for page in document.pages].index(item.destination[0].objgen) + 1


def test_every_link_leads_to_a_place_that_there_is(document):
    links = [link for sheet in document.pages for link in sheet.get("/Annots", [])]
    names = {bytes(name) for name in list(document.Root.Names.Dests.Names)[::2]}
    assert {bytes(link.Dest) for link in links if "/Dest" in link} <= names
    assert not [link for link in links if "/A" in link]
    for claim in FACTS.claims:
        assert {f"place-{claim.number}".encode(), f"claim-{claim.number}".encode()} <= {bytes(x.Dest) for x in links}


def test_the_bookmarks_are_those_of_the_undivided_report(document):
    with pikepdf.open(io.BytesIO(finished.unsigned())) as whole:
        assert titles(document) == titles(whole)


def titles(document):
    with document.open_outline() as outline:
        return [(item.title, [child.title for child in item.children]) for item in outline.root]


def test_every_tag_of_the_undivided_report_is_there_and_knows_its_page(document):
    tree = document.Root.StructTreeRoot
    owners = list(tree.ParentTree.Nums)
    assert owners[::2] == list(range(len(owners) // 2))
    for sheet in document.pages:
        told = owners[int(sheet.StructParents) * 2 + 1]
        assert all(owner.get("/Pg", sheet.obj).objgen == sheet.obj.objgen for owner in told)
    with pikepdf.open(io.BytesIO(finished.unsigned())) as whole:
        assert shapes(tree.K[0]) == shapes(whole.Root.StructTreeRoot.K[0])


def shapes(element):
    """Headings and figures in the order of reading; where a page ends, other elements begin anew."""
    kind = str(element.get("/S", ""))
    if re.fullmatch("/(H[1-6]|Figure)", kind):
        return [kind]
    kids = [kid for kid in element.get("/K", []) if isinstance(kid, pikepdf.Dictionary)]
    return [shape for kid in kids for shape in shapes(kid)]


def test_the_record_is_attached(document):
    assert set(document.attachments) == {"records.json", "annotations.jsonld", "log.csv"}


ELSEWHERE = """
import os
from hashlib import sha256
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
from exports.document import report
from exports.making import proof
from exports.typesetting import pdf
from tests.exports.samples.facts import FACTS, PICTURES
if __name__ == "__main__":
    html, attached = report.render(FACTS), proof.attachments(FACTS)
    print(sha256(pdf.typeset(html, pictures=PICTURES, attachments=attached, length=%d)).hexdigest())
"""


@pytest.mark.slow
def test_the_same_bytes_come_from_one_processor_in_another_place(printed, tmp_path_factory):
    folder = tmp_path_factory.mktemp("e")  # the address of a socket below it has 108 bytes at most
    (folder / "elsewhere.py").write_text(ELSEWHERE % PIECE)
    assert printed_in(folder, "elsewhere.py") == finished.digest(printed.read_bytes())


def printed_in(folder, script):
    """What a script prints in a clean environment: its own home, time zone, language, hash seed, and no other fonts."""
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "HOME": str(folder),
        "TMPDIR": str(folder), "TZ": "Pacific/Apia", "LC_ALL": "C", "PYTHONHASHSEED": "11",
        "FONTCONFIG_FILE": "/nowhere", "XDG_DATA_HOME": str(folder), "SOURCE_DATE_EPOCH": "1",
    }  # fmt: skip
    run = [sys.executable, script]
    done = subprocess.run(run, env=environment, cwd=folder, capture_output=True, text=True, check=True, timeout=300)
    return done.stdout.strip()
