"""How a learner is put on units, and who answers for them."""

import pytest
from flask import Flask

from portfolio.units import queries
from tests.people.house import Visitor, person, signed_in

pytestmark = pytest.mark.slow


def enrolments() -> list[tuple[str, str, str]]:
    found = queries.enrolments_of(person("ada").id)
    return [
        (one.edition.code, one.assessor.name if one.assessor else "", one.iqa.name if one.iqa else "") for one in found
    ]


def edition_ids() -> list[int]:
    return [edition.id for edition in queries.current_editions(person("dee").centre_id)]


def test_dee_enrols_ada_on_two_units_at_once(dee: Visitor) -> None:
    dee.sends("/units/shipped")
    address = f"/learners/{person('ada').id}/enrol"
    assert "CS-301" in dee.reads(address)
    page = dee.sends(address, editions=edition_ids()[:2], assessor=person("ben").id, iqa=person("ivy").id)
    assert "Ada Marsh is enrolled" in page
    assert enrolments() == [("CS-301", "Ben Okafor", "Ivy Lund"), ("CS-302", "Ben Okafor", "Ivy Lund")]
    assert "CS-301 Monitor" in dee.reads(f"/people/{person('ada').id}")


def test_a_unit_already_begun_is_not_offered_again(dee: Visitor) -> None:
    dee.sends("/units/shipped", code="CS-301")
    address = f"/learners/{person('ada').id}/enrol"
    dee.sends(address, editions=edition_ids(), assessor=0, iqa=0)
    assert enrolments() == [("CS-301", "", "")]
    assert "Enrolled on everything" in dee.reads(address)
    dee.sends(address, 422, editions=edition_ids(), assessor=0, iqa=0)
    assert len(enrolments()) == 1


def test_nobody_checks_their_own_judgements(dee: Visitor) -> None:
    dee.sends("/units/shipped", code="CS-301")
    ben = person("ben")
    stated = {"name": ben.name, "email": ben.email, "roles": ["assessor", "IQA"]}
    dee.sends(f"/people/{ben.id}/change", **stated)
    page = dee.sends(f"/learners/{person('ada').id}/enrol", 422, editions=edition_ids(), assessor=ben.id, iqa=ben.id)
    assert "cannot be the assessor and the IQA of the same work" in page
    assert enrolments() == []


def test_a_unit_has_to_be_chosen(dee: Visitor) -> None:
    dee.sends("/units/shipped", code="CS-301")
    assert "Choose at least one unit" in dee.sends(f"/learners/{person('ada').id}/enrol", 422, assessor=0, iqa=0)


def test_strangers_are_neither_chosen_nor_let_in(app: Flask, dee: Visitor, cy: Visitor) -> None:
    dee.sends("/units/shipped", code="CS-301")
    address = f"/learners/{person('ada').id}/enrol"
    dee.sends(address, 422, editions=edition_ids(), assessor=person("cy").id, iqa=0)
    cy.reads(address, 404)
    cy.sends(address, 404, editions=edition_ids(), assessor=0, iqa=0)
    for nick in ("ada", "ben"):
        signed_in(app, nick).sends(address, 404, editions=edition_ids(), assessor=0, iqa=0)
    assert enrolments() == []


def test_only_learners_are_enrolled(dee: Visitor) -> None:
    dee.reads(f"/learners/{person('ben').id}/enrol", 404)
