"""Specifications of many trades are laid out in many ways, and each is read as its writer meant it."""

import pytest

from criteria.reader import Refusal, read
from criteria.unit import Method, Outcome
from criteria.wording.lead_ins import lead_in, obliges

KITCHEN = """\
Unit 203: Keep a kitchen clean
{first}
Assessment criteria
The learner can:
1.1 explain why boards are kept apart
1.2 state how long cleaned tools may stand
{second}
Assessment criteria
The learner can:
2.1 clean a slicer
2.2 check the temperature of a fridge
"""


def refs(unit):
    return [(point.ref, point.outcome) for point in unit.points]


@pytest.mark.parametrize(
    "dress", ["Learning outcome {}: {}", "**LO{} {}**", "### LO{} {}", "**Learning outcome {} – {}**"]
)
def test_each_outcome_may_have_a_block_of_criteria_of_its_own(dress):
    first, second = dress.format(1, "Know why"), dress.format(2, "Be able to clean")
    unit = read(KITCHEN.format(first=first, second=second))
    assert (unit.title, unit.code) == ("Keep a kitchen clean", "203")
    assert unit.outcomes == (Outcome("1", "Know why"), Outcome("2", "Be able to clean"))
    assert refs(unit) == [("1.1", "1"), ("1.2", "1"), ("2.1", "2"), ("2.2", "2")]
    assert [line.text for line in unit.unread] == ["The learner can:"] * 2


def test_a_numbered_outcome_without_a_dot_is_no_rest_of_the_point_before():
    unit = read(
        "Prune roses\nAssessment criteria\n1 Know the tools\n1.1 name each tool\n1.2 say what it is for\n"
        "2 Use the tools\n2.1 cut above a bud, at least\n2 Centimetres from it"
    )
    assert unit.outcomes == (Outcome("1", "Know the tools"), Outcome("2", "Use the tools"))
    assert [point.text for point in unit.points][-1] == "cut above a bud, at least 2 Centimetres from it"


def test_a_list_of_outcomes_before_all_criteria_is_no_heading_of_them():
    unit = read("Learning outcomes\nLO1 Know forks\nLO2 Lay forks\nAssessment criteria\n1.1 name forks\n2.1 lay forks")
    assert refs(unit) == [("1.1", "1"), ("2.1", "2")]


def test_signs_of_markdown_are_no_words():
    unit = read("Marking points\n- Cuts above a **bud**.\n- **Names** the __tools__ and\n  **says** what for.")
    assert [point.text for point in unit.points] == ["Cuts above a bud.", "Names the tools and says what for."]


@pytest.mark.parametrize(
    "heading",
    ["Evidence requirements", "Assessment requirements:", "What the assessor looks for", "What you must show"],
)
def test_a_heading_that_may_mean_the_points_does_where_there_is_no_other(heading):
    points = "- moves a person with their consent\n- uses a hoist safely"
    assert len(read(f"Move people\n{heading}\n{points}").points) == 2
    unit = read(f"Move people\nMarking points\n{points}\n{heading}\n- Two of them at work.\nAll of it is seen.")
    assert len(unit.points) == 2
    assert [line.text for line in unit.unread] == [heading, "- Two of them at work.", "All of it is seen."]


@pytest.mark.parametrize("mark", ["-", "•\t", "o\t", "–"])
def test_a_note_belongs_to_its_point_where_the_indent_was_lost(mark):
    unit = read(f"Marking points\n- Uses a hoist.\n{mark} Methods: observation\n- Asks first.\n{mark} Parts: none")
    assert [point.text for point in unit.points] == ["Uses a hoist.", "Asks first."]
    assert unit.points[0].methods == (Method.OBSERVATION,)
    assert unit.unread == ()


@pytest.mark.parametrize(
    ("first", "code", "title"),
    [
        ("Unit 203 Wash hair", "203", "Wash hair"), ("UNIT HB/12 – Wash hair", "HB/12", "Wash hair"),
        ("Unit 7\nWash hair", "7", "Wash hair"), ("Unit of measurement", "", "Unit of measurement"),
    ],
)  # fmt: skip
def test_the_number_of_a_unit_is_its_code(first, code, title):
    unit = read(f"{first}\nMarking points\n- Asks about the water.")
    assert (unit.code, unit.title) == (code, title)


@pytest.mark.parametrize(
    ("text", "lead", "must"),
    [
        ("The learner can check the pressure of a tyre.", "The learner can", True),
        ("Learners can demonstrate how a wound is cleaned.", "Learners can demonstrate", True),
        ("Learners must check the fridge.", "Learners must", True),
        ("The candidate can offer alternatives.", "The candidate can", True),
        ("Assessors should check that the hoist is locked.", "Assessors should check that", True),
        ("A photograph of the finished and garnished plate may be included.",
         "A photograph of the finished and garnished plate may be included", False),
        ("It is helpful, though not essential, to name the supplier.", "It is helpful, though not essential, to",
         False),
    ],
)  # fmt: skip
def test_the_lead_in_ends_before_what_is_to_be_proved(text, lead, must):
    assert (lead_in(text), obliges(lead_in(text))) == (lead, must)


def test_what_is_no_unit_is_refused_still():
    with pytest.raises(Refusal, match="no marking points were found"):
        read("Move people\nIt is done with care.\nNobody is hurried.")
