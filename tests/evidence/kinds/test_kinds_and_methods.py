"""One table says which kind of evidence serves which method, and every place that tells of it says the same."""

import html
import io
import itertools
from dataclasses import replace
from typing import Any

import pytest

from criteria import reader
from criteria.unit import Method, Point, Unit
from exports.document.language import language_of
from exports.facts.missing import absences
from portfolio.evidence import operations as evidence
from portfolio.evidence.arrivals import landing
from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.places.locators import Whole
from portfolio.evidence.rules import HOLDS, KIND_NAMES, LEARNERS_KINDS, OWN, STATED, Kind, called, held, misfit
from portfolio.foundation.db import transaction
from portfolio.units import operations as units
from tests.exports.samples.pack import LEILA
from tests.fixtures import deeds
from tests.fixtures.cast import House

SERVES = """
                      account recording role-play work-product testimony observation discussion
account               x       .         .         .            .         .           .
recording             .       x         x         .            .         x           x
work product          .       .         .         x            .         .           .
witness testimony     .       .         .         .            x         .           .
supervisor statement  .       .         .         .            x         .           .
customer feedback     .       .         .         x            x         .           .
observation           .       .         x         .            .         x           .
professional discussion .     .         .         .            .         .           x
written assignment    x       .         .         .            .         .           .
e-mail                .       .         .         x            .         .           .
web page              .       .         .         x            .         .           .
policy or procedure   x       .         .         x            .         .           .
"""
"""Kinds below one another, methods in the order of `Method`; written here by hand from what assessors accept."""


def _table() -> dict[tuple[Kind, Method], bool]:
    rows = [line.rsplit(maxsplit=7) for line in SERVES.strip().splitlines()[1:]]
    return {
        (Kind(name.strip()), method): cell == "x"
        for name, *cells in rows
        for method, cell in zip(Method, cells, strict=True)
    }


PAIRS = _table()


def test_every_kind_is_in_the_table_has_a_name_and_is_known_in_welsh() -> None:
    assert {kind for kind, _ in PAIRS} == set(Kind) == set(HOLDS) == set(KIND_NAMES)
    assert all(language_of("cy").say(kind) != kind for kind in Kind)
    assert set(LEARNERS_KINDS) == {*OWN, *STATED}


@pytest.mark.parametrize(("kind", "method"), list(itertools.product(Kind, Method)))
def test_the_hand_in_and_the_list_of_gaps_ask_the_same_table(kind: Kind, method: Method) -> None:
    serves = PAIRS[kind, method]
    assert (method in held(kind)) is serves
    said = misfit("3", (method,), kind)
    assert said == ("" if serves else f"Point 3 asks for {method}; this is {called(kind)}.")
    point = replace(LEILA.units[0].points[0], methods=(method,))
    item = replace(LEILA.evidence[0], kind=kind)
    facts = replace(LEILA, units=(replace(LEILA.units[0], points=(point,)),), claims=LEILA.claims[:1], evidence=(item,))
    assert any(one.what == f"no evidence by {method}" for one in absences(facts)) is not serves


def test_a_kind_is_called_by_its_own_name() -> None:
    assert called(Kind.EMAIL) == "an e-mail"
    assert called(Kind.CUSTOMER) == "customer feedback"
    assert "this is a web page." in misfit("1", ("recording",), Kind.WEB_PAGE)
    assert "this is an observation." in misfit("1", ("account",), Kind.OBSERVATION)


TRADES: list[tuple[str, set[Kind]]] = [
    (
        "Prepares a room for guests, shown by direct observation, expert witness testimony or customer feedback.",
        {Kind.OBSERVATION, Kind.RECORDING, Kind.TESTIMONY, Kind.SUPERVISOR, Kind.CUSTOMER},
    ),
    (
        "Moves a person with a hoist, through observation by the assessor or a supervisor's statement.",
        {Kind.OBSERVATION, Kind.RECORDING, Kind.TESTIMONY, Kind.SUPERVISOR, Kind.CUSTOMER},
    ),
    (
        "Follows an order for a part. Evidence may include e-mails, photographs or a completed job card.",
        {Kind.WORK_PRODUCT, Kind.EMAIL, Kind.WEB_PAGE, Kind.PROCEDURE, Kind.CUSTOMER},
    ),
    (
        "Explains the policy on medicines in a written assignment or professional discussion.",
        {Kind.ACCOUNT, Kind.ASSIGNMENT, Kind.PROCEDURE, Kind.DISCUSSION, Kind.RECORDING},
    ),
    (
        "Knows the limits of the job, tested through oral questioning or written questions.",
        {Kind.ACCOUNT, Kind.ASSIGNMENT, Kind.PROCEDURE, Kind.DISCUSSION, Kind.RECORDING},
    ),
    (
        "Plans a delivery round, in the form of screenshots, documents or reports.",
        {Kind.WORK_PRODUCT, Kind.EMAIL, Kind.WEB_PAGE, Kind.PROCEDURE, Kind.CUSTOMER},
    ),
    (
        "Deals with an angry caller in a simulation or a recorded call.",
        {Kind.RECORDING, Kind.OBSERVATION},
    ),
    (
        "Cuts hair to a plan, evidenced by client feedback and photographs.",
        {Kind.TESTIMONY, Kind.SUPERVISOR, Kind.CUSTOMER, Kind.WORK_PRODUCT, Kind.EMAIL, Kind.WEB_PAGE, Kind.PROCEDURE},
    ),
    ("Collects customer feedback and acts on it.", set(Kind)),
    ("Reads the procedure and keeps to it.", set(Kind)),
]
"""Marking points as they are worded in several trades, each with every kind that an assessor would take for it."""


@pytest.mark.parametrize(("words", "kinds"), TRADES)
def test_points_of_several_trades_are_proved_by_the_kinds_that_assessors_take(words: str, kinds: set[Kind]) -> None:
    unit = reader.read(f"Title: A unit\nCode: T-1\n\nMarking points\n1. {words}\n2. Leaves the place clean.\n")
    point = unit.points[0]
    assert {kind for kind in Kind if not misfit(point.ref, point.methods, kind)} == kinds


def test_the_pages_of_the_item_of_the_unit_and_of_marking_tell_of_the_same_misfit(house: House) -> None:
    ada, dee = house.person("ada"), house.person("dee")
    points = tuple(
        Point(str(at), f"Does thing {at}", methods=(method,))
        for at, method in enumerate((Method.ACCOUNT, Method.OBSERVATION), 1)
    )
    file: Any = landing.receive(io.BytesIO(b"words"), "answer.txt", by=ada)
    with transaction():
        edition = units.publish(Unit(title="Tills", code="T-9", points=points), dee.centre, by=dee)
        enrolment = units.enrol(ada, edition, assessor=house.person("ben"), iqa=None, by=dee)
        item = evidence.add(Kind.ASSIGNMENT, compose(Draft("Answer", files=(file.id,))), learner=ada, by=ada)
    deeds.claim(item, Whole(), edition.points)
    browser = house.browser("ada")
    unit = html.unescape(browser.get(f"/portfolio/{enrolment.id}").text)
    assert "Point 2 asks for observation; this is a written assignment." in unit
    assert "Point 1 asks for" not in unit
    page = html.unescape(browser.get(f"/evidence/{item.id}").text)
    assert page.count("This point asks for") == 1
    assert "This point asks for observation." in page
    assessment = deeds.hand_in(enrolment)
    desk = html.unescape(house.browser("ben").get(f"/marking/{assessment.id}").text)
    assert "Point 2 asks for observation; this is a written assignment." in desk
    assert "Point 1 asks for" not in desk
