"""Reports are made side by side and told of in their turn; how long it will take is said in words."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask, current_app

from exports.making import side_by_side
from exports.making.side_by_side import HANDS
from exports.making.time_left import Pace, left

START = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.fixture
def app() -> Flask:
    return Flask("house")


def test_what_comes_next_is_begun_while_one_is_waited_for_and_order_stays(app: Flask) -> None:
    second_began = threading.Event()

    def deed(number: int) -> int:
        if number == 2:
            second_began.set()
        if number == 1 and HANDS > 1:
            assert second_began.wait(60), "nobody began the second while the first was being made"
        return number * 10

    with app.app_context(), side_by_side.side_by_side(deed, [1, 2, 3, 4]) as outcome:
        assert [outcome(place) for place in range(4)] == [10, 20, 30, 40]


def test_nothing_is_begun_that_nobody_asks_for(app: Flask) -> None:
    begun = []
    with app.app_context(), side_by_side.side_by_side(begun.append, list(range(10))) as outcome:
        outcome(8)
    assert set(begun) <= {8, 9}
    assert 8 in begun


def test_one_that_fails_is_raised_in_its_turn_and_done_again_when_asked_again(app: Flask) -> None:
    tries = []

    def deed(number: int) -> str:
        tries.append(number)
        if tries.count(2) == 1 and number == 2:
            raise TimeoutError
        return current_app.name

    with app.app_context(), side_by_side.side_by_side(deed, [1, 2]) as outcome:
        assert outcome(0) == "house"
        with pytest.raises(TimeoutError):
            outcome(1)
        assert outcome(1) == "house"
    assert tries.count(1) == 1


def test_the_page_says_how_many_are_done_how_much_it_is_and_how_long_it_takes() -> None:
    pace = Pace(100)
    assert pace.told(0, START) == "Typesetting report 1 of 100"
    pace.add(1_400_000, 40)
    assert pace.told(1, START + timedelta(seconds=3)) == "Typesetting report 2 of 100, 40 pages (1.4 MB) so far"
    said = pace.told(2, START + timedelta(seconds=6))
    assert said == "Typesetting report 3 of 100, 40 pages (1.4 MB) so far, about 5 minutes left"


def test_reports_that_were_there_before_do_not_promise_too_much() -> None:
    pace = Pace(60)
    for done in range(40):
        pace.told(done, START)
    for done in range(40, 51):
        said = pace.told(done, START + timedelta(seconds=12 * (done - 39)))
    assert said.endswith("about 2 minutes left")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "less than a minute"), (60, "about 1 minute"), (2000, "about 33 minutes"), (9000, "about 2 hours")],
)
def test_time_left_is_said_as_people_say_it(seconds: float, words: str) -> None:
    assert left(seconds) == words
