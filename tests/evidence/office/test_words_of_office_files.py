"""The words of files of office programs: in their order, in parts that people can claim, whatever the file does."""

import io
import string
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odfdo import Document

from portfolio.evidence import media
from portfolio.evidence.media import unshown
from portfolio.evidence.media.office import reading
from portfolio.evidence.media.office.dividing import LONGEST, TextBlock, parts
from portfolio.evidence.media.office.kinds import DOCX, ODP, ODS, ODT, PPTX, RTF, XLSX
from tests.evidence.formats import offices

Pages = Callable[[bytes, str], list[str]]
WORDS = st.text(alphabet=string.ascii_letters + "äŵ&<’ ", min_size=1, max_size=40).filter(str.strip)


@pytest.fixture
def pages(tmp_path: Path) -> Pages:
    """The words of each page of a file of this content and media type."""

    def read(content: bytes, media_type: str) -> list[str]:
        path = tmp_path / "sent"
        path.write_bytes(content)
        assert media.sniff(path) == ("document", media_type)
        most = reading.office(path, media_type).pages or 0
        return [page.text for page in reading.pages(path, media_type, tmp_path, range(1, most + 1))]

    return read


def test_a_care_plan_a_register_and_an_induction_are_read_as_they_stand(pages: Pages) -> None:
    (plan,) = pages(offices.care_plan(), DOCX)
    assert plan.split("\n\n") == [
        "Part 1\nCare plan for Joan",
        "Joan likes to wash before breakfast. She chooses her clothes herself.",
        "Day | What I did\nMonday | I checked the water with a thermometer: 38 °C.",
        "Reviewed with her daughter.",
    ]
    assert pages(offices.complaints(), XLSX) == [
        "Sheet ‘Complaints’\nDay | Complaint | What I did\nMonday | Cold soup | I served it again at 75 °C.",
        "Sheet ‘Prices’\nSoup | 4.5",
    ]
    first, second = pages(offices.induction(), PPTX)
    assert first == "Slide 1\nWelcome to the site\nSign in at the gate."
    assert second.split("\n\n") == [
        "Slide 2\nWorking at height\nCheck the tag of the scaffold before you climb.",
        "Notes\nI showed the crew a red tag.",
    ]


def test_open_documents_and_rich_text_are_read_too(pages: Pages) -> None:
    letter = offices.odt("Dear Mr Hughes,", "the roof is tight.", title="Roof", rows=[["Slates", 40]])
    assert pages(letter, ODT) == ["Part 1\nRoof\n\nDear Mr Hughes,\n\nthe roof is tight.\nSlates | 40"]
    assert pages(offices.ods([["Monday", "Ada"], ["", ""], ["Tuesday", "Gwen"]]), ODS) == [
        "Sheet ‘Rota’\nMonday | Ada\nTuesday | Gwen"
    ]
    assert pages(offices.odp("Wash your hands.", "Wear gloves."), ODP) == [
        "Slide 1\nWash your hands.", "Slide 2\nWear gloves."
    ]  # fmt: skip
    assert pages(offices.rtf("Ŵyn served the soup.", "It was hot."), RTF) == [
        "Part 1\nŴyn served the soup.\n\nIt was hot."
    ]


def test_cells_of_a_slide_and_tables_in_tables_come_in_their_order(pages: Pages) -> None:
    assert pages(offices.pptx_table([["Risk", "Measure"], ["Fall", "Rail"]]), PPTX) == [
        "Slide 1\nRisk | Measure\nFall | Rail"
    ]
    inner = offices.table([["low", "high"]])
    for _ in range(4):
        inner = offices.table([["room", inner]])
    (page,) = pages(offices.docx(inner, offices.paragraph("after")), DOCX)
    assert [word for word in page.replace("|", " ").split() if word.isalpha()][1:] == ["room"] * 4 + [
        "low", "high", "after",
    ]  # fmt: skip


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(said=st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=40))
def test_the_text_of_a_document_comes_back_in_order(pages: Pages, said: list[tuple[str, bool]]) -> None:
    made = offices.docx(*(offices.paragraph(words, heading=heading) for words, heading in said))
    read = pages(made, DOCX)
    assert [page.split("\n")[0] for page in read] == [f"Part {number}" for number in range(1, len(read) + 1)]
    back = [line.split() for page in read for line in page.split("\n")[1:] if line.strip()]
    assert back == [words.split() for words, _ in said]


@settings(max_examples=30, deadline=None)
@given(said=st.lists(st.tuples(st.integers(1, 12_000), st.booleans()), max_size=12))
def test_parts_are_bounded_and_hold_every_word(said: list[tuple[int, bool]]) -> None:
    blocks = [TextBlock(("word " * length)[:length].strip() or "w", heading) for length, heading in said]
    made = list(parts(blocks))
    assert all(0 < len(part) <= LONGEST for part in made)
    assert "".join(made).replace(" ", "").replace("\n", "") == "".join(one.words.replace(" ", "") for one in blocks)


def test_a_heading_begins_a_part_where_the_part_before_it_is_full() -> None:
    day = [TextBlock("Monday", is_heading=True), TextBlock("I did this. " * 200), TextBlock("Tuesday", is_heading=True)]
    assert [part.split("\n")[0] for part in parts([*day, TextBlock("I did that.")])] == ["Monday", "Tuesday"]


