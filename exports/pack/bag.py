"""A bag of files as one stream: BagIt 1.0 (RFC 8493) laid out in a stored ZIP, ZIP64 where it must be (APPNOTE 6.3.10).

Everything about the layout follows from names, sizes and CRCs alone, so the length is known before the first byte,
offsets never depend on content, and the same members give the same bytes.
"""

import hashlib
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from zlib_ng.zlib_ng import crc32

FIXED_DATE = 0x0021
"""1980-01-01 as MS-DOS writes it: the one date that every file in a bag carries."""
BLOCK = 1 << 20
_U16, _U32 = 0xFFFF, 0xFFFFFFFF
_UTF8, _PLAIN, _ZIP64 = 0x0800, 20, 45
_UNIX_REGULAR = 0o100644 << 16


class NotAsRegistered(Exception):
    """A file's bytes are not what the register says about them; raised in mid-stream, which stays incomplete."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path}: what the store holds is not what the register says. The pack was not finished.")
        self.path = path


@dataclass(frozen=True, slots=True)
class Member:
    """A file of the bag: `/`-separated path, size in bytes, CRC-32, SHA-256, and its bytes in blocks."""

    path: str
    size: int
    crc32: int
    sha256: str
    blocks: Callable[[], Iterable[bytes]]
    since: Callable[[int], Iterable[bytes]] | None = None
    """Its bytes from an offset on, where they can be had without reading what stands before."""


def written(path: str, content: bytes) -> Member:
    """A member whose bytes are at hand."""
    return Member(path, len(content), crc32(content), hashlib.sha256(content).hexdigest(), lambda: (content,))


def walked(path: str, blocks: Callable[[], Iterable[bytes]]) -> Member:
    """A member that is walked once now, to know its size and hashes, and once more when it is streamed."""
    size, crc, digest = 0, 0, hashlib.sha256()
    for block in blocks():
        size, crc = size + len(block), crc32(block, crc)
        digest.update(block)
    return Member(path, size, crc, digest.hexdigest(), blocks)


def bag(
    payload: Iterable[Member], top: str, *, info: Mapping[str, str], sign: Callable[[bytes], bytes] | None = None
) -> list[Member]:
    """The payload (paths under `data/`) with its tag files, sorted, all in the folder `top`.

    `info` becomes bag-info.txt, after Payload-Oxum; `sign` makes a detached CMS signature of the tag manifest's bytes.
    """
    files = sorted(payload, key=lambda member: member.path)
    oxum = {"Payload-Oxum": f"{sum(member.size for member in files)}.{len(files)}"}
    tags = [
        written("bag-info.txt", _labelled({**info, **oxum})),
        written("bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        written("manifest-sha256.txt", manifest(files)),
    ]
    seal = manifest(tags)
    tags.append(written("tagmanifest-sha256.txt", seal))
    if sign:
        tags.append(written("tagmanifest-sha256.txt.p7s", sign(seal)))
    return [replace(member, path=f"{top}/{member.path}") for member in sorted(tags + files, key=lambda m: m.path)]


def manifest(members: Iterable[Member]) -> bytes:
    """Lines of `hash  path` (RFC 8493 §2.1.3): CR, LF and % in paths percent-encoded, and only those."""
    return "".join(f"{member.sha256}  {_encoded(member.path)}\n" for member in members).encode()


def seal_of(members: Iterable[Member]) -> str:
    """SHA-256 of a bag's tag manifest, which vouches for all of it."""
    return next(member.sha256 for member in members if member.path.endswith("/tagmanifest-sha256.txt"))


def length(members: Iterable[Member]) -> int:
    """How many bytes `stream` will give for the same members."""
    return sum(len(piece) if isinstance(piece, bytes) else piece.size for piece in pieces(members))


def stream(
    members: Iterable[Member], start: int = 0, stop: int | None = None, *, thorough: bool = False
) -> Iterator[bytes]:
    """The ZIP, block by block, from the offset `start` up to, and not including, `stop`.

    Raises `NotAsRegistered`, naming the file, where a member's bytes are not what it says, before the last of them is
    given. A member that is entered or left in its middle cannot be checked as a whole; its length is. A file's change
    is found by its CRC-32, at a twentieth of what SHA-256 costs; `thorough` also takes the SHA-256.
    """
    at = 0
    for piece in pieces(members):
        size = len(piece) if isinstance(piece, bytes) else piece.size
        first, last = max(start - at, 0), size if stop is None else min(stop - at, size)
        if first < last:
            yield from _between(piece, (first, last), thorough=thorough)
        at += size
        if stop is not None and at >= stop:
            return


