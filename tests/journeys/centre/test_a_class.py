"""Twelve learners on five units each, with their links, on a Monday morning."""

import pytest
from playwright.sync_api import expect

from portfolio.foundation.db import db
from portfolio.people import queries
from portfolio.people.models import Person
from portfolio.units import queries as units
from portfolio.units.qualifications import queries as qualifications
from tests.fixtures import deeds
from tests.fixtures.house import Street
from tests.journeys.centre.hands import Hands

pytestmark = [pytest.mark.browser, pytest.mark.slow]
CLASS = (
    "Aled Rees", "Bea Osei", "Cara Lowe", "Dev Patel", "Efa Hughes", "Finn Doyle", "Gita Rao", "Hal Moss", "Isla Kerr",
    "Jon Bright", "Kaya Demir", "Lena Vogt",
)  # fmt: skip
MOST = 120


def test_twelve_learners_on_five_units_each_with_their_links_take_at_most_120_actions(street: Street) -> None:
    with_five_units(street)
    hands = Hands(street.opens("dee", "/people"))
    hands.presses("Register a person", kind="link")
    hands.ticks("Learner")
    for number, name in enumerate(CLASS):
        hands.types("Full name", name)
        hands.types("E-mail address", f"{name.partition(' ')[0]}.{street.people['dee']}@class.example".lower())
        hands.types("Registration number", f"C-{street.people['dee']}-{number}")
        hands.presses("Register, and another" if name != CLASS[-1] else "Register")
    hands.presses("Units", kind="link")
    hands.presses("Award in Putting Things Right", kind="link")
    hands.presses("Enrol learners", kind="link")
    for code in ("T-1", "T-2", "T-3", "T-4", "T-5"):
        hands.ticks(code)
    hands.chooses("Assessor", "Ben Okafor")
    hands.chooses("Internal quality assurer", "Ivy Lund")
    hands.presses("Enrol")
    expect(hands.page.locator("main")).to_contain_text("12 learners enrolled")
    hands.presses("People", kind="link")
    hands.presses("Links for a class", kind="link")
    hands.presses("Make the sheet")
    expect(hands.page.locator("main")).to_contain_text("Lena Vogt")
    assert len(hands.done) <= MOST, f"{len(hands.done)} actions"
    enrolled(street)


def with_five_units(street: Street) -> None:
    """The centre has five small units of its own, and a qualification that they lead to."""
    deeds.five_units(street.person("dee"))
    deeds.works_towards(street.person("ada"), ["T-1"], by=street.person("dee"))


def enrolled(street: Street) -> None:
    """Each of the class is on the five units, with who answers for them, and has an open link."""
    found = {one.name: one for one in db.session.query(Person).filter_by(centre_id=street.person("dee").centre_id)}
    for name in CLASS:
        learner = found[name]
        told = units.enrolments_of(learner.id)
        assert [one.edition.code for one in told] == ["T-1", "T-2", "T-3", "T-4", "T-5"]
        assert {(one.assessor.name, one.iqa.name) for one in told if one.assessor and one.iqa} == {
            ("Ben Okafor", "Ivy Lund")
        }
        assert qualifications.programmes_of(learner.id)[0].codes == [one.edition.code for one in told]
        assert len(queries.invitations_of(learner)) == 1
