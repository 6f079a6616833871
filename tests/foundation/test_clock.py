"""The clock tells the time, or the moment that a story is at."""

from datetime import UTC, datetime, timedelta, timezone
from threading import Thread

import pytest

from portfolio.foundation import clock

THEN = datetime(2026, 9, 16, 11, 40, tzinfo=timezone(timedelta(hours=1)))


def test_within_a_story_it_is_the_moment_told_and_after_it_the_time_goes_on() -> None:
    before = clock.now()
    with clock.at(THEN):
        assert clock.now() == THEN
        assert clock.now().tzinfo is UTC
    assert clock.now() >= before


def test_a_story_within_a_story_ends_where_it_began() -> None:
    with clock.at(THEN):
        with clock.at(THEN + timedelta(days=1)):
            assert clock.now() == THEN + timedelta(days=1)
        assert clock.now() == THEN


def test_others_keep_their_own_time() -> None:
    seen = list[datetime]()
    with clock.at(THEN):
        other = Thread(target=lambda: seen.append(clock.now()))
        other.start()
        other.join()
    assert seen[0] != THEN


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"), clock.at(THEN.replace(tzinfo=None)):
        pass


def test_a_stamp_is_in_utc_whatever_the_zone() -> None:
    assert clock.stamp(THEN) == "2026-09-16T10:40:00.000000Z"
