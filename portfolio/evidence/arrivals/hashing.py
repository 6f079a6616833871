"""The hash of each upload, as far as this process saw its bytes arrive: that much of the file is not read again."""

from collections import OrderedDict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from portfolio.foundation.files import PIECE, Measure

MOST = 1000
"""Uploads that are remembered, those that went on last; a few hundred bytes each."""
PAUSE = 0.002
"""Seconds between two looks whether a file has grown."""
_seen: OrderedDict[str, Measure] = OrderedDict()


@contextmanager
def arriving(id: str, path: Path, at: int, length: int) -> Iterator[Callable[[bytes], None]]:
    """Within, the only writer of an upload of `length` bytes at `path` hands over what comes from the offset `at` on.

    It counts once the block ends without an error. Bytes that another process took are read again meanwhile, where
    more of the upload is to come than that; else nothing is looked at.
    """
    known = _seen.get(id) or Measure()
    longer = known.copy()
    if known.size != at and length - at < at - known.size:
        yield _overlooked
        return
    with _beside(longer.update) if known.size == at else _behind(path, longer) as update:
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


@contextmanager
def _behind(path: Path, measure: Measure) -> Iterator[Callable[[bytes], None]]:
    """Read a file that grows, on a thread of its own, from where it is measured up to what is there at the end."""
    is_whole, left = Event(), Event()

    def follow() -> None:
        with path.open("rb", buffering=0) as file:
            file.seek(measure.size)
            while not left.is_set():
                over = is_whole.is_set()
                if piece := file.read(PIECE):
                    measure.update(piece)
                elif over:
                    return
                else:
                    is_whole.wait(PAUSE)

    with ThreadPoolExecutor(1) as thread:
        reading = thread.submit(follow)
        try:
            yield _overlooked
        except BaseException:
            left.set()
            raise
        is_whole.set()
        reading.result()


def _overlooked(_piece: bytes) -> None:
    """Of bytes in the middle nothing can be known without those before."""
