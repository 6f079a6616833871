"""Entries of minutes stand by their time, and are not saved over."""

from dataclasses import replace

import pytest

from portfolio.evidence.meetings import operations
from portfolio.evidence.meetings.rules import Circumstances
from portfolio.foundation.db import db, transaction
from portfolio.foundation.errors import Conflict
from tests.evidence.meetings import meeting as meetings
from tests.evidence.meetings.meeting import STEP, shown
from tests.fixtures.cast import House

pytestmark = pytest.mark.slow


def test_entries_stand_by_their_time_over_midnight_too(house: House) -> None:
    meeting = meetings.planned(house.person("ada"), house.person("ben"))
    with transaction():
        operations.describe(meeting, Circumstances(starts="22:00"), based_on=meeting.saved)
    for at in ("23:10", "0:05", "22:30"):
        meetings.write(meeting, replace(STEP, at=at))
    assert [one["at"] for one in meeting.minutes["entries"]] == ["22:30", "23:10", "00:05"]


def test_an_entry_that_somebody_changed_meanwhile_is_not_saved_over(house: House) -> None:
    meeting = meetings.under_way(house.person("ada"), house.person("ben"))
    seen, first = meeting.saved, shown(meeting, 0)
    with transaction():
        operations.change_entry(meeting, 0, replace(STEP, words="She greeted him."), based_on=seen, seen=first)
    with pytest.raises(Conflict), transaction():
        operations.change_entry(meeting, 0, STEP, based_on=seen, seen=first)
    with pytest.raises(Conflict), transaction():
        operations.remove_entry(meeting, 0, based_on=seen, seen=first)
    db.session.expire_all()
    assert meeting.minutes["entries"][0]["words"] == "She greeted him."
