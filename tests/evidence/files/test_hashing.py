"""Whichever processes take the pieces of an upload, what is known of its hash is the hash of its first bytes."""

import hashlib
from collections import OrderedDict
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from portfolio.evidence.arrivals import hashing

PIECES = st.lists(
    st.tuples(st.integers(0, 1), st.binary(max_size=5000), st.sampled_from(["whole", "cut", "undone"])), max_size=12
)
"""Of each piece which of two processes takes it, its bytes, and whether all come, half, or they are taken back."""


@given(PIECES)
def test_what_is_known_of_an_upload_is_the_hash_of_its_beginning(pieces: list[tuple[int, bytes, str]]) -> None:
    memories = [OrderedDict(hashing._seen) for _ in range(2)]
    own = hashing._seen
    with TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.touch()
        try:
            for process, piece, end in pieces:
                hashing._seen = memories[process]
                take(path, piece[: len(piece) // 2] if end == "cut" else piece, undone=end == "undone")
            for memory in memories:
                hashing._seen = memory
                known = hashing.seen("it")
                beginning = path.read_bytes()[: known.size]
                assert known.told().sha256 == hashlib.sha256(beginning).hexdigest()
                assert known.size == len(beginning)
        finally:
            hashing._seen = own


def take(path: Path, piece: bytes, *, undone: bool) -> None:
    """Write a piece at the end of an upload in two steps; `undone` takes it back: its checksum does not hold."""
    at = path.stat().st_size
    with suppress(ValueError), path.open("r+b", buffering=0) as sink:
        sink.seek(at)
        with hashing.arriving("it", path):
            for part in filter(None, (piece[:100], piece[100:])):
                sink.write(part)
            if undone:
                sink.truncate(at)
                raise ValueError
