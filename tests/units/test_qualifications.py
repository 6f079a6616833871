"""A centre publishes qualifications; learners work towards one with the units chosen, and it is said how far."""

import pytest
from flask import Flask

from portfolio.foundation.log import audit
from portfolio.units.qualifications import queries
from tests.people.house import Visitor, person, signed_in

pytestmark = pytest.mark.slow

SERVICE = {
    "title": "Level 3 Certificate in Looking After Guests", "number": "603/1234/5", "level": "3",
    "body": "Guild of Hosts", "credit": "",
    "group__0__title": "Mandatory units", "group__0__units": ["CS-301", "CS-302"],
    "group__0__needed": "", "group__0__credit": "",
    "group__1__title": "Optional units", "group__1__units": ["CS-303", "CS-304", "CS-305"],
    "group__1__needed": "1", "group__1__credit": "",
}  # fmt: skip


def published(dee: Visitor, **other: object) -> str:
    """The page of the qualification once it is published."""
    dee.sends("/units/shipped")
    return dee.sends("/qualifications/new", **SERVICE | other)


def qualification_id() -> int:
    return queries.current(person("dee").centre_id)[0].id


def programme() -> tuple[int, list[str]]:
    """The number of ada's programme, and the units chosen for it."""
    (found,) = queries.programmes_of(person("ada").id)
    return found.id, found.codes


def begun(dee: Visitor, *codes: str) -> str:
    address = f"/learners/{person('ada').id}/qualifications/{qualification_id()}"
    mandatory = [code for code in codes if code in ("CS-301", "CS-302")]
    optional = [code for code in codes if code not in mandatory]
    return dee.sends(
        address, group__0=mandatory, group__1=optional, assessor=person("ben").id, iqa=person("ivy").id
    )  # fmt: skip


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


def test_ada_is_enrolled_with_units_chosen_and_sees_how_far_she_is(dee: Visitor, app: Flask) -> None:
    published(dee)
    page = dee.reads(f"/learners/{person('ada').id}/qualifications/{qualification_id()}")
    assert page.count(" checked") == 2, "what everybody needs is chosen"
    page = begun(dee, "CS-301", "CS-302", "CS-304")
    assert "Achieved: 0 of 3 units needed." in page
    assert "Mandatory units: 0 of 2 units needed" in page
    assert programme()[1] == ["CS-301", "CS-302", "CS-304"]
    own = signed_in(app, "ada").reads("/portfolio")
    assert "Looking After Guests" in own
    assert "Customer service, Level 3" not in own, "what she works towards is said, not what others do"


def test_the_units_can_be_chosen_again_and_what_is_left_out_stays_hers(dee: Visitor) -> None:
    published(dee)
    assert "not enough for it yet" in begun(dee, "CS-301", "CS-304")
    number, _ = programme()
    page = dee.sends(f"/programmes/{number}", group__0=["CS-301", "CS-302"], group__1=["CS-305"], assessor=0, iqa=0)
    assert "not enough for it yet" not in page
    assert "CS-304" in page, "she is still on the unit"
    assert programme()[1] == ["CS-301", "CS-302", "CS-305"]
    assert "Choose at least one unit" in dee.sends(f"/programmes/{number}", 422, assessor=0, iqa=0)


def test_one_learner_may_have_two_and_a_unit_counts_for_both(dee: Visitor) -> None:
    published(dee)
    begun(dee, "CS-301", "CS-302")
    published(dee, title="Award in Listening", number="603/9", group__1__units=[], group__1__title="",
              group__1__needed="")  # fmt: skip
    other = queries.newest(person("dee").centre_id, "603/9")
    assert other is not None
    page = dee.sends(
        f"/learners/{person('ada').id}/qualifications/{other.id}", group__0=["CS-301", "CS-302"], assessor=0, iqa=0
    )
    assert "Award in Listening" in page
    assert "Looking After Guests" in page
    assert len(queries.programmes_of(person("ada").id)) == 2
    again = dee.sends(
        f"/learners/{person('ada').id}/qualifications/{other.id}", 422, group__0=["CS-301"], assessor=0, iqa=0
    )
    assert "works towards Award in Listening already" in again