def ensure_as_registered(members: Iterable[Member]) -> None:
    """Read every member once and compare it with its SHA-256: nothing is vouched for that was not looked at.

    Two are hashed at a time. Raises `NotAsRegistered`.
    """
    distinct = {member.sha256: member for member in members}
    with ThreadPoolExecutor(2) as hands:
        for _ in hands.map(_hashed, distinct.values()):
            pass


def pieces(members: Iterable[Member]) -> Iterator[bytes | Member]:
    """The ZIP in order: records as bytes, and each member where its content stands."""
    directory, offset, count = [], 0, 0
    for member in members:
        header = _local(member)
        yield header
        yield member
        directory.append(_central(member, offset))
        offset, count = offset + len(header) + member.size, count + 1
    central = b"".join(directory)
    yield central
    yield _end(count, len(central), offset)


def _proved(member: Member, *, thorough: bool) -> Iterator[bytes]:
    """The member's bytes, checked as they pass; the last ones are given only when all of them are right."""
    size, crc, held, digest = 0, 0, b"", hashlib.sha256()
    for block in member.blocks():
        if held:
            yield held
        size, crc, held = size + len(block), crc32(block, crc), block
        if thorough:
            digest.update(block)
        if size > member.size:
            raise NotAsRegistered(member.path)
    known = (member.size, member.crc32, member.sha256 if thorough else digest.hexdigest())
    if (size, crc, digest.hexdigest()) != known:
        raise NotAsRegistered(member.path)
    yield held


def _between(piece: bytes | Member, place: tuple[int, int], *, thorough: bool) -> Iterator[bytes]:
    """The bytes of a record or a member from one offset to the other; a whole member is proved."""
    if isinstance(piece, bytes):
        yield piece[slice(*place)]
    elif place == (0, piece.size):
        yield from _proved(piece, thorough=thorough)
    else:
        yield from _part(piece, *place)


def _part(member: Member, first: int, last: int) -> Iterator[bytes]:
    at, blocks = (first, member.since(first)) if member.since else (0, member.blocks())
    for block in blocks:
        wanted = block[max(first - at, 0) : last - at]
        at += len(block)
        if wanted:
            yield wanted
        if at >= last:
            return
    raise NotAsRegistered(member.path)


def _hashed(member: Member) -> None:
    digest = hashlib.sha256()
    for block in member.blocks():
        digest.update(block)
    if digest.hexdigest() != member.sha256:
        raise NotAsRegistered(member.path)


def _local(member: Member) -> bytes:
    big = member.size >= _U32
    name, shown = member.path.encode(), min(member.size, _U32)
    extra = struct.pack("<HHQQ", 1, 16, member.size, member.size) if big else b""
    fixed = (_ZIP64 if big else _PLAIN, _UTF8, 0, 0, FIXED_DATE, member.crc32, shown, shown)
    return struct.pack("<4s5H3L2H", b"PK\3\4", *fixed, len(name), len(extra)) + name + extra


def _central(member: Member, offset: int) -> bytes:
    name, shown, at = member.path.encode(), min(member.size, _U32), min(offset, _U32)
    wide = ([member.size, member.size] if shown == _U32 else []) + ([offset] if at == _U32 else [])
    extra = struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    fixed = (3 << 8 | _ZIP64, _ZIP64 if wide else _PLAIN, _UTF8, 0, 0, FIXED_DATE, member.crc32, shown, shown)
    tail = (len(name), len(extra), 0, 0, 0, _UNIX_REGULAR, at)
    return struct.pack("<4s6H3L5H2L", b"PK\1\2", *fixed, *tail) + name + extra


def _end(count: int, size: int, offset: int) -> bytes:
    short = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, min(count, _U16), min(count, _U16), min(size, _U32), min(offset, _U32), 0
    )
    if count < _U16 and size < _U32 and offset < _U32:
        return short
    long = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 3 << 8 | _ZIP64, _ZIP64, 0, 0, count, count, size, offset)
    return long + struct.pack("<4sLQL", b"PK\6\7", 0, offset + size, 1) + short


def _labelled(info: Mapping[str, str]) -> bytes:
    """bag-info.txt: one label a line, white space in values made single spaces so that no value can add a label."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in sorted(info.items())).encode()


def _encoded(path: str) -> str:
    return path.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
