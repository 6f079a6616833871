"""The hash of each upload, as far as this process saw its bytes arrive: that much of the file is not read again."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from portfolio.foundation.files import Measure

MOST = 1000
"""Uploads that are remembered, those that went on last; a few hundred bytes each."""
_seen: OrderedDict[str, Measure] = OrderedDict()


@contextmanager
def arriving(id: str, at: int) -> Iterator[Callable[[bytes], None]]:
    """Within, the only writer of an upload hands over what comes from the offset `at` on.

    It counts once the block ends without an error. What comes after bytes that another process took is not looked at.
    """
    known = _seen.get(id) or Measure()
    if known.size != at:
        yield _overlooked
        return
    longer = known.copy()
    with _beside(longer.update) as update:
        yield update
    _seen[id] = longer
    _seen.move_to_end(id)
    while len(_seen) > MOST:
        _seen.popitem(last=False)


def seen(id: str) -> Measure:
    """What is known of the first bytes of an upload, perhaps of none; it is forgotten here."""
    return _seen.pop(id, None) or Measure()


@contextmanager
def _beside(update: Callable[[bytes], None]) -> Iterator[Callable[[bytes], None]]:
    """Do `update` on a thread of its own, one piece at a time, while the next is read and written."""
    with ThreadPoolExecutor(1) as thread:
        last = thread.submit(update, b"")

        def hand_over(piece: bytes) -> None:
            nonlocal last
            last.result()
            last = thread.submit(update, piece)

        yield hand_over
        last.result()


def _overlooked(_piece: bytes) -> None:
    """Of bytes in the middle nothing can be known without those before."""
