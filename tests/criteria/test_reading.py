"""A centre pastes a unit, and every line of it is understood, refused with a reason, or reported."""

import codecs

import pytest

from criteria.reader import Refusal, read
from criteria.unit import Method, Outcome, Term, Unread


def texts(unit):
    return [point.text for point in unit.points]


def under_points(*lines):
    return read("\n".join(["Marking points", *lines]))


def test_a_pasted_unit_is_read_whole(pasted):
    unit = read(pasted)
    assert unit.title == ""
    assert unit.code == ""
    assert unit.synopsis.startswith("Looking after a shop floor")
    assert unit.concepts == (Term("Rotation", "Older goods stand in front."), Term("", "A tidy aisle sells."))
    assert unit.tips == ("Photograph the shelf before and after.",)
    assert len(unit.misconceptions) == 2
    assert [point.ref for point in unit.points] == ["1", "2", "3", "4"]
    assert unit.unread == ()


def test_the_exact_wording_of_a_point_is_kept(pasted):
    assert "Learners may bring the customer’s own words as a witness testimony." in texts(read(pasted))


def test_a_point_knows_its_lead_in_its_parts_and_its_methods(pasted):
    shelf, ladder, words, handover = read(pasted).points
    assert [point.lead_in for point in (shelf, ladder, words, handover)] == [
        "Award credit for",
        "Credit",
        "Learners may",
        "",
    ]
    assert [part.text for part in shelf.parts] == ["dates", "prices", "labels of a shelf"]
    assert ladder.methods == (Method.ROLE_PLAY, Method.ACCOUNT)
    assert words.methods == (Method.TESTIMONY,)
    assert [point.obliges for point in (shelf, ladder, words, handover)] == [True, True, False, True]


@pytest.mark.parametrize("cut", [12, 62, 100, 113, 140])
def test_a_first_line_that_is_the_cut_off_synopsis_is_no_title_and_not_unread(pasted, cut):
    lines = pasted.split("\n")
    lines[0] = lines[2][:cut]
    unit = read("\n".join(lines))
    assert (unit.title, unit.unread) == ("", ())


def test_a_cut_off_first_line_may_end_in_dots_or_be_wrapped(pasted):
    lines = pasted.split("\n")
    assert read("\n".join([lines[2][:50] + "…", *lines[1:]])) == read(pasted)
    assert read("\n".join([lines[2][:72], lines[2][73:120], *lines[1:]])) == read(pasted)


def test_a_first_line_that_is_a_title_is_the_title(pasted):
    lines = pasted.split("\n")
    assert read("\n".join(["Look after a shop floor", *lines[1:]])).title == "Look after a shop floor"
    assert read("\n".join(["# Look After A Shop Floor", *lines])).title == "Look After A Shop Floor"


def test_a_cut_off_line_whose_synopsis_is_missing_is_reported(pasted):
    lines = pasted.split("\n")
    assert read("\n".join([lines[0], *lines[3:]])).unread == (Unread(1, lines[0]),)


def test_sections_may_be_missing_or_in_another_order():
    unit = read(
        "EXAMINER MARKING POINTS:\n• Look for a smile.\n\ntips\n* Smile first.\nSynopsis: This is about smiling."
    )
    assert texts(unit) == ["Look for a smile."]
    assert unit.tips == ("Smile first.",)
    assert unit.synopsis == "This is about smiling."
    assert unit.concepts == ()


@pytest.mark.parametrize(
    "heading",
    [
        "Examiner Marking Points",
        "examiner marking points:",
        "## Marking Points",
        "**Marking points**",
        "5. Examiner’s Marking Points",
        "Section 4: Assessment criteria",
        "  MARKING\u00a0POINTS  ",
        "Assessment Criteria -",
    ],
)
def test_the_heading_of_the_points_is_known_in_many_dresses(heading):
    assert len(read(f"{heading}\n- Look for a smile.").points) == 1


@pytest.mark.parametrize(
    "mark", ["-", "*", "•", "–", "—", "·", "●", "\u2022\u00a0", "\uf0b7", "1.", "1)", "(1)", "1.2", "a)"]
)
def test_every_kind_of_bullet_opens_a_point(mark):
    assert texts(under_points(f"{mark} Look for a smile.")) == ["Look for a smile."]


def test_a_bullet_may_touch_its_words():
    assert texts(under_points("•Look for a smile.", "-Look for a bow.")) == ["Look for a smile.", "Look for a bow."]


def test_wrapped_bullets_are_joined():
    unit = under_points(
        "- Award credit for a smile that", "  lasts from the greeting", "to the farewell.", "- Clear speech."
    )
    assert texts(unit) == ["Award credit for a smile that lasts from the greeting to the farewell.", "Clear speech."]


def test_a_word_broken_after_its_hyphen_is_whole_again():
    unit = under_points("- Look for tact in role-", "play, and for pre-", "and post-sale care.")
    assert texts(unit) == ["Look for tact in role-play, and for pre- and post-sale care."]


def test_a_wrapped_line_may_look_like_a_small_heading_or_a_year():
    unit = under_points("- Clear work against the agreed assessment", "criteria and the Equality Act", "2010.")
    assert texts(unit) == ["Clear work against the agreed assessment criteria and the Equality Act 2010."]


