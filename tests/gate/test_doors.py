"""Every route × every role × own and other centre: what a person may not see is not there."""

from collections.abc import Iterator
from itertools import product

import pytest
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from portfolio.foundation.db import db, transaction
from portfolio.foundation.work import alive
from portfolio.people.operations import change
from portfolio.people.rules import Registration
from tests.fixtures.cast import House
from tests.gate.table import DOORS, ELSEWHERE, LAST, OF_NO_CENTRE, ONCE, PEOPLE, THEIR_OWN
from tests.gate.world import Things, things_of

pytestmark = pytest.mark.slow

WHO = {
    "nobody": ("nobody", ""),
    **{f"{role} {nick}": (role, nick) for people in (PEOPLE, ELSEWHERE) for role, nick in people.items()},
}
HERE, THERE = "Harbour Street", "Fell and Dale"
HOMES = {HERE: set(PEOPLE.values()), THERE: set(ELSEWHERE.values())}


@pytest.fixture
def world(house: House) -> Iterator[dict[str, Things]]:
    """What addresses name, in a house that is well: a worker breathes."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    with alive.identity(house.app.extensions["markwell"].instance):
        yield {
            HERE: things_of(house, learner="ada", spare="zoe", administrator="dee"),
            THERE: things_of(house, learner="amy", spare="kit", administrator="dot"),
        }


def routes(house: House) -> list[Rule]:
    """Every route, those last that end what others need."""
    rules = [*house.app.url_map.iter_rules()]
    return sorted(
        rules, key=lambda rule: (LAST.index(rule.endpoint) + 1 if rule.endpoint in LAST else 0, rule.endpoint)
    )


def methods(rule: Rule) -> set[str]:
    """What a route is for: HEAD and OPTIONS count where there is nothing else."""
    asked = set(rule.methods or ())
    return asked - {"HEAD", "OPTIONS"} or asked - ({"OPTIONS"} if "HEAD" in asked else set())


def passed(answer: TestResponse) -> bool:
    """Whether somebody got through: neither nothing there, nor asked to sign in. A fault is neither."""
    assert answer.status_code < 500, f"{answer.request.method} {answer.request.path}: {answer.status_code}"
    asked_in = answer.status_code == 401 or (
        answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in?")
    )
    return answer.status_code != 404 and not asked_in


def expected(rule: Rule, role: str, *, at_home: bool) -> bool:
    """What the table says: things of another centre are there for nobody."""
    of_centre = bool(rule.arguments - OF_NO_CENTRE)
    return role in DOORS[rule.endpoint] and (at_home or not of_centre or "nobody" in DOORS[rule.endpoint])


def test_every_route_is_decided_upon_and_no_decision_is_idle(house: House) -> None:
    optional = {"design", "outbox", "outbox_mail", "outbox_html"}
    assert {rule.endpoint for rule in routes(house)} | optional == set(DOORS)


@pytest.mark.slow
def test_doors_open_for_whom_the_table_names_and_for_nobody_else(house: House, world: dict[str, Things]) -> None:
    browsers = {who: house.browser(nick) for who, (_, nick) in WHO.items()}
    db.session.remove()
    wrong = []
    for rule, who, centre in product(routes(house), WHO, (HERE, THERE)):
        role, nick = WHO[who]
        may = expected(rule, role, at_home=nick in HOMES[centre])
        address = house.app.url_map.bind("").build(rule.endpoint, world[centre].named_by(rule))
        for method in sorted(methods(rule)):
            with browsers[who].open(address, method=method, headers={"Tus-Resumable": "1.0.0"}) as answer:
                if passed(answer) != may:
                    wrong.append(f"{who}: {method} {address} of {centre} ({rule.endpoint}): {answer.status}")
    assert "\n".join(wrong) == ""


def test_whoever_was_it_once_and_is_still_named_has_only_the_rights_of_now(
    house: House, world: dict[str, Things]
) -> None:
    with transaction():
        for nick, (role, _) in ONCE.items():
            person = house.person(nick)
            change(person, Registration(person.name, person.email, (role,)), by=house.person("eve"))
    browsers = {nick: house.browser(nick) for nick in ONCE}
    db.session.remove()
    wrong = []
    for rule, (nick, (_, now)) in product(routes(house), ONCE.items()):
        if rule.endpoint in THEIR_OWN or rule.endpoint in LAST:
            continue
        address = house.app.url_map.bind("").build(rule.endpoint, world[HERE].named_by(rule))
        for method in sorted(methods(rule)):
            with browsers[nick].open(address, method=method, headers={"Tus-Resumable": "1.0.0"}) as answer:
                if passed(answer) != (now in DOORS[rule.endpoint]):
                    wrong.append(f"{nick}: {method} {address} ({rule.endpoint}): {answer.status}")
    assert "\n".join(wrong) == ""


def test_a_thing_that_is_not_there_and_one_that_is_not_theirs_look_the_same(
    house: House, world: dict[str, Things]
) -> None:
    browser = house.browser("ada")
    pages = [browser.get(f"/evidence/{id}").text for id in (world[THERE].evidence, 999_999)]
    shown = [page[page.index("<main") :].partition("</main>")[0] for page in pages]
    assert len({"".join(character for character in page if not character.isalnum()) for page in shown}) == 1
