"""What a learner took out and never handed in is theirs alone; what was handed in stays readable for its judges."""

import io

import pytest

from portfolio.evidence.arrivals.landing import receive
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.models import Evidence
from portfolio.evidence.operations import add, remove, restore
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import transaction
from tests.fixtures import deeds
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow

OTHERS = ("ben", "ivy", "dee")


def take_out(item: Evidence) -> None:
    with transaction():
        remove(item, by=item.learner)


def seen(house: House, address: str) -> dict[str, int]:
    return {nick: house.browser(nick).get(address).status_code for nick in ("ada", *OTHERS)}


NOBODY = {"ada": 200} | dict.fromkeys(OTHERS, 404)
EVERYBODY = dict.fromkeys(("ada", *OTHERS), 200)


def test_what_was_never_handed_in_is_gone_for_everybody_but_the_learner(house: House) -> None:
    ada = house.person("ada")
    file = receive(io.BytesIO(b"words"), "words.txt", by=ada).id
    with transaction():
        item = add(Kind.WORK_PRODUCT, compose(Draft("The kettle", files=(file,))), learner=ada, by=ada)
    pages = (f"/evidence/{item.id}", f"/evidence/{item.id}/versions/1", f"/files/{file}/original")
    assert [seen(house, page) for page in pages] == [EVERYBODY] * 3
    take_out(item)
    assert [seen(house, page) for page in pages] == [NOBODY] * 3
    assert f"/evidence/{item.id}/restore" in house.browser("ada").get(pages[0]).text
    with transaction():
        restore(item, by=ada)
    assert [seen(house, page) for page in pages] == [EVERYBODY] * 3


@pytest.mark.parametrize("taken_back", [False, True])
def test_what_was_handed_in_stays_readable_unless_it_was_taken_back(house: House, taken_back: bool) -> None:
    item = deeds.ready(house.enrolment())
    assessment = deeds.hand_in(house.enrolment())
    if taken_back:
        deeds.take_back(assessment)
    take_out(item)
    assert seen(house, f"/evidence/{item.id}") == (NOBODY if taken_back else EVERYBODY)


def test_of_what_was_changed_afterwards_only_the_version_handed_in_stays(house: House) -> None:
    item = deeds.ready(house.enrolment())
    deeds.hand_in(house.enrolment())
    deeds.rewrite(item, "Something else altogether, and private.")
    take_out(item)
    assert seen(house, f"/evidence/{item.id}/versions/1") == EVERYBODY
    assert seen(house, f"/evidence/{item.id}/versions/2") == seen(house, f"/evidence/{item.id}") == NOBODY
