"""A centre publishes qualifications, in groups with rules; what cannot be met is not published."""

import pytest

from portfolio.units.qualifications import queries
from tests.people.house import Visitor, person
from tests.units.qualifying import SERVICE, published, qualification_id

pytestmark = pytest.mark.slow


def test_dee_publishes_a_qualification_with_its_groups(dee: Visitor) -> None:
    page = published(dee)
    assert "603/1234/5 · Level 3" in page
    assert "Needed: all 2 units." in page
    assert "Needed: at least 1 of 3 units." in page
    assert "Level 3 Certificate in Looking After Guests" in dee.reads("/units")


def test_before_there_are_units_the_way_to_them_is_shown(dee: Visitor) -> None:
    assert "Publish those first" in dee.reads("/qualifications/new")


def test_the_same_again_is_the_same_edition_and_another_one_is_asked_for(dee: Visitor) -> None:
    published(dee)
    published(dee)
    assert len(queries.editions(person("dee").centre_id)) == 1
    harder = SERVICE | {"group__1__needed": "2"}
    page = dee.sends("/qualifications/new", 422, **harder)
    assert "is published already, with other content (edition 1)" in page
    assert "Publish as a new edition" in page
    assert "This is edition" not in dee.sends("/qualifications/new", **harder, anew="y")
    assert [one.edition for one in queries.editions(person("dee").centre_id)] == [2, 1]
    first = queries.editions(person("dee").centre_id)[1].id
    assert "This is edition 1" in dee.reads(f"/qualifications/{first}")
    assert 'value="2"' in dee.reads(f"/qualifications/{qualification_id()}/change"), "it begins with what the last says"


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"title": "\u200b"}, "Give the qualification a title."),
        ({"number": ""}, "Give its number"),
        ({"group__1__title": ""}, "Give the group a title"),
        ({"group__1__units": []}, "Choose the units of this group."),
        ({"group__1__units": ["CS-301"]}, "CS-301 stands in “Mandatory units” already."),
        ({"group__1__needed": "4"}, "Of 3 units, between 1 and 3 can be needed."),
        ({"group__1__needed": "two"}, "Write a number between 1 and 9,999"),
        ({"group__1__needed": "-1"}, "Write a number between 1 and 9,999"),
        ({"credit": "4000"}, "All its units together count 0 credits."),
        ({"group__1__units": ["CS-999"]}, "is not a valid choice"),
    ],
)
def test_what_cannot_be_met_comes_back_with_what_was_typed(
    dee: Visitor, other: dict[str, object], sentence: str
) -> None:
    dee.sends("/units/shipped")
    page = dee.sends("/qualifications/new", 422, **SERVICE | other)
    assert sentence in page.replace("&#39;", "'")
    assert "Guild of Hosts" in page
    assert not queries.editions(person("dee").centre_id)


def test_a_form_without_any_group_asks_for_one(dee: Visitor) -> None:
    dee.sends("/units/shipped")
    said = {name: SERVICE[name] for name in ("title", "number")}
    assert "Choose the units of at least one group" in dee.sends("/qualifications/new", 422, **said)


def test_an_error_stands_at_its_group_where_one_before_is_left_empty(dee: Visitor) -> None:
    dee.sends("/units/shipped")
    empty = {"group__0__title": "", "group__0__units": []}
    page = dee.sends("/qualifications/new", 422, **SERVICE | empty | {"group__1__needed": "4"})
    assert 'href="#group-1-needed"' in page


def test_there_is_room_for_another_group(dee: Visitor) -> None:
    dee.sends("/units/shipped")
    page = dee.sends("/qualifications/new", **SERVICE, more="1")
    assert "Group 3" in page
    assert "Looking After Guests" in page
    assert not queries.editions(person("dee").centre_id)
