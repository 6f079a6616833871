"""Many uploads on bad lines, each cut at a random byte: all of them arrive whole, and none of them twice."""

import os
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from flask import Flask

from portfolio.evidence.arrivals import landing
from portfolio.evidence.models import Evidence, File
from portfolio.foundation.db import db
from portfolio.people.models import Person
from tests.faults import centre, checks
from tests.faults.arrivals.sender import Sender
from tests.faults.programs import WHOLE_HOUSE, Nursery, free_port, nursery, serving, until
from tests.faults.test_kills import busy, signed_in
from tests.faults.visitors import Door

pytestmark = pytest.mark.slow
SEED = int(os.environ.get("FAULTS_SEED", "20261130"))
UPLOADS = int(os.environ.get("FAULTS_UPLOADS", "60"))
KILLS = UPLOADS // 20
"""Of the server, while files are on their way."""
DEEDS = 4
"""Of each upload at least: it is begun, cut, sent, and becomes an item."""


@pytest.fixture
def house(tmp_path: Path) -> Flask:
    return centre.opened(tmp_path)


def test_uploads_that_are_cut_at_random_bytes_all_arrive_whole_and_none_twice(house: Flask) -> None:
    dice, door = random.Random(SEED), Door()
    count = UPLOADS // len(centre.LEARNERS)
    people = [Sender(door, name, random.Random(dice.random()), count) for name in centre.LEARNERS]
    with nursery(house, WHOLE_HOUSE) as home:
        signed_in(home, door, people)
        with busy(door, people):
            for kill in range(1, KILLS + 1):
                killed_in_mid_work(home, door, people, DEEDS * UPLOADS * kill // (KILLS + 1))
            with serving(home, port := free_port()):
                door.opens(port)
                until(lambda: door.over.is_set() or all(one.is_done for one in people))
                door.shuts()
    everything = [one for each in people for one in each.all]
    assert len(everything) == count * len(people)
    assert all(one.cuts <= 0 for one in everything), "each was cut with a part of it there"
    with house.app_context():
        ensure_each_is_there_once(people)
        checks.ensure_sound()
        landing.sweep()  # as every hour does: a kill may come between an original and the end of what it was made of
        assert all(not landing.place(one.place.rsplit("/", 1)[1]).exists() for one in everything)


def killed_in_mid_work(home: Nursery, door: Door, people: Sequence[Sender], deeds: int) -> None:
    """Let people work until that many deeds are done in all, then end the server without a farewell."""
    with serving(home, port := free_port()) as server:
        door.opens(port)
        until(lambda: door.over.is_set() or sum(one.deeds for one in people) >= deeds)
        home.kill(server)
        door.shuts()


def ensure_each_is_there_once(people: Sequence[Sender]) -> None:
    """Each file is one file and one item of whoever sent it, with the bytes that were sent."""
    for sender in people:
        owner = db.session.query(Person).filter_by(name=sender.name).one()
        sent = {one.file: one.sha256 for one in sender.all}
        assert len(sent) == len(sender.all)
        assert {str(file.id): file.sha256 for file in db.session.query(File).filter_by(owner_id=owner.id)} == sent
        items = Counter(item.versions[0].title for item in db.session.query(Evidence).filter_by(learner_id=owner.id))
        assert {title: times for title, times in items.items() if title.startswith("The till ")} == {
            f"The till {one.key}": 1 for one in sender.all
        }
