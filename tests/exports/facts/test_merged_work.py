"""Whatever was done under two records, of the one that they became everything holds, or nothing is changed."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exports.facts.snapshot import log_check
from portfolio.assessment import operations as assessments
from portfolio.assessment import queries
from portfolio.evidence import operations as evidence
from portfolio.evidence import queries as gathered
from portfolio.evidence.models import Claim, Evidence
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Refused
from portfolio.people import operations as people
from portfolio.people.models import Person
from portfolio.people.rules import Registration, Role
from portfolio.units import operations as units
from portfolio.units import queries as editions
from portfolio.units.models import Edition, Enrolment
from tests.assessment.doubles import REASON, rows, second
from tests.exports.facts.test_merged import LINE, rewritten, said, told
from tests.fixtures import deeds
from tests.fixtures.cast import House


def step(dice: Random, learner: Person, enrolment: Enrolment, dee: Person) -> None:
    """One thing that is done, or tried, to the work of one record."""
    assessment, items = queries.assessment_of(enrolment), gathered.items_of(learner.id)
    claims = gathered.claims_of(learner.id)
    tries: list[Callable[[], object]] = [lambda: deeds.ready(enrolment), lambda: deeds.hand_in(enrolment)] * 2
    if items:
        item = dice.choice(items).evidence
        tries.append(lambda: deeds.rewrite(item, f"{deeds.STORY} More {len(claims)}."))
        tries.append(lambda: done(evidence.remove, item, by=learner))
    if claims:
        tries.append(lambda: done(evidence.remove_claim, dice.choice(claims), by=learner))
    if assessment:
        worst = [dice.choice((deeds.NOT_MET, deeds.MET))]
        tries += [partial(deeds.judge_all, assessment, *worst)] * 3
        tries += [partial(deed, assessment) for deed in (deeds.take_back, deeds.refer, deeds.award, deeds.retract)]
        tries.append(partial(deeds.reinstate, assessment, dee))
    if dice.random() < 0.1:
        tries = [partial(deeds.withdraw, enrolment, dee)]
    with suppress(Refused):
        dice.choice(tries)()


def done(deed: Callable[..., object], *things: object, by: Person) -> None:
    """A deed in a transaction of its own."""
    with transaction():
        deed(*things, by=by)


def two_records(house: House, edition: Edition, other: Edition) -> list[Person]:
    """Two records of one person, on one unit or on two."""
    dee, ben = house.person("dee"), house.person("ben")
    found = []
    for at, chosen in enumerate((edition, other)):
        nick = f"twin-{db.session.query(Person).count()}-{at}"
        with transaction():
            stated = Registration(f"Twin {nick}", f"{nick}@house.example", (Role.LEARNER,), number=nick)
            person = people.register(stated, dee.centre, by=dee)
            units.enrol(person, chosen, assessor=ben, iqa=None, by=dee)
        found.append(person)
    return found


@pytest.mark.slow
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seeds=st.lists(st.tuples(st.integers(0, 1), st.integers(0, 10**6)), max_size=25), same=st.booleans())
def test_whatever_was_done_under_both_the_one_holds_or_nothing_is_changed(
    house: House, seeds: list[tuple[int, int]], same: bool
) -> None:
    edition = house.enrolment().edition
    other = edition if same else (editions.newest(edition.centre_id, "T-2") or second(house))
    pair, dee = two_records(house, edition, other), house.person("dee")
    for whose, seed in seeds:
        learner = pair[whose]
        step(Random(seed), learner, editions.enrolments_of(learner.id)[0], dee)
    counted = [db.session.query(kind).count() for kind in (Evidence, Claim)]
    stays, double = pair
    was = rows()
    try:
        with transaction():
            assessments.merge(double, stays, people.stated(stays), REASON, by=dee)
    except Refused:
        assert rows() == was
        assert same, "two units are never in each other's way"
        return
    assert counted == [db.session.query(kind).count() for kind in (Evidence, Claim)]
    assert [*log_check.differing(stays, Counter()), *log_check.differing(double, Counter())] == []
    facts = told(stays)
    assert said(facts) == ""
    for event in facts["events"][:-1]:
        assert said(facts | {"events": [one for one in facts["events"] if one is not event]}), event["deed"]
    for change, _ in [LINE[name] for name in ("another name", "another end", "another reason", "into another")]:
        assert said(rewritten(facts, change))
