"""Every edition is signed, holds up to the verifier, conforms where it says so, and says what it is and no more."""

import json
from dataclasses import replace

import pytest

from exports import verify
from exports.document.sheet import Paper
from exports.editions import editing
from exports.editions.learners_copy import own
from exports.editions.look import Look, ReportEdition, file_name, read_look
from exports.facts.canonical import report_id
from exports.typesetting.joining import counted
from tests.exports.document import finished
from tests.exports.samples import pages
from tests.exports.samples.editions import (
    CONFORMING,
    LOOKS,
    SEALED,
    WITH_DOCUMENTS,
    everything_in,
    facts_of,
    made,
    photos_in,
    read,
    sample,
    text_of,
    unsigned,
)
from tests.exports.samples.facts import FACTS, PHOTO, PICTURES
from tests.exports.samples.tricky_facts import crowded, spoken
from tests.exports.typesetting.test_pdf import faults

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", LOOKS)
def test_the_verifier_accepts_every_edition(name, tmp_path):
    path = tmp_path / "edition.pdf"
    path.write_bytes(sample(name))
    found = verify.check(path)
    assert [fault.what for fault in found.faults] == []


@pytest.mark.parametrize("name", LOOKS)
def test_qpdf_finds_no_fault_in_any_edition(name, tmp_path):
    path = tmp_path / "edition.pdf"
    path.write_bytes(sample(name))
    assert "No syntax or stream encoding errors" in finished.read_by("qpdf", "--check", str(path))


@pytest.mark.parametrize("name", CONFORMING)
def test_every_edition_but_the_reading_copy_conforms_to_the_standards(name):
    assert faults(unsigned(name)) == []


@pytest.mark.parametrize("words", [b"gwen", b"baby due", b"img_2041"])
def test_no_withheld_word_is_anywhere_in_the_bytes_of_a_redacted_edition(words, tmp_path):
    assert [piece for piece in everything_in(sample("redacted")) if words in piece.lower()] == []
    assert words.decode() not in text_of(sample("redacted"), tmp_path).lower()


def test_the_same_search_finds_the_words_in_the_full_report():
    """So that the search above is known to find what is there."""
    assert [piece for piece in everything_in(finished.signed()) if b"gwen parry" in piece.lower()]


def test_a_redacted_edition_says_what_it_is_of_what_and_what_was_withheld(tmp_path):
    said = text_of(sample("redacted"), tmp_path)
    assert "Redacted edition" in said
    assert SEALED in said.replace(" ", "")
    assert "Did not want to be named" in said
    assert "Pictures and words of the pages of uploaded documents are left out" in " ".join(said.split())
    assert "■■ [withheld 1]" in said
    assert report_id(FACTS) not in said


def test_a_withheld_picture_is_in_no_page_of_a_redacted_edition():
    photo = PICTURES[PHOTO.picture.sha256]
    assert sorted(photos_in(finished.signed())) == sorted([photo, pages.PICTURE])
    assert not {photo, pages.PICTURE} & {*photos_in(sample("redacted"))}


def test_a_summary_has_two_pages_at_most_whatever_there_is_to_say():
    assert counted(sample("summary")) <= 2
    large = Look(ReportEdition.SUMMARY, Paper("Letter", large=True))
    assert counted(made(large, crowded())) <= 2


def test_a_summary_names_units_what_is_met_and_what_is_next(tmp_path):
    said = text_of(sample("summary"), tmp_path)
    for words in (
        "Leila Haddad",
        "CS-303",
        "5 of 5 points met",
        "Missing: the other party’s record.",
        report_id(FACTS),
    ):
        assert words in said


def test_a_summary_holds_no_words_of_the_evidence():
    quotes = [claim.locator.exact.split(",")[0].encode() for claim in FACTS.claims if hasattr(claim.locator, "exact")]
    pieces = list(everything_in(sample("summary")))
    assert [quote for quote in quotes if any(quote in piece for piece in pieces)] == []


