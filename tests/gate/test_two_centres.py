"""The wall for one human of two centres: until they go over, the other centre's doors are as shut as to anybody."""

from itertools import product

import pytest

from portfolio.foundation.db import db, transaction
from portfolio.people.models import Person
from tests.fixtures.cast import House
from tests.gate.table import DOORS, ELSEWHERE, LAST, OF_NO_CENTRE, PEOPLE
from tests.gate.test_doors import HERE, THERE, methods, passed, routes, world
from tests.gate.world import Things

pytestmark = pytest.mark.slow

__all__ = ["world"]


def test_a_person_whose_account_has_the_other_centre_opens_none_of_its_doors(
    house: House, world: dict[str, Things]
) -> None:
    pairs = [(PEOPLE[role], ELSEWHERE[role]) for role in ELSEWHERE]
    with transaction():
        for here, there in pairs:
            house.person(there).account_id = house.person(here).account_id
    browsers = {nick: house.browser(nick) for pair in pairs for nick in pair}
    db.session.remove()
    wrong = []
    for rule, (nick, there) in product(routes(house), [*pairs, *(pair[::-1] for pair in pairs)]):
        of_centre = bool(rule.arguments - OF_NO_CENTRE)
        if (
            rule.endpoint in LAST
            or not of_centre
            or "nobody" in DOORS[rule.endpoint]
            or rule.endpoint == "entering.switch"
        ):
            continue
        centre = THERE if nick in PEOPLE.values() else HERE
        address = house.app.url_map.bind("").build(rule.endpoint, world[centre].named_by(rule))
        for method in sorted(methods(rule)):
            with browsers[nick].open(address, method=method, headers={"Tus-Resumable": "1.0.0"}) as answer:
                if passed(answer):
                    wrong.append(f"{nick}, who is also {there}: {method} {address} ({rule.endpoint}): {answer.status}")
    assert "\n".join(wrong) == ""


def test_who_goes_over_has_the_doors_of_the_one_centre_and_not_of_the_other(
    house: House, world: dict[str, Things]
) -> None:
    with transaction():
        house.person("dot").account_id = house.person("dee").account_id
    browser, there = house.browser("dee"), house.person("dot").id
    learner = {centre: f"/people/{things.learner}/change" for centre, things in world.items()}
    assert [browser.get(learner[centre]).status_code for centre in (HERE, THERE)] == [200, 404]
    assert browser.post(f"/centres/{there}").status_code == 302
    assert [browser.get(learner[centre]).status_code for centre in (HERE, THERE)] == [404, 200]


@pytest.mark.parametrize("lost", ["account", "shut"])
def test_nobody_goes_over_to_whom_they_are_not_any_more(house: House, lost: str) -> None:
    house.app.config["WTF_CSRF_ENABLED"] = False
    with transaction():
        dot: Person = house.person("dot")
        dot.account_id = house.person("dee").account_id
        id = dot.id
    browser = house.browser("dee")
    assert b"Change to Fell and Dale" in browser.get("/sign-ins").data
    with transaction():
        dot = house.person("dot")
        dot.active, dot.account = lost != "shut", dot.account if lost == "shut" else None
    assert browser.post(f"/centres/{id}").status_code == 404
    assert b"Fell and Dale" not in browser.get("/sign-ins").data
