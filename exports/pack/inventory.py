"""The inventory of a finished pack: which stored file stands at which path.

Its bytes are streamed from the store on demand, so a pack takes no room of its own, and gives the same bytes however
often it is taken.
"""

import io
import json
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from exports.facts.canonical import canonical
from exports.pack.bag import Member, NotAsRegistered
from portfolio.foundation import files


def kept(members: Iterable[Member]) -> str:
    """Put what the store lacks of `members` into it, and the inventory too; returns the inventory's SHA-256."""
    rows = []
    for member in members:
        if not files.store().has(member.sha256):
            files.store().put(_BlockReader(member.blocks()))
        rows.append([member.path, member.size, member.crc32, member.sha256])
    return files.store().put(io.BytesIO(canonical(rows))).sha256


def members(plan_sha256: str) -> list[Member]:
    """The members of an inventory, each read from the store when its turn comes."""
    with files.store().open(plan_sha256) as file:
        rows = json.load(file)
    return [_member(row, files.store().open) for row in rows]


def _member(row: tuple[str, int, int, str], opened: Callable[[str], BinaryIO]) -> Member:
    path, size, crc32, sha256 = row

    def since(offset: int) -> Iterator[bytes]:
        with opened(sha256) as file:
            if offset and file.seek(0, io.SEEK_END) != size:
                raise NotAsRegistered(path)
            file.seek(offset)
            while block := file.read(files.BLOCK):
                yield block

    return Member(path, size, crc32, sha256, lambda: since(0), since)


class _BlockReader:
    """Blocks read like a file."""

    def __init__(self, blocks: Iterable[bytes]) -> None:
        self._blocks = iter(blocks)
        self._held = b""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; empty at the end."""
        while len(self._held) < size and (block := next(self._blocks, None)) is not None:
            self._held += block
        given, self._held = self._held[:size], self._held[size:]
        return given