def test_a_programme_ends_and_is_taken_up_again(dee: Visitor) -> None:
    published(dee)
    begun(dee, "CS-301")
    number, _ = programme()
    page = dee.sends(f"/programmes/{number}/end")
    assert "All work stays." in page
    assert f"/programmes/{number}/resume" in page
    assert "CS-301" in page
    assert not queries.programmes_of(person("ada").id)
    dee.sends(f"/programmes/{number}/resume")
    assert programme() == (number, ["CS-301"])
    dee.sends(f"/programmes/{number}/end")
    begun(dee, "CS-302")
    assert "already" in dee.sends(f"/programmes/{number}/resume", 409)


def test_a_unit_that_counts_is_not_taken_off_before_it_counts_no_more(dee: Visitor) -> None:
    published(dee)
    begun(dee, "CS-301", "CS-302")
    number, _ = programme()
    (unit,) = [one.enrolment_id for one in queries.programmes_of(person("ada").id)[0].units
               if one.enrolment.edition.code == "CS-302"]  # fmt: skip
    page = dee.sends(f"/enrolments/{unit}/take-off", 409)
    assert "counts towards" in page
    dee.sends(f"/programmes/{number}", group__0=["CS-301"], assessor=0, iqa=0)
    assert "is not enrolled on CS-302 any more" in dee.sends(f"/enrolments/{unit}/take-off")


def test_every_step_is_on_record_with_the_units_it_names(dee: Visitor) -> None:
    published(dee)
    begun(dee, "CS-301")
    number, _ = programme()
    dee.sends(f"/programmes/{number}", group__0=["CS-302"], assessor=0, iqa=0)
    dee.sends(f"/programmes/{number}", group__0=["CS-302"], assessor=0, iqa=0)
    dee.sends(f"/programmes/{number}/end")
    dee.sends(f"/programmes/{number}/resume")
    lines = [line for line in audit.lines_about(person("ada").id) if line["subject"] == f"programme {number}"]
    assert [(line["deed"], line["facts"]["units"]) for line in lines] == [
        ("programme begun", ["CS-301"]), ("programme changed", ["CS-302"]), ("programme ended", ["CS-302"]),
        ("programme resumed", ["CS-302"]),
    ]  # fmt: skip


def test_another_centre_sees_and_changes_nothing(dee: Visitor, cy: Visitor) -> None:
    published(dee)
    begun(dee, "CS-301")
    number, _ = programme()
    for address in (
        f"/qualifications/{qualification_id()}", f"/qualifications/{qualification_id()}/change",
        f"/programmes/{number}", f"/learners/{person('ada').id}/qualifications/{qualification_id()}",
    ):  # fmt: skip
        cy.reads(address, 404)
    cy.sends(f"/programmes/{number}/end", 404)
    assert programme()[1] == ["CS-301"]


def test_a_class_is_enrolled_at_once_all_of_it_or_nobody(dee: Visitor) -> None:
    published(dee)
    for number in range(3):
        dee.sends("/people/new", name=f"Cass {number}", email=f"cass{number}@harbour.example", roles=["learner"],
                  number=f"C-{number}")  # fmt: skip
    address = f"/qualifications/{qualification_id()}/learners"
    page = dee.reads(address)
    assert page.count(" checked") == 4 + 2, "ada, the three, and what everybody needs"
    ben = person("ben")
    dee.sends(f"/people/{ben.id}/change", name=ben.name, email=ben.email, roles=["assessor", "learner"])
    everybody = queries.not_working_towards(queries.current(person("dee").centre_id)[0])
    ids, ben = [one.id for one in everybody if one.name.startswith(("Ada", "Cass"))], person("ben").id
    assert "Tick at least one learner" in dee.sends(address, 422, group__0=["CS-301"], assessor=0, iqa=0)
    page = dee.sends(address, 422, learners=[*ids, ben], group__0=["CS-301"], assessor=ben, iqa=0)
    assert "Ben Okafor cannot judge or verify their own work" in page
    assert not queries.programmes_of(person("ada").id)
    page = dee.sends(address, learners=ids[1:], group__0=["CS-301", "CS-302"], assessor=ben, iqa=person("ivy").id)
    assert "3 learners enrolled" in page
    assert person("ada").id == ids[0]
    assert not queries.programmes_of(ids[0])
    assert [queries.programmes_of(id)[0].codes for id in ids[1:]] == [["CS-301", "CS-302"]] * 3
    dee.sends(address, 422, learners=[ids[1]], group__0=["CS-301"], assessor=0, iqa=0)


def test_where_everybody_works_towards_it_the_next_step_is_told(dee: Visitor) -> None:
    published(dee)
    begun(dee, "CS-301")
    assert "Every learner works towards it" in dee.reads(f"/qualifications/{qualification_id()}/learners")