def test_a_learners_own_copy_tells_no_verdict_of_a_round_that_is_not_decided(tmp_path):
    said = text_of(sample("learner"), tmp_path)
    assert "You let both customers finish." in said
    assert "He did not have to tell it twice. Ben" not in said
    assert "What did the carrier’s own record say?" not in said
    facts = own(FACTS)
    assert {point.verdict for point in facts.units[1].points} == {""}
    assert {judgement.unit for judgement in facts.judgements} == {"CS-301"}


def test_a_learners_own_copy_has_their_lines_of_the_log_and_not_those_of_others():
    facts = own(FACTS)
    of_others = {(event.deed, json.loads(event.facts).get("unit")) for event in facts.events if event.actor_id != 7}
    assert of_others == {
        ("records merged", None),
        ("learner enrolled", "CS-301"), ("learner enrolled", "CS-303"), ("programme begun", None),
        ("evidence added", None), ("signed", None), ("captions added", None),
        ("flaw noted", "CS-301"), ("judged", "CS-301"), ("decided", "CS-301"),
        ("withdrawn", "CS-303"), ("reinstated", "CS-303"),
    }  # fmt: skip
    assert {event.prev for event in facts.events} == {""}, "what the line before says could be guessed at"
    assert facts.head.seq == facts.events[-1].seq


def test_a_later_verdict_that_is_not_decided_leaves_the_decided_one_in_force():
    later = replace(FACTS.judgements[0], id=99, round=3, verdict="not met", current=True, vacsr=())
    earlier = (replace(FACTS.judgements[0], current=False), *FACTS.judgements[1:])
    facts = own(replace(FACTS, judgements=(*earlier, later)))
    assert next(one for one in facts.judgements if one.point == "1" and one.unit == "CS-301").current
    assert facts.units[0].points[0].verdict == "met"


def test_the_same_look_of_the_same_facts_is_the_same_input_and_any_other_look_is_another():
    inputs = {name: editing.edited(facts_of(name), look, read, sealed=SEALED).made_of for name, look in LOOKS.items()}
    papers = [
        editing.edited(FACTS, Look(paper=Paper(size, large)), read).made_of
        for size in ("A4", "Letter")
        for large in (False, True)
    ]
    assert len({*inputs.values(), *papers}) == len(inputs) + 4
    assert editing.edited(facts_of("redacted"), LOOKS["redacted"], read, sealed=SEALED).made_of == inputs["redacted"]


def test_no_two_editions_have_a_file_of_one_name():
    names = {file_name("leila-7", look) for look in (*LOOKS.values(), Look(), Look(paper=Paper("Letter", large=True)))}
    assert len(names) == len(LOOKS) + 2
    assert file_name("leila-7", Look()) == "leila-7 evidence report.pdf"


@pytest.mark.parametrize("name", LOOKS)
def test_a_look_is_read_from_the_row_that_it_was_written_to(name):
    assert read_look(json.loads(json.dumps(LOOKS[name].written()))) == LOOKS[name]


def test_an_edition_speaks_welsh_where_the_centre_does():
    facts = spoken(facts_of("redacted"), "cy")
    edition = editing.edited(facts, LOOKS["redacted"], read, sealed=SEALED)
    html = editing.recipe(edition, read).render(edition.facts)
    assert "Argraffiad wedi’i olygu" in html
    assert "Redacted edition" not in html
    assert "Hepgorwyd lluniau a geiriau tudalennau dogfennau" in html
    assert (
        "The service desk. Daliwyd yn ôl: rhan chwith uchaf y llun (22–42\xa0% o’r chwith, 10.5–50.5\xa0% o’r brig)"
        in html
    )
    assert html.count("rhan chwith uchaf y llun (22–42\xa0% o’r chwith, 10.5–50.5\xa0% o’r brig)") == 3
    copy = editing.edited(WITH_DOCUMENTS, LOOKS["reading"], read)
    welsh = replace(copy, facts=replace(WITH_DOCUMENTS, centre=facts.centre))
    assert "Nifer ei thudalennau yw 201; mae lle i 200." in editing.recipe(welsh, read).render(welsh.facts)