def test_hidden_slides_are_read_and_said(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(offices.pptx(("Shown", "One", ""), ("", "Two", "")))
    said = reading.office(tmp_path / "sent", PPTX).remarks
    assert "Slides that are hidden in the original are shown too: 2." in said


def test_what_is_too_long_for_a_cell_or_a_slide_is_cut_and_said(pages: Pages, tmp_path: Path) -> None:
    (sheet,) = pages(offices.xlsx({"Log": [["soup " * 900]]}), XLSX)
    assert len(sheet) < 2_100
    said = reading.office(tmp_path / "sent", XLSX).remarks
    assert "Of cells and rows that are longer, the first 2,000 characters are shown." in said
    (slide,) = pages(offices.pptx(("Long", "word " * 5_000, "")), PPTX)
    assert len(slide) == reading.LONGEST_SLIDE
    said = reading.office(tmp_path / "sent", PPTX).remarks
    assert "The words of these slides are too many to be shown whole: 1." in said


def test_comments_are_left_out_and_the_words_after_them_stay(pages: Pages) -> None:
    written = Document(io.BytesIO(offices.odt("Before. After.")))
    paragraph = written.body.get_paragraph(position=0)
    assert paragraph
    paragraph.insert_annotation(after="Before.", body="Is this so?", creator="Ben")
    kept = io.BytesIO()
    written.save(kept)
    assert pages(kept.getvalue(), ODT) == ["Part 1\nBefore. After."]


def test_of_a_million_rows_the_first_are_shown_and_the_rest_is_said(tmp_path: Path) -> None:
    path = tmp_path / "rows"
    path.write_bytes(offices.long_sheet("Calls", 1_000_000))
    made = media.prepare(path, tmp_path)
    assert made.remarks[-1] == (
        "At most 5,000 rows and 100 columns of a sheet are shown; the original has more in sheet ‘Calls’."
    )
    first, *_, last = media.draw_pages(path, tmp_path, range(1, (made.pages or 0) + 1), media_type=XLSX)
    assert first.text.startswith("Sheet ‘Calls’, rows 1–")
    assert last.text.endswith("\n4999")


ENTITY = '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
DEEP = "<w:tbl><w:tr><w:tc>" * 3000 + "</w:tc></w:tr></w:tbl>" * 3000


@pytest.mark.parametrize(
    "content",
    [
        offices.docx("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>", before=f'<!DOCTYPE w [<!ENTITY a "ha ha">{LAUGHS}]>'),
        offices.docx(DEEP),
        offices.docx("<w:p>"),
        offices.induction().replace(b"slide1.xml", b"slide9.xml"),
    ],
    ids=["laughs", "deep", "unclosed", "lost slide"],
)
def test_what_is_built_to_break_a_reader_says_that_its_words_cannot_be_read(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "sent").write_bytes(content)
    made = media.prepare(tmp_path / "sent", tmp_path)
    assert (made.kind, made.pages) == ("document", None)
    assert "cannot be read" in made.note
    assert made.note.endswith("Save it as a PDF and send that too, so that its pages can be seen.")


def test_a_sheet_of_two_cells_as_far_apart_as_can_be_harms_nobody(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "sent")) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "x")
        sheet.write(1_048_575, 16_383, "y")
    assert "cannot be read" in media.prepare(tmp_path / "sent", tmp_path).note


@pytest.mark.parametrize("name", ["word__notes_DOT_dat", "word__NOTES_DOT_XML", "word__media__photo_DOT_png"])
def test_what_would_unpack_to_far_more_is_not_opened_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    (tmp_path / "sent").write_bytes(offices.docx(offices.paragraph("Late"), **{name: bytes(60_000_000)}))
    assert "There is more in this file than can be read here" in media.prepare(tmp_path / "sent", tmp_path).note


def test_pages_beyond_the_longest_text_are_said_to_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sent").write_bytes(offices.induction())
    monkeypatch.setattr(reading, "LONGEST_FILE", 60)
    made = reading.office(tmp_path / "sent", PPTX)
    assert (made.pages, made.remarks[1]) == (
        1,
        "Of the pages of its text, the first 1 are shown; the original has all.",
    )


def test_names_of_sheets_turn_nobodys_words_around(tmp_path: Path) -> None:
    (tmp_path / "sent").write_bytes(offices.xlsx({"Rota": [["a"]], "Wages\u202e": [["b"]]}, hidden=["Wages\u202e"]))
    told = " ".join(reading.office(tmp_path / "sent", XLSX).remarks)
    assert ("Wages" in told, "\u202e" in told) == (True, False)


def test_nothing_outside_the_file_is_read(pages: Pages) -> None:
    (page,) = pages(offices.docx("<w:p><w:r><w:t>before &e; after</w:t></w:r></w:p>", before=ENTITY), DOCX)
    assert "root:" not in page
    assert page.startswith("Part 1\nbefore")


def test_what_would_turn_the_direction_of_others_words_is_left_out(pages: Pages) -> None:
    (page,) = pages(offices.docx(offices.paragraph("safe\u202etxt.exe")), DOCX)
    assert page == "Part 1\nsafetxt.exe"


def test_a_bundle_is_known_by_the_list_of_what_is_in_it(tmp_path: Path) -> None:
    filler = {f"docProps/filler{number}.bin": bytes(7_000) for number in range(5)}
    path = tmp_path / "sent"
    path.write_bytes(offices.docx(offices.paragraph("Late"), **filler))
    assert media.sniff(path) == ("document", DOCX)
    inside = offices.packed({"minutes.docx": offices.care_plan()})
    path.write_bytes(inside)
    assert media.sniff(path) == ("other", "application/zip")
    assert "one by one" in next(unshown.said(path))
