"""Runs a function over other people's files in a child process with bounds; what happens to it happens there."""

from collections.abc import Callable
from typing import Any, TypeVar

from exports.typesetting.child import Child, Limits, NotTypeset, again

T = TypeVar("T")
LIMITS = Limits(cpu=30, memory=1_500_000_000, wall=60)
"""What one file may cost."""


class Unshown(Exception):
    """A file was given up; `phrase` is the reason in words for the reader, with `numbers` for `%(name)s` in it."""

    def __init__(self, phrase: str, **numbers: str) -> None:
        super().__init__(phrase % numbers if numbers else phrase)
        self.phrase, self.numbers = phrase, numbers


def bounded(work: Callable[..., T], *given: object, limits: Limits = LIMITS) -> T:
    """`work(*given)` in a child of its own; `work` is a function of a module, and raises `Unshown` itself.

    Raises `Unshown` for whatever keeps it from an answer.
    """
    try:
        phrase, numbers, answer = again(lambda: _heard(work, given, limits))
    except NotTypeset as reason:
        raise Unshown("It could not be read within the limits of time and memory.") from reason
    if phrase:
        raise Unshown(phrase, **numbers)
    return answer  # type: ignore[no-any-return]


def _heard(work: Callable[..., Any], given: tuple[object, ...], limits: Limits) -> Any:
    with Child(_done, work, given, limits=limits) as child:
        return child.hear()


def _done(_tell: object, work: Callable[..., Any], given: tuple[object, ...]) -> tuple[str, dict[str, str], Any]:
    try:
        return "", {}, work(*given)
    except Unshown as reason:
        return reason.phrase, reason.numbers, None
