"""The hash of each upload, as far as this process read it while it arrived: that much of it is not read again."""

from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from portfolio.foundation.files import PIECE, Measure

MOST = 1000
"""Uploads that are remembered, those that went on last; a few hundred bytes each."""
PAUSE = 0.05
"""Seconds between two looks whether a file has grown."""
_seen: OrderedDict[str, Measure] = OrderedDict()


@contextmanager
def arriving(id: str, path: Path) -> Iterator[None]:
    """Within, an upload grows at `path`: what is there is read on a thread of its own, beginning where this process
    knows it, and also what another one took.

    It counts once the block ends without an error; nobody waits for what is not read by then.
    """
    longer, over = (_seen.get(id) or Measure()).copy(), Event()
    with ThreadPoolExecutor(1) as thread:
        reading = thread.submit(_follow, path, longer, over)
        try:
            yield
        finally:
            over.set()
        reading.result()
    _seen[id] = longer
    _seen.move_to_end(id)
    while len(_seen) > MOST:
        _seen.popitem(last=False)


def seen(id: str) -> Measure:
    """What is known of the first bytes of an upload, perhaps of none; it is forgotten here."""
    return _seen.pop(id, None) or Measure()


def _follow(path: Path, measure: Measure, over: Event) -> None:
    """Take in a file that grows, from where it is measured."""
    piece = memoryview(bytearray(PIECE))
    with path.open("rb", buffering=0) as file:
        file.seek(measure.size)
        while not over.is_set():
            if size := file.readinto(piece):
                measure.update(piece[:size])
            else:
                over.wait(PAUSE)
