"""Learners work towards a qualification with the units chosen, and it is said how far they are."""

import pytest
from flask import Flask

from criteria import reader
from portfolio.foundation.db import transaction
from portfolio.foundation.log import audit
from portfolio.people import operations as people
from portfolio.people.rules import Registration, Role
from portfolio.units.operations import publish
from portfolio.units.qualifications import queries
from tests.people.house import Visitor, person, signed_in
from tests.units.qualifying import SERVICE, begun, programme, published, qualification_id

pytestmark = pytest.mark.slow


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


def test_an_ended_programme_is_reached_from_the_learners_page(dee: Visitor) -> None:
    published(dee)
    begun(dee, "CS-301")
    number, _ = programme()
    dee.sends(f"/programmes/{number}/end")
    page = dee.reads(f"/learners/{person('ada').id}")
    assert f'Ended: <a href="/programmes/{number}">' in page
    assert "Take it up again" in dee.reads(f"/programmes/{number}")


def test_a_programme_of_which_no_unit_is_left_is_begun_anew_instead(dee: Visitor) -> None:
    published(dee)
    begun(dee, "CS-301")
    number, _ = programme()
    (unit,) = [one.enrolment_id for one in queries.programmes_of(person("ada").id)[0].units]
    dee.sends(f"/programmes/{number}/end")
    dee.sends(f"/enrolments/{unit}/take-off")
    assert "None of its units is left" in dee.sends(f"/programmes/{number}/resume", 409)


def test_only_the_newest_edition_is_begun(dee: Visitor) -> None:
    published(dee)
    first = qualification_id()
    dee.sends("/qualifications/new", **SERVICE | {"group__1__needed": "2"}, anew="y")
    page = dee.sends(
        f"/learners/{person('ada').id}/qualifications/{first}", 422, group__0=["CS-301"], assessor=0, iqa=0
    )
    assert "There is a newer edition" in page
    assert not queries.programmes_of(person("ada").id)


def test_of_a_large_class_two_hundred_are_enrolled_at_once(dee: Visitor) -> None:
    published(dee)
    by = person("dee")
    with transaction():
        for number in range(queries.AT_ONCE):
            stated = Registration(f"Cass {number:03}", f"cass{number}@harbour.example", (Role.LEARNER,))
            people.register(stated, by.centre, by=by)
    page = dee.reads(f"/qualifications/{qualification_id()}/learners")
    assert page.count('name="learners"') == queries.AT_ONCE
    assert "once they are enrolled, the next stand here" in page


def test_where_credit_alone_counts_nothing_is_said_of_units(dee: Visitor) -> None:
    counted = "Title: Knots\nCode: K-{0}\nCredit: {0}\n\nMarking points\n1. Ties a knot.\n"
    by = person("dee")
    for number in (3, 4):
        with transaction():
            publish(reader.read(counted.format(number)), by.centre, by=by)
    dee.reads("/qualifications/new")
    dee.sends("/qualifications/new", title="Award in Knots", number="600/7", group__0__title="Knots",
              group__0__units=["K-3", "K-4"], group__0__credit="4")  # fmt: skip
    address = f"/learners/{person('ada').id}/qualifications/{qualification_id()}"
    page = dee.sends(address, group__0=["K-4"], assessor=0, iqa=0)
    assert "Achieved: 0 of 0 units" not in page
    assert "Knots: 0 of 4 credits" in page
