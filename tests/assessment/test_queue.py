"""The queue: whoever waits is on one of its pages, the longest wait first, also where it is filtered."""

import re

import pytest

from portfolio.foundation.db import transaction
from portfolio.people import operations as people
from portfolio.people.rules import Registration, Role
from portfolio.units import operations as units
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow

NAMES = [f"Una {last} {number}" for last in ("Ash", "Birch") for number in range(13)]


@pytest.fixture
def busy(house: House) -> House:
    """Twenty-six learners handed in, one after the other."""
    first, dee = house.enrolment(), house.person("dee")
    for number, name in enumerate(NAMES):
        with transaction():
            stated = Registration(name, f"l{number}@harbour.example", (Role.LEARNER,))
            learner = people.register(stated, dee.centre, by=dee)
            enrolment = units.enrol(learner, first.edition, assessor=first.assessor, iqa=first.iqa, by=dee)
        deeds.handed_in(enrolment)
    return house


def lines(page: str) -> list[int]:
    """The assessments that a page of the queue lists, in its order."""
    return [int(id) for id in re.findall(r'<th scope="row"><a href="/marking/(\d+)"', page)]


def test_whoever_waits_is_on_one_page_of_the_queue_and_of_what_is_filtered(busy: House) -> None:
    reads = lambda asked: busy.browser("ben").get(f"/marking?{asked}").text  # noqa: E731
    first, second = lines(reads("page=1")), lines(reads("page=2"))
    assert (len(first), len(second)) == (25, 1)
    assert first + second == sorted({*first, *second})
    assert "Page 1 of 2" in reads("page=1")
    assert lines(reads("page=99")) == second
    birches = lines(reads("q=birch"))
    assert len(birches) == 13
    assert "Page " not in reads("q=birch")
    assert lines(reads("q=birch&page=2")) == birches
    assert lines(reads("unit=T-1")) == first
