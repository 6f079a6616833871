"""The five units that come with the product are complete, useful, and tell the learner what belongs to each point."""

import textwrap
from pathlib import Path

import pytest

from criteria.catalogue import units
from criteria.edition import content_hash
from criteria.reader import read
from criteria.siblings import siblings
from criteria.unit import Method
from criteria.writer import as_json, write

SHIPPED = {"CS-301": 5, "CS-302": 8, "CS-303": 7, "CS-304": 6, "CS-305": 4}


def test_five_units_are_shipped_with_thirty_points():
    assert {unit.code: len(unit.points) for unit in units()} == SHIPPED


@pytest.mark.parametrize("unit", units(), ids=lambda unit: unit.code)
def test_a_shipped_unit_has_everything_a_learner_needs(unit):
    assert unit.title
    assert unit.level == "3"
    assert unit.synopsis
    assert unit.concepts
    assert unit.tips
    assert unit.misconceptions
    assert unit.unread == ()
    assert [point.ref for point in unit.points] == [str(place) for place in range(1, len(unit.points) + 1)]
    assert all(concept.name for concept in unit.concepts)


@pytest.mark.parametrize("unit", units(), ids=lambda unit: unit.code)
def test_parts_of_shipped_points_are_words_of_the_point(unit):
    for point in unit.points:
        assert all(part.text in point.text for part in point.parts), point.text
        assert len(point.parts) != 1


def test_points_that_name_methods_permit_only_these():
    permitted = {(unit.code, point.ref): point.methods for unit in units() for point in unit.points if point.methods}
    assert permitted == {
        ("CS-301", "3"): (Method.ROLE_PLAY, Method.ACCOUNT),
        ("CS-303", "7"): (Method.DISCUSSION, Method.ACCOUNT),
        ("CS-304", "2"): (Method.ROLE_PLAY, Method.ACCOUNT),
    }


def test_shipped_units_can_be_written_and_read_again():
    assert tuple(read(write(unit)) for unit in units()) == units()


def test_an_edition_is_known_by_what_it_says_and_not_by_its_layout():
    unit = units()[0]
    text = write(unit)
    assert content_hash(read(text.replace("\n", "\r\n\r\n"))) == content_hash(unit)
    assert content_hash(read(text.replace("calm", "soothe", 1))) != content_hash(unit)
    assert len({content_hash(unit) for unit in units()}) == 5


def test_a_unit_as_plain_data_has_the_documented_shape():
    plain = as_json(units()[4])
    assert list(plain) == [
        "title", "code", "level", "credit", "synopsis", "outcomes", "concepts", "tips", "misconceptions", "points",
        "unread",
    ]  # fmt: skip
    assert plain["points"][1]["parts"] == ["cost", "time", "impact"]
    assert plain["points"][1]["methods"] == []
    assert all(isinstance(concept, str) for concept in plain["concepts"])


def test_the_example_in_the_documentation_is_read_as_it_says():
    text = (Path(__file__).parents[2] / "docs" / "unit-format.md").read_text()
    unit = read(textwrap.dedent(text.partition("## The extended form\n")[2].partition("\nBelow a point")[0]))
    assert (unit.title, unit.code, unit.level, unit.credit) == ("Look after a shop floor", "SF-101", "2", 4)
    assert [(point.ref, point.outcome, point.obliges) for point in unit.points] == [
        ("1.1", "1", True),
        ("1.2", "1", False),
    ]
    assert unit.points[0].methods == (Method.OBSERVATION, Method.WORK_PRODUCT)
    assert unit.unread == ()


@pytest.mark.parametrize(
    "family",
    [
        [("CS-302", "1"), ("CS-304", "2")],
        [("CS-304", "6"), ("CS-305", "4")],
        [("CS-303", "1"), ("CS-303", "4")],
        [("CS-303", "3"), ("CS-303", "6")],
    ],
    ids=["listening", "follow-up", "investigation", "trends"],
)
def test_points_of_one_family_are_siblings(family):
    near = siblings(units())
    for point in family:
        assert set(family) - {point} <= set(near[point])


def test_siblings_are_mutual_and_nobody_is_their_own():
    near = siblings(units())
    assert all(point in near[other] and point != other for point, others in near.items() for other in others)


def test_points_about_different_things_are_no_siblings():
    near = siblings(units())
    assert near["CS-303", "7"] == ()
    assert near["CS-304", "1"] == ()
    assert ("CS-305", "2") not in near["CS-304", "3"]
