"""Nobody's report is typeset again while nothing of it changed."""

from pathlib import Path

import pytest
from sqlalchemy import select

from bench.filled_centre import instances
from exports.making import packs
from exports.typesetting.child import Child
from portfolio.evidence import content, operations
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db, transaction
from portfolio.people.models import Person


@pytest.mark.slow
def test_a_second_pack_typesets_only_the_learner_who_went_on(tmp_path: Path) -> None:
    with instances.built(3, tmp_path).open():
        learners = list(db.session.scalars(select(Person).where(Person.number.like("L0%")).order_by(Person.id)))
        assert typesettings(learners) == 3
        assert typesettings(learners) == 0
        with transaction():
            draft = content.Draft("One more thing", text="I called the carrier again, and this time they came.")
            operations.add(Kind.ACCOUNT, content.compose(draft), learner=learners[1], by=learners[1])
        assert typesettings(learners) == 1
        assert typesettings(learners) == 0


def typesettings(learners: list[Person]) -> int:
    """How many processes that typeset a pack of these learners starts."""
    before = Child.begun
    packs.pack_of(learners)
    return Child.begun - before
