"""Today is the centre's day, wherever its clocks are and whatever day it is in UTC."""

from datetime import UTC, date, datetime, timedelta

import pytest
from flask import g

from portfolio.evidence import operations
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft, Statement
from portfolio.evidence.forms import EvidenceForm
from portfolio.evidence.queries import latest
from portfolio.evidence.rules import Kind
from portfolio.foundation import clock
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words import display
from portfolio.people.models import Person
from tests.fixtures import deeds
from tests.fixtures.cast import House

MORNINGS = [
    ("Pacific/Auckland", "2026-03-05T08:00+13:00"),
    ("Europe/London", "2026-07-01T00:30+01:00"),
    ("America/Los_Angeles", "2026-03-04T20:00-08:00"),
    ("Pacific/Kiritimati", "2026-01-01T00:01+14:00"),
    ("Pacific/Pago_Pago", "2025-12-31T23:59-11:00"),
]
"""A zone and what its clocks show: in UTC it is the day before, or the day after."""


@pytest.fixture(params=MORNINGS, ids=lambda one: one[0])
def morning(house: House, request: pytest.FixtureRequest) -> tuple[Person, datetime, date]:
    """Ada at a centre of that zone, the moment, and the day."""
    zone, shown = request.param
    with transaction():
        house.person("ada").centre.timezone = zone
    moment = datetime.fromisoformat(shown)
    return house.person("ada"), moment, moment.date()


def written(ada: Person, day: date) -> None:
    with transaction():
        operations.add(Kind.ACCOUNT, compose(Draft("The kettle", day, text="I listened.")), learner=ada, by=ada)


def test_what_happened_today_is_taken_and_what_is_to_come_is_refused(
    house: House, morning: tuple[Person, datetime, date]
) -> None:
    ada, moment, day = morning
    assert moment.astimezone(UTC).date() != day
    item = deeds.write(ada)
    tomorrow = compose(Draft("The kettle", day + timedelta(days=1), text="I listened."))
    told = compose(
        Draft(
            "Testimony",
            tomorrow.draft.happened_on,
            text="Seen.",
            statement=Statement("W", "Cook", "", "Chef", "0161 496 0000"),
        )
    )
    points, ben = house.enrolment().edition.points, house.person("ben")
    with clock.at(moment):
        assert clock.today(ada.centre.timezone) == day
        written(ada, day)
        for deed in (
            lambda: written(ada, tomorrow.draft.happened_on or day),
            lambda: operations.save(item, tomorrow, based_on=item.latest, by=ada),
            lambda: operations.testify(told, points, learner=ada, by=ben),
        ):
            with pytest.raises(Incomplete, match="still to come") as refused:
                deed()
            assert refused.value.lacks == ("happened_on",)
    assert latest(item).number == 1


def test_a_form_says_so_earlier_and_by_the_same_day(house: House, morning: tuple[Person, datetime, date]) -> None:
    ada, moment, day = morning
    house.app.config["WTF_CSRF_ENABLED"] = False
    for given, refused in ((day, False), (day + timedelta(days=1), True)):
        fields = {"title": "The kettle", "happened_on": given.isoformat()}
        with clock.at(moment), house.app.test_request_context(method="POST", data=fields):
            g.person = ada
            form = EvidenceForm()
            form.validate()
            assert ("happened_on" in form.errors) is refused


def test_days_are_counted_at_the_centre(house: House, morning: tuple[Person, datetime, date]) -> None:
    ada, moment, day = morning
    with clock.at(moment), house.app.test_request_context():
        g.person = ada
        assert display.today() == day
        assert "today" in display.ago(moment)
        midnight = moment.replace(hour=0, minute=0)
        assert "1 day<" in display.ago(midnight - timedelta(seconds=1))