def test_numbers_of_the_text_are_the_references():
    unit = under_points("1.1 Greet the customer.", "1.2 Part from the customer.", "2.1 Count the till.")
    assert [point.ref for point in unit.points] == ["1.1", "1.2", "2.1"]


def test_numbers_that_start_again_do_not_make_two_points_the_same():
    unit = under_points("1. Greet the customer.", "2. Part from the customer.", "1. Count the till.")
    assert [point.ref for point in unit.points] == ["1", "2", "3"]


def test_learning_outcomes_may_stand_among_the_points():
    unit = under_points(
        "LO1: Know the shop", "1. Name the aisles.", "Learning outcome 2 - Run the till", "1. Count it."
    )
    assert unit.outcomes == (Outcome("1", "Know the shop"), Outcome("2", "Run the till"))
    assert [(point.ref, point.outcome) for point in unit.points] == [("1.1", "1"), ("2.1", "2")]


def test_nested_bullets_are_the_parts_of_their_point():
    unit = under_points("- Award credit for a clean shelf:", "  - dates", "  - prices", "- Clear speech.")
    assert [part.text for part in unit.points[0].parts] == ["dates", "prices"]
    assert [part.ref for part in unit.points[0].parts] == ["a", "b"]
    assert len(unit.points) == 2


def test_a_sentence_whose_indent_slipped_is_still_a_point():
    unit = under_points(
        "- Award credit for a smile.", "    - Award credit for a bow.", "  - The learner greets every customer at once."
    )
    assert len(unit.points) == 3


def test_what_is_not_understood_is_reported_with_its_line():
    unit = read(
        "Marking points\n- Look for a smile.\nPage 3 of 7\n- Look for a bow.\n\nDelivery Guidance\n- Hire a hall."
    )
    assert texts(unit) == ["Look for a smile.", "Look for a bow."]
    assert unit.unread == (
        Unread(3, "Page 3 of 7"),
        Unread(6, "Delivery Guidance"),
        Unread(7, "- Hire a hall."),
    )


def test_a_stray_sentence_after_a_point_is_reported_not_glued_to_it():
    unit = under_points("- Look for a smile.", "Internal use only, ask the office.", "- Look for a bow.")
    assert texts(unit) == ["Look for a smile.", "Look for a bow."]
    assert unit.unread == (Unread(3, "Internal use only, ask the office."),)


def test_line_numbers_count_every_kind_of_line_end():
    unit = read("Marking points\r\n\r\n- Look for a smile.\rPage 9\n")
    assert unit.unread == (Unread(4, "Page 9"),)


def test_the_facts_of_a_unit_are_read():
    unit = read(
        "Unit title: Shop floor\nUnit code: SF-1\nLevel: Level 2\nCredit value: 5\nMarking points\n- Look for a smile."
    )
    assert (unit.title, unit.code, unit.level, unit.credit) == ("Shop floor", "SF-1", "2", 5)


def test_a_fact_that_makes_no_sense_is_reported():
    notes = "   - Methods: juggling\n   - Outcome: 9"
    unit = read(f"Title: Shop floor\nCredit: plenty\nMarking points\n- Look for a smile.\n{notes}")
    assert unit.credit is None
    assert unit.unread == (Unread(2, "Credit: plenty"), Unread(5, "Methods: juggling"), Unread(6, "Outcome: 9"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_file_may_come_from_any_editor(pasted, encoding):
    assert read(pasted.encode(encoding)) == read(pasted)
    assert read(codecs.BOM_UTF16_BE + pasted.encode("utf-16-be")) == read(pasted)


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        ("", 1, "no marking points"),
        ("Synopsis\nShops.\n", 3, "no marking points"),
        ("Tips\n- Smile.\nMarking points\n", 3, "no marking points"),
        ("Marking points\n- Look for a smile.\n-\n- Look for a bow.", 3, "no words"),
        ("Marking points\n- Look for a smile.\n2.", 3, "no words"),
        ("Tips\n•  \u200b \nMarking points\n- Look for a smile.", 2, "no words"),
        (b"Marking points\n- Look for " + b"\x81\x8d\x8f\x90\x9d" * 3, 2, "not UTF-8"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 1, "not UTF-8"),
        (b"Marking points\n- Look\x00 for a smile.", 2, "not plain text"),
        ("Marking points\n- Look for \ud800.", 2, "not plain text"),
        (b"x" * 1_000_001, None, "1 MB"),
        ("é" * 500_001, None, "1 MB"),
    ],
)
def test_what_is_no_unit_is_refused_with_line_and_reason(data, line, words):
    with pytest.raises(Refusal) as refused:
        read(data)
    assert refused.value.line == line
    assert words in refused.value.reason
    assert refused.value.reason in str(refused.value)


def test_a_text_just_within_the_limit_is_read(pasted):
    assert read((pasted + "\n" * (1_000_000 - len(pasted.encode()))).encode()) == read(pasted)


def test_more_points_than_a_unit_can_have_are_refused():
    with pytest.raises(Refusal, match="one unit at a time"):
        under_points(*["- Look for a smile."] * 301)


def test_more_parts_than_there_are_letters_are_refused():
    with pytest.raises(Refusal, match="parts"):
        under_points("- Award credit for all of these:", *["  - a date"] * 27)
