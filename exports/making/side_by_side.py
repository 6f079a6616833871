"""Works on several things at a time in threads and gives what came of each in its turn, so that order stays fixed."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from functools import cache
from typing import Any, TypeVar, cast

from flask import Flask, current_app

T = TypeVar("T")
R = TypeVar("R")
HANDS = min(4, len(os.sched_getaffinity(0)))
"""Threads, for all jobs of this process together: one for each processor that it may use."""
LONGEST = 60 * 60.0
"""Seconds that one thing may take: far more than the bounds of all that it does."""


@contextmanager
def side_by_side(deed: Callable[[T], R], things: Sequence[T]) -> Iterator[Callable[[int], R]]:
    """A function that gives `deed(things[place])`, raising what it raises, and has what comes next begun meanwhile.

    Nothing is begun before it is first asked for. A place that is asked for again is done again. At the end, what was
    begun and never asked for is waited for, or not begun at all. What takes longer than `LONGEST` raises
    `TimeoutError`; its thread is left to itself, and those who come later get others.
    """
    app = cast("Flask", current_app._get_current_object())  # type: ignore[attr-defined]
    begun: dict[int, Future[R]] = {}

    def outcome(place: int) -> R:
        for one in range(place, min(place + HANDS + 1, len(things))):
            if one not in begun:
                begun[one] = _hands().submit(_inside, app, deed, things[one])
        return _answer(begun.pop(place))

    try:
        yield outcome
    finally:
        wait([future for future in begun.values() if not future.cancel()], LONGEST)


def _answer(future: Future[R]) -> R:
    """What it gives in its time. Raises `TimeoutError`, and what it raises."""
    if not wait([future], LONGEST).done:
        future.cancel()
        _hands.cache_clear()
        raise TimeoutError(f"gave no answer in {LONGEST:g} seconds")
    return future.result()


@cache
def _hands() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(HANDS, thread_name_prefix="typesetting")


os.register_at_fork(after_in_child=_hands.cache_clear)  # a fork has none of its parent's threads


def _inside(app: Flask, deed: Callable[[Any], Any], thing: object) -> Any:
    """Within a context, and so a database session, of its own."""
    with app.app_context():
        return deed(thing)
