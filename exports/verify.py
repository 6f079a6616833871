"""Checks an audit pack (ZIP) or an evidence report (PDF) by itself: no database, no network, no other file of ours.

    python3 verify.py [FILE] [--json] [--certificate CENTRE.pem | SHA-256]… [--signature FOLDER]

FILE may also be the folder into which a pack was unpacked; without one it is the pack in which this file lies. Bare
Python 3.11 is enough for everything but signatures; those are checked where pyHanko is installed. Where it is not, that
is said, and `--signature` writes them down for OpenSSL.

Ends with 0 when everything checked holds and a certificate signed that you said you trust; with 3 when everything holds
and no such one did; 1 when something does not hold, 2 when the question was wrong, 4 when it is of a format that this
file does not know. It reads every format that ever left the house up to its own.

One file, longer than the house allows elsewhere, because an auditor copies it alone onto another machine: it shares no
code with the writer of packs, and repeats the ZIP's records so that every byte of a pack is accounted for.
"""

import argparse
import asyncio
import base64
import codecs
import contextlib
import csv
import hashlib
import importlib
import json
import logging
import math
import os
import re
import struct
import sys
import unicodedata
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import unquote

BLOCK = 1 << 20
DIRECTORY_LIMIT = 1 << 26
"""Bytes of the largest ZIP directory that is read: about half a million files."""
WHOLE_LIMIT = 1 << 28
"""Bytes of the largest record that is read at once; recordings and reports are read in blocks."""
LINE_LIMIT = 1 << 20
DEPTH_LIMIT = 40
ATTACHED_LIMIT = 100_000
"""Files attached to one report that are looked at; of them, bytes unpacked in all, and of the words before each."""
UNPACKED_LIMIT = 1 << 30
DICTIONARY_LIMIT = 1 << 12
TOLERANCE = 1.0
"""Seconds that a claimed span may end after its recording: players count its length in other ways."""
U16, U32 = 0xFFFF, 0xFFFFFFFF
GENESIS = "0" * 64
Trusted = frozenset[str]
"""SHA-256 of certificates, in hexadecimal."""


# 1. What is found


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not hold: the file or event, and what is wrong with it."""

    where: str
    what: str


@dataclass(slots=True)
class Result:
    """What a check found: sentences on what was checked and what could not be, and every fault."""

    file: str
    kind: str = ""
    sha256: str = ""
    checked: list[str] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    newer: str = ""
    """Which format is not known here, where one is not: what stands in it was not checked."""
    proved: frozenset[str] = frozenset()
    """SHA-256 of reports that were checked by themselves before: in a pack only their bytes are."""
    signers: list[str] = field(default_factory=list)
    """SHA-256 of the certificate of each signature; empty for one that is lacking or could not be checked."""
    trusted: bool = False
    """Whether all of them are certificates that the one who asks said they trust."""

    @property
    def holds(self) -> bool:
        """Whether everything could be read, and nothing was found that does not hold."""
        return not self.faults and not self.newer

    def fault(self, where: str, what: str) -> None:
        """Note that something does not hold."""
        self.faults.append(Fault(where, what))


FORMATS = {"pack": 3, "record of facts": 10, "hash of a version": 2}
"""The newest number of each format that is read here; every number before it is read, too."""


class Newer(Exception):
    """Something is of a format that is not known here, so that nothing can be said of it; the text says which."""


def ensure_known(where: str, what: str, number: object) -> int:
    """The number of a format. Raises `Newer` for one that is none, or above those of `FORMATS`."""
    if isinstance(number, int) and not isinstance(number, bool) and 1 <= number <= FORMATS[what]:
        return number
    raise Newer(
        f"{where}: the {what} is of format {number!r:.40}, and this verify.py knows 1 to {FORMATS[what]}. Take the "
        "verify.py of the release that made it, or of a later one."
    )


class Malformed(Exception):
    """The file cannot be read on as what it claims to be; its text says where and why."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.fault = Fault(where, what)


BROKEN = (ArithmeticError, TypeError, ValueError, LookupError, AttributeError, RecursionError)
"""What reading JSON raises that is of another kind than ours."""


@contextlib.contextmanager
def _guarded(result: Result, where: str, what: str = "holds values of another kind than packs hold") -> Iterator[None]:
    """A fault instead of a traceback where values are not of the kind that we write."""
    try:
        yield
    except BROKEN:
        result.fault(where, what)


# 2. The ZIP: every byte of it


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the ZIP: its name, size in bytes, CRC-32, where its record and where its content begins."""

    name: str
    size: int
    crc32: int
    offset: int

    @property
    def start(self) -> int:
        """Where the content begins."""
        return self.offset + len(local_record(self))


def local_record(entry: Entry) -> bytes:
    """The record before a stored file, as APPNOTE 6.3.10 §4.3.7 has it and our packs write it."""
    name, shown = entry.name.encode(), min(entry.size, U32)
    extra = struct.pack("<HHQQ", 1, 16, entry.size, entry.size) if shown == U32 else b""
    fixed = (45 if extra else 20, 0x0800, 0, 0, 0x0021, entry.crc32, shown, shown, len(name), len(extra))
    return struct.pack("<4s5H3L2H", b"PK\3\4", *fixed) + name + extra


def central_record(entry: Entry) -> bytes:
    """The file's record in the directory (§4.3.12)."""
    name, shown, at = entry.name.encode(), min(entry.size, U32), min(entry.offset, U32)
    wide = ([entry.size] * 2 if shown == U32 else []) + ([entry.offset] if at == U32 else [])
    extra = struct.pack(f"<HH{len(wide)}Q", 1, 8 * len(wide), *wide) if wide else b""
    fixed = (3 << 8 | 45, 45 if wide else 20, 0x0800, 0, 0, 0x0021, entry.crc32, shown, shown)
    tail = (len(name), len(extra), 0, 0, 0, 0o100644 << 16, at)
    return struct.pack("<4s6H3L5H2L", b"PK\1\2", *fixed, *tail) + name + extra


def end_record(count: int, size: int, offset: int) -> bytes:
    """The records after the directory (§4.3.14 to §4.3.16)."""
    few = (min(count, U16), min(count, U16), min(size, U32), min(offset, U32))
    short = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, *few, 0)
    if count < U16 and size < U32 and offset < U32:
        return short
    long = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 3 << 8 | 45, 45, 0, 0, count, count, size, offset)
    return long + struct.pack("<4sLQL", b"PK\6\7", 0, offset + size, 1) + short


def directory(file: BinaryIO, length: int) -> tuple[bytes, int]:
    """The bytes of the ZIP's directory and where it begins; never more than `DIRECTORY_LIMIT`.

    Raises `Malformed` where its end record is not there, or does not fit the length of the file.
    """
    count, size, offset = _end(file, length)
    expected = end_record(count, size, offset)
    if size > DIRECTORY_LIMIT or count * 46 > size:
        raise Malformed("the ZIP's end record", "gives an absurd number of files")
    if offset + size + len(expected) != length:
        raise Malformed("the ZIP's end record", "does not fit the file's length: bytes were added, removed or changed")
    file.seek(offset)
    content = file.read(size)
    if file.read() != expected:
        raise Malformed("the ZIP's end record", "is not as it was written")
    return content, offset


def _end(file: BinaryIO, length: int) -> tuple[int, int, int]:
    """Number of files, size and offset of the directory."""
    file.seek(max(0, length - 98))
    tail = file.read(98)
    if len(tail) < 22 or tail[-22:-18] != b"PK\5\6":
        raise Malformed("the ZIP's end record", "is not where it should be: the file was cut, extended or changed")
    _, _, _, count, size, offset, _ = struct.unpack("<4H2LH", tail[-18:])
    if count != U16 and U32 not in (size, offset):
        return count, size, offset
    if len(tail) < 98 or tail[:4] != b"PK\6\6":
        raise Malformed("the ZIP's ZIP64 end record", "is not where it should be")
    count, size, offset = struct.unpack("<3Q", tail[32:56])
    return count, size, offset


def entries(content: bytes, start: int) -> list[Entry]:
    """The files of the ZIP in order, if they stand side by side, stored, without a gap.

    Raises `Malformed`, naming the file whose record is another than we write or goes beyond the bytes there are.
    """
    found, at, offset = list[Entry](), 0, 0
    while at < len(content):
        entry, record = _entry(content, at, offset)
        where = entry.name or "the ZIP's directory"
        if content[at : at + len(record)] != record:
            raise Malformed(where, "its record in the ZIP's directory is not as it was written")
        at, offset = at + len(record), entry.start + entry.size
        if offset > start:
            raise Malformed(where, "is said to be larger than the file that holds it")
        found.append(entry)
    if offset != start:
        raise Malformed("the ZIP's directory", "does not account for every byte before it")
    return found


def _entry(content: bytes, at: int, offset: int) -> tuple[Entry, bytes]:
    """The entry whose directory record begins at `at`, as it ought to be, and that record."""
    if len(content) - at < 46:
        raise Malformed("the ZIP's directory", f"ends in the middle of a record, at byte {at}")
    crc, _, size, named, extra = struct.unpack("<3L2H", content[at + 16 : at + 32])
    raw = content[at + 46 : at + 46 + named]
    try:
        name = raw.decode()
    except UnicodeDecodeError:
        raise Malformed(repr(raw), "its name is not UTF-8") from None
    if size == U32 and extra >= 12:
        (size,) = struct.unpack("<Q", content[at + 50 + named : at + 58 + named].ljust(8, b"\0"))
    entry = Entry(name, size, crc, offset)
    return entry, central_record(entry)


def name_fault(name: str) -> str:
    """Why a path could not be unpacked safely everywhere; empty when it can."""
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\\" in name or re.match("[A-Za-z]:", name):
        return "its path leads out of the pack, or is not a plain one"
    if any(unicodedata.category(sign) in ("Cc", "Cf", "Cs") for sign in name):
        return "its path holds invisible signs"
    return ""


class Pack:
    """An opened pack: its files by path within the top folder, read by record only as far as the directory allows.

    Raises `Malformed` for a ZIP that is not as we write it, or does not hold exactly one folder.
    """

    unpacked = False

    def __init__(self, file: BinaryIO, length: int) -> None:
        content, start = directory(file, length)
        self.file, self.entries = file, entries(content, start)
        tops = {entry.name.partition("/")[0] for entry in self.entries}
        if len(tops) != 1:
            raise Malformed("the ZIP", "should hold one folder and holds " + (", ".join(sorted(tops)[:3]) or "nothing"))
        self.top = tops.pop()
        self.paths = {entry.name.partition("/")[2]: entry for entry in self.entries}
        self.sound: set[str] = set()
        """Paths whose bytes are what the manifests say."""

    def blocks(self, entry: Entry) -> Iterator[bytes]:
        """The content, block by block."""
        for at in range(entry.start, entry.start + entry.size, BLOCK):
            self.file.seek(at)
            yield self.file.read(min(BLOCK, entry.start + entry.size - at))

    def record(self, entry: Entry) -> bytes:
        """What stands before the content in the ZIP."""
        self.file.seek(entry.offset)
        return self.file.read(entry.start - entry.offset)

    def read(self, path: str) -> bytes:
        """The whole content of a record. Raises `Malformed` where it is absent or larger than `WHOLE_LIMIT`."""
        entry = self.paths.get(path)
        if entry is None:
            raise Malformed(path, "is not in the pack")
        if entry.size > WHOLE_LIMIT:
            raise Malformed(path, "is absurdly large")
        return b"".join(self.blocks(entry))

    def under(self, folder: str, ending: str) -> list[str]:
        """Paths in a folder with an ending, in order, of files whose bytes hold."""
        return sorted(path for path in self.sound if path.startswith(folder) and path.endswith(ending))


def _tag_file(root: Path, name: str) -> bytes:
    """The whole content of a file at the top of an unpacked pack; nothing where it is no plain file.

    Raises `Malformed` where it is larger than `WHOLE_LIMIT`.
    """
    path = root / name
    if path.is_symlink() or not path.is_file():
        return b""
    with path.open("rb") as file:
        if (size := os.fstat(file.fileno()).st_size) > WHOLE_LIMIT:
            raise Malformed(name, "is absurdly large")
        return file.read(size)


LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""Files that systems leave in folders that somebody looked at."""


class Folder(Pack):
    """A pack that was unpacked: the same files, without what stood around them in the ZIP.

    Raises `Malformed` where one cannot be read, or is a link.
    """

    unpacked = True

    def __init__(self, root: Path) -> None:
        self.root, self.top, self.sound, self.litter = root, root.name, set[str](), list[str]()
        self.paths, self.places = dict[str, Entry](), dict[str, Path]()
        listed = self._listed()
        for place in sorted(each for each in root.rglob("*") if each.is_symlink() or not each.is_dir()):
            path = place.relative_to(root).as_posix()
            path = listed.get(unicodedata.normalize("NFC", path), path)
            if place.name in LITTER and path not in listed.values():
                self.litter.append(path)
                continue
            if place.is_symlink() or not place.is_file():
                raise Malformed(path, "is not a plain file")
            self.places[path] = place
            self.paths[path] = Entry(f"{self.top}/{path}", place.stat().st_size, 0, 0)
        self.entries = list(self.paths.values())

    def _listed(self) -> dict[str, str]:
        """The paths that the manifest gives, by how systems write them that compose signs."""
        lines = _tag_file(self.root, "manifest-sha256.txt").decode("utf-8", "replace").split("\n")
        return {unicodedata.normalize("NFC", line[66:]): line[66:] for line in lines}

    def blocks(self, entry: Entry) -> Iterator[bytes]:
        """The content, block by block, never more than the size that the file had when it was found."""
        left = entry.size
        with self.places[entry.name.partition("/")[2]].open("rb") as file:
            while left and (block := file.read(min(BLOCK, left))):
                left -= len(block)
                yield block

    def record(self, entry: Entry) -> bytes:
        """As it would stand in the ZIP."""
        return local_record(entry)


def check_names(pack: Pack, result: Result) -> None:
    """No file twice, not even for a system that ignores case; no path that leads elsewhere."""
    seen = dict[str, str]()
    for entry in pack.entries:
        if fault := name_fault(entry.name):
            result.fault(entry.name, fault)
        folded = unicodedata.normalize("NFC", entry.name).casefold()
        if folded in seen:
            result.fault(entry.name, f"stands in the pack twice (as {seen[folded]})")
        seen[folded] = entry.name
    if isinstance(pack, Folder):
        result.unchecked.append("The ZIP itself: this is the folder into which it was unpacked.")
        result.unchecked += [f"{path}: a file of the system that the folder lay on." for path in pack.litter]
    else:
        result.checked.append(f"{len(pack.entries)} files stand side by side in the ZIP, each once, under a safe name.")


def hashes(pack: Pack, result: Result) -> dict[str, str]:
    """SHA-256 of every file by path, in one pass; records and CRCs of the ZIP are compared on the way."""
    found = dict[str, str]()
    for path, entry in pack.paths.items():
        if pack.record(entry) != local_record(entry):
            result.fault(path, "its record in the ZIP is not as it was written")
        digest, crc = hashlib.sha256(), 0
        for block in pack.blocks(entry):
            digest.update(block)
            crc = zlib.crc32(block, crc)
        if crc != entry.crc32 and not pack.unpacked:
            result.fault(path, "its bytes were changed (the ZIP's checksum does not hold)")
        found[path] = digest.hexdigest()
    return found


# 3. The bag (RFC 8493)


def check_bag(pack: Pack, result: Result) -> None:
    """Both manifests, complete and exact; the declaration; the count of bytes."""
    found = hashes(pack, result)
    payload = {path for path in found if path.startswith("data/")}
    tags = {"bagit.txt", "bag-info.txt", "manifest-sha256.txt"}
    seal = {"tagmanifest-sha256.txt", "tagmanifest-sha256.txt.p7s"}
    for path in sorted(set(found) - payload - tags - seal):
        result.fault(path, "does not belong into the pack")
    _compared(pack, result, "manifest-sha256.txt", found=found, expected=payload)
    _compared(pack, result, "tagmanifest-sha256.txt", found=found, expected=tags)
    if pack.read("bagit.txt") != b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n":
        result.fault("bagit.txt", "does not declare BagIt 1.0 in UTF-8")
    _oxum(pack, result, payload)
    result.checked.append(
        f"{len(payload)} files in data/ and {len(tags)} tag files have the SHA-256 that the manifests give."
    )


def _compared(pack: Pack, result: Result, manifest: str, *, found: dict[str, str], expected: set[str]) -> None:
    listed = _listed(pack, result, manifest)
    for path in sorted(listed.keys() | expected):
        if path not in found:
            result.fault(path, f"is listed in {manifest} and not in the pack")
        elif path not in listed:
            result.fault(path, f"is in the pack and not listed in {manifest}")
        elif path not in expected:
            result.fault(path, f"is listed in {manifest}, where it does not belong")
        elif listed[path] != found[path]:
            result.fault(path, f"its bytes are not those that {manifest} gives (SHA-256)")
        else:
            pack.sound.add(path)


def _listed(pack: Pack, result: Result, manifest: str) -> dict[str, str]:
    """Path → hash, as a manifest lists them."""
    listed = dict[str, str]()
    for number, line in enumerate(pack.read(manifest).decode("utf-8", "replace").split("\n")[:-1], start=1):
        match = re.fullmatch(r"([0-9a-f]{64})  (\S.*)", line)
        if match is None:
            result.fault(manifest, f"line {number} is not a hash and a path")
            continue
        path = re.sub("%(0[aAdD]|25)", lambda code: chr(int(code[1], 16)), match[2])
        if path in listed:
            result.fault(manifest, f"line {number} lists {path} again")
        listed[path] = match[1]
    return listed


def _oxum(pack: Pack, result: Result, payload: set[str]) -> None:
    expected = f"{sum(pack.paths[path].size for path in payload)}.{len(payload)}"
    given = re.findall(r"^Payload-Oxum: (.*)$", pack.read("bag-info.txt").decode("utf-8", "replace"), re.MULTILINE)
    if given != [expected]:
        result.fault("bag-info.txt", f"Payload-Oxum should be {expected} and is {', '.join(given) or 'absent'}")


# 4. The event log

BARE = {"seq", "prev", "hash"}
"""All there is of a line about somebody who is not in the pack."""


def check_log(pack: Pack, result: Result) -> dict[int, bytes] | None:
    """The chain of hashes from the first line to the head. Gives each line's hash by its number, None if it breaks."""
    path = "data/log/events.jsonl"
    if path not in pack.paths:
        result.fault(path, "is not in the pack")
        return None
    chain, centres, prev, seq, others = dict[int, bytes](), set[str](), GENESIS, 0, 0
    keys = list[dict[str, Any]]()
    for seq, raw in enumerate(_lines(pack.blocks(pack.paths[path])), start=1):
        fault, event = _event(raw, seq, prev)
        if fault:
            result.fault(f"{path}, event {seq}", fault)
            return None
        centres |= {event["centre"]} if "centre" in event else set()
        others += "centre" not in event
        keys += [event] if event.get("deed") == "key made" else []
        prev = event["hash"]
        chain[seq] = bytes.fromhex(prev)
    with _guarded(result, "data/log/head.json"):
        _headed(pack, result, (seq, prev), centres)
    result.checked.append(f"{len(chain)} events of the log form one unbroken chain.")
    check_keys(keys, result)
    if others:
        result.unchecked.append(f"What {others} lines of the log tell: they are about others, and here as hashes.")
    return chain


def check_countersignatures(pack: Pack, result: Result, chain: dict[int, bytes] | None) -> None:
    """What an authority outside the house time-stamped as the log's last line is the line of that number."""
    path = "data/log/countersignatures.json"
    rows = _parsed(pack.read(path)) if path in pack.sound else None
    if not rows or not isinstance(rows, list):
        if path in pack.sound and rows != []:
            result.fault(path, "is not a list of time stamps")
        result.unchecked.append(
            "When the log's lines were there: no authority outside the centre time-stamped its head."
        )
        return
    for row in rows:
        seq = row.get("seq") if isinstance(row, dict) else None
        where = f"{path}, event {seq}"
        try:
            token = base64.b64decode(str(row["token"]), validate=True)
            held = (chain or {}).get(seq) if isinstance(seq, int) else None
            if imprint(token) != row["hash"] or (chain is not None and (held is None or held.hex() != row["hash"])):
                result.fault(
                    where, "the log was rewritten after an authority time-stamped it, or the time stamp changed"
                )
        except BROKEN:
            result.fault(where, "is not a time stamp")
            return
    _tokens(result, path, [(row["seq"], base64.b64decode(row["token"])) for row in rows])


def _tokens(result: Result, path: str, tokens: list[tuple[int, bytes]]) -> None:
    """Say by whom and when, of the last token; a fault for each that does not hold."""
    result.checked.append(f"{len(tokens)} times the log's last line was that which an authority time-stamped.")
    if pyhanko(result) is None:
        return
    for seq, token in tokens:
        try:
            moment, certificate = stamped(token)
        except ValueError as reason:
            result.fault(f"{path}, event {seq}", str(reason))
            continue
        if seq == tokens[-1][0]:
            _stamped(result, f"Event {seq} of the log", moment, certificate)


def _event(raw: bytes, seq: int, prev: str) -> tuple[str, dict[str, Any]]:
    """What is wrong with a line of the log, or an empty text; and the line."""
    event = _parsed(raw)
    if not isinstance(event, dict) or canonical(event) != raw:
        return "is not one canonical JSON object", {}
    if event.get("seq") != seq:
        return f"is missing, or lines changed places: number {event.get('seq')} stands there", {}
    if event.get("prev") != prev:
        return f"does not follow from event {seq - 1}: a line was changed, inserted or removed", {}
    if event.keys() == BARE:
        named = isinstance(event["hash"], str) and re.fullmatch("[0-9a-f]{64}", event["hash"])
        return "" if named else "has no hash", event
    body = {name: value for name, value in event.items() if name != "hash"}
    if hashlib.sha256(canonical(body)).hexdigest() != event.get("hash") or not isinstance(event.get("centre"), str):
        return "was changed after it was written", {}
    return "", event


def _headed(pack: Pack, result: Result, end: tuple[int, str], centres: set[str]) -> None:
    """The chain ends where the head says, and is of one centre."""
    path, head = "data/log/events.jsonl", _parsed(pack.read("data/log/head.json"))
    given = head if isinstance(head, dict) else {}
    if not given:
        result.fault("data/log/head.json", "is not the head of a log")
        return
    if (given.get("seq"), given.get("hash")) != end:
        named = f"the head names event {given.get('seq')}"
        result.fault(path, f"ends at event {end[0]}, and {named}: its end was cut, extended or rewritten")
    if centres - {given.get("centre")}:
        result.fault(path, "holds events of another centre than the head's")


def _lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of a file without their ends; a line over the limit is cut there, and so does not hold."""
    held = b""
    for block in blocks:
        *whole, held = (held + block).split(b"\n")
        yield from whole
        if len(held) > LINE_LIMIT:
            break
    if held:
        yield held


def canonical(value: object) -> bytes:
    """JSON with sorted keys and no blanks, UTF-8: one value, one text. Empty for what JSON in UTF-8 cannot hold."""
    with contextlib.suppress(ValueError, RecursionError):
        return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    return b""


def _parsed(raw: bytes) -> Any:
    with contextlib.suppress(ValueError, RecursionError):
        return json.loads(raw)
    return None


# 5. Records against log, files and reports


def table(pack: Pack, result: Result, name: str) -> list[dict[str, Any]]:
    """The rows of a record table; a fault and no rows where it is not a list of objects."""
    path = f"data/records/{name}.json"
    rows = _parsed(pack.read(path)) if path in pack.sound else None
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        return rows
    result.fault(path, "is not a table of records")
    return []


def check_records(pack: Pack, result: Result, chain: dict[int, bytes] | None) -> dict[str, str]:
    """Records name events of the log, files and reports by hash: all are there. Gives each report's record by hash."""
    known, records = _hashes_listed(pack), dict[str, str]()
    if chain is not None:
        with _guarded(result, "data/records/events.json"):
            _events(pack, result, chain)
    files = table(pack, result, "files")
    with _guarded(result, "data/records/files.json"):
        for row in files:
            if known.get(str(row.get("path"))) != row.get("sha256"):
                result.fault(f"data/records/files.json, {row.get('path')}", "is not the file that stands in the pack")
            if row.get("shown") and known.get(str(row["shown"])) != row.get("picture_sha256"):
                result.fault(f"data/records/files.json, {row['shown']}", "is not the picture that stands for the file")
    result.checked.append(f"{len(files)} originals in the records are the files in the pack.")
    pages = table(pack, result, "pages") if "data/records/pages.json" in pack.sound else []
    with _guarded(result, "data/records/pages.json"):
        for row in pages:
            if known.get(str(row.get("path"))) != row.get("sha256"):
                result.fault(f"data/records/pages.json, {row.get('path')}", "is not what the pack shows of a page")
    if pages:
        result.checked.append(f"{len(pages)} claimed pages, as pictures or words, are those that the records name.")
    with _guarded(result, "data/records/rounds.json"):
        _versions(pack, result)
    with _guarded(result, "data/records/learners.json"):
        records |= check_reports(pack, result, known)
    return records


def _events(pack: Pack, result: Result, chain: dict[int, bytes]) -> None:
    rows = table(pack, result, "events")
    for row in rows:
        seq = row.get("seq")
        held = chain.get(seq) if isinstance(seq, int) else None
        if held is None or held.hex() != row.get("hash"):
            where = f"data/records/events.json, event {seq}"
            result.fault(where, "is not the event of that number in the log")
    result.checked.append(f"{len(rows)} events in the records are those of the log.")


HASHED = {
    1: (
        ("title", "happened_on", "context", "confirmer", "third_parties", "text"),
        ("witness", "job", "employer", "relationship", "contact", "expert", "knows_standards"),
    ),
    2: (
        ("title", "happened_on", "context", "confirmer", "third_parties", "text", "source", "minutes"),
        ("witness", "job", "employer", "relationship", "contact", "expert", "knows_standards", "until", "tie",
         "interest", "points"),
    ),
}  # fmt: skip
"""By the format of a version's hash: the fields that it covers, and those of a witness's statement."""
NEWEST = HASHED[max(HASHED)]
JUDGED = ("judged", "verdict taken back")
VACSR = ("valid", "authentic", "current", "sufficient", "reliable")
STATED = 4
"""Format of facts from which on they tell how authenticity was confirmed, and what was said against evidence."""
MERGED = 5
"""Format of facts from which on they tell which records of the learner were merged into this one, and of programmes."""
SIGNED = 6
"""Format of facts from which on they tell who signed which version, and how a witness was checked."""
PAGED = 7
"""Format of facts from which on they tell the pages of documents in which places are claimed."""
WORDED = 8
"""Format of facts from which on they tell the words of recordings."""
FLAWED = 9
"""Format of facts from which on they tell what items fail in, and verdicts which of that held."""
GROUNDED = 10
"""Format of facts from which on they tell on which places verdicts rest."""
FLAWS = ("flaw noted", "flaw taken back")
WORDS_STAND = ("captions added", "transcript confirmed", "captions removed")
"""Deeds of which the last about a recording tells which words of it stand."""
TOLD = ("at", "actor", "role", "deed", "subject", "hash")


def check_facts(pack: Pack, result: Result) -> dict[str, str]:
    """Each learner's facts by themselves and against the log: versions, verdicts, and every line that they quote.

    Gives by the learner's folder the certificate that their facts name.
    """
    unbound, quoted, certificates = Counter[str](), dict[int, tuple[str, bytes]](), dict[str, str]()
    versions, tables = 0, Tables(pack, result)
    for path in pack.under("data/records/facts/", ".json"):
        facts, learner = _parsed(pack.read(path)), path.rpartition("/")[2].removesuffix(".json")
        with _guarded(result, path, "does not hold facts of the kind that packs hold"):
            if facts.get("edition", "full") != "full" or facts.get("only"):
                result.fault(path, "does not hold all facts, as packs do")
            versions += versions_hashed(facts, result, path)
            result.faults += [Fault(f"{path}, {each.where}", each.what) for each in against_log(facts, unbound)]
            lines = [*facts["events"], *facts.get("other_lines", ())]
            quoted |= {event["seq"]: (path, _quoted(event, event["facts"])) for event in lines}
            certificates[learner] = str(facts.get("certificate", ""))
            tables.compare(learner, facts)
    tables.end()
    _stand(pack, result, quoted)
    result.checked.append(f"{versions} versions of evidence have the hash of their own text, files and particulars.")
    result.checked.append("What the facts tell is what the log's lines tell and bind by their hashes.")
    result.unchecked += unbound_said(unbound)
    return certificates


def _stand(pack: Pack, result: Result, quoted: dict[int, tuple[str, bytes]]) -> None:
    """The lines that facts quote stand in the log as they are quoted."""
    for event in map(_parsed, _lines(pack.blocks(pack.paths["data/log/events.jsonl"])) if quoted else ()):
        path, told = quoted.pop(event["seq"], ("", b""))
        where = f"{path}, event {event['seq']}"
        if told and event.keys() == BARE:
            result.fault(where, "is quoted, and does not stand in the log as a whole")
        elif told:
            with _guarded(result, where):
                if _quoted(event, canonical(event["facts"]).decode()) != told:
                    result.fault(where, "is not told as it stands in the log")
    for seq, (path, _) in quoted.items():
        result.fault(f"{path}, event {seq}", "does not stand in the log")


def _quoted(event: dict[str, Any], facts: str) -> bytes:
    """What of a line the facts of a learner quote, as a hash."""
    return hashlib.sha256(canonical([*(event[name] for name in TOLD), facts])).digest()


def versions_hashed(facts: dict[str, Any], result: Result, path: str) -> int:
    """How many versions have the hash of what they hold; a fault for each that has another."""
    for item in facts["evidence"]:
        number = ensure_known(f"{path}, {item['ref']}", "hash of a version", item.get("hash_format", 1))
        (covered, of_statement), stated = HASHED[number], item["testimony"]
        held = {name: item[name] for name in covered}
        held["statement"] = {name: stated[name] for name in of_statement} if stated else None
        held["files"] = [{"name": file["name"], "sha256": file["sha256"]} for file in item["files"]]
        if hashlib.sha256(canonical(held)).hexdigest() != item["sha256"]:
            result.fault(f"{path}, {item['ref']}", "its hash is not that of its text, files and particulars")
        more = {name for name in NEWEST[0] if name not in covered and item.get(name)}
        more |= {name for name in NEWEST[1] if name not in of_statement and (stated or {}).get(name)}
        for name in sorted(more):
            result.fault(f"{path}, {item['ref']}", f"tells of {name}, which a hash of format {number} does not cover")
    return len(facts["evidence"])


def check_reports(pack: Pack, result: Result, known: dict[str, str]) -> dict[str, str]:
    """Facts and reports are those that the table of learners names. Gives each report's path → hash of its facts."""
    rows = table(pack, result, "learners")
    for row in rows:
        where, report = f"data/records/facts/{row.get('learner')}.json", row.get("report")
        if known.get(where) != row.get("facts_sha256"):
            result.fault(where, "is not what the table of learners names")
        if report and known.get(report) != row.get("report_sha256"):
            result.fault(str(report), "is not the report that the table of learners names")
    named = {row.get("report") for row in rows}
    for path in sorted(path for path in known if path.startswith("data/reports/") and path not in named):
        result.fault(path, "is a report that no learner's record names")
    absent = sum(not row.get("report") for row in rows)
    result.checked.append(f"{len(rows) - absent} reports are those that the records name.")
    if absent:
        result.unchecked.append(f"{absent} learners have no report in this pack; data/missing.html says why.")
    return {str(row.get("report")): str(row.get("facts_sha256")) for row in rows}


def _versions(pack: Pack, result: Result) -> None:
    """What was frozen at hand-in is the version that stands in the pack, where it is the same version."""
    held = {
        (row.get("learner"), row.get("ref"), str(row.get("version"))): row.get("sha256")
        for row in table(pack, result, "evidence")
    }
    frozen = 0
    for row in table(pack, result, "rounds"):
        for text in row.get("versions", []):
            ref, _, version, digest = (str(text).split(" ") + [""] * 4)[:4]
            place = (row.get("learner"), ref, version)
            frozen += place in held
            if held.get(place, digest) != digest:
                result.fault(
                    f"data/records/rounds.json, {row.get('learner')}, {row.get('unit')}, round {row.get('number')}",
                    f"froze another {ref} version {version} than the one in the pack",
                )
    result.checked.append(f"{frozen} versions frozen at hand-in are those in the pack.")


def _hashes_listed(pack: Pack) -> dict[str, str]:
    """Path → SHA-256 of every payload file that holds."""
    return {
        path: digest for path, digest in _listed(pack, Result(""), "manifest-sha256.txt").items() if path in pack.sound
    }


def check_annotations(pack: Pack, result: Result) -> None:
    """Every claim is one that the facts tell, and points at what is there: the quote, the seconds of the recording."""
    durations = {str(row.get("path")): row.get("duration") for row in table(pack, result, "files")}
    count, texts = 0, dict[str, str]()
    for path in pack.under("data/annotations/", ".jsonld"):
        page = _parsed(pack.read(path))
        items = page.get("items") if isinstance(page, dict) else None
        if not isinstance(items, list):
            result.fault(path, "is not an AnnotationPage")
            continue
        facts = path.replace("data/annotations/", "data/records/facts/").replace(".jsonld", ".json")
        with _guarded(result, path, "does not hold annotations of the kinds that packs hold"):
            if facts in pack.sound and list(map(_annotated, items)) != _told_as_annotations(_parsed(pack.read(facts))):
                result.fault(path, "does not tell what the facts of this learner tell")
        for item in items:
            count += 1
            where = f"{path}{item.get('id')}" if isinstance(item, dict) else path
            with _guarded(result, where, "is not an annotation of the kinds that packs hold"):
                try:
                    _target(pack, item["target"], durations, texts)
                except Malformed as unreadable:
                    result.fault(where, str(unreadable))
        texts.clear()
    result.checked.append(f"{count} claims point at what is in the evidence.")


def _annotated(item: dict[str, Any]) -> list[Any]:
    """What an annotation says: its number, its point, the reason, and the selector of the place."""
    said = {body["purpose"]: body["value"] for body in item["body"]}
    selected = item["target"]["selector"] if isinstance(item["target"], dict) else None
    return [item["id"], said["tagging"], said.get("commenting", ""), selected]


def _told_as_annotations(facts: dict[str, Any]) -> list[list[Any]]:
    """The same of each claim that the facts tell; one that is whole, or astray, selects nothing."""
    return [
        [f"#claim-{one['id']}", f"{one['unit']} {one['point']}", one["reason"],
         None if one["locator"]["kind"] in ("whole", "astray") else selector(one)["selector"]]
        for one in facts["claims"]
    ]  # fmt: skip


def check_named(pack: Pack, result: Result) -> None:
    """A fault for each file of evidence that no record names, in a pack that holds facts."""
    if not pack.under("data/records/facts/", ".json"):
        return
    named = {str(row.get(column)) for row in table(pack, result, "files") for column in ("path", "shown")}
    for row in table(pack, result, "evidence"):
        named |= {str(row.get(column)) for column in ("text", "plain_text")}
    for name in ("pages", "transcripts"):
        if f"data/records/{name}.json" in pack.sound:
            named |= {str(row.get("path")) for row in table(pack, result, name)}
    for path in sorted({*pack.under("data/evidence/", ""), *pack.under("data/pages/", "")} - named):
        result.fault(path, "is a file that no record names")


def _target(pack: Pack, target: Any, durations: dict[Any, Any], texts: dict[str, str]) -> None:
    """Raises `Malformed` where the target of a claim is not there."""
    if isinstance(target, list):
        for source in target:
            _source(pack, source)
        return
    path, selectors = _source(pack, target["source"]), target["selector"]
    if isinstance(selectors, dict):
        key, _, value = selectors["value"].partition("=")
        value, _, area = value.partition("&xywh=")
        start, end = map(float, value.split(",")) if key == "t" else (0.0, 0.0)
        if key == "t" and not 0 <= start < end < math.inf:
            raise Malformed(path, f"is claimed from {start:g} to {end:g} s, which is no time")
        lasts = durations.get(path)
        if key == "t" and lasts is not None and end > lasts + TOLERANCE:
            raise Malformed(path, f"lasts {lasts:g} s, and the claim is for {start:g} to {end:g} s")
        if (area or key == "xywh") and not _is_area(area or value):
            raise Malformed(path, f"is claimed at {area or value}, which is no part of a picture")
        return
    quote, position = selectors
    text = texts.setdefault(path, pack.read(path).decode() if path not in texts else "")
    if text[position["start"] : position["end"]] != quote["exact"]:
        raise Malformed(path, f"does not say “{quote['exact'][:80]}” at {position['start']} to {position['end']}")


def _is_area(xywh: str) -> bool:
    """Whether it is a rectangle in per cent that lies in a picture and has an area."""
    left, top, width, height = map(float, xywh.removeprefix("percent:").split(","))
    return left >= 0 <= top and width > 0 < height and left + width <= 100.1 and top + height <= 100.1


def _source(pack: Pack, address: str) -> str:
    path = "data/" + unquote(address).removeprefix("../")
    if path not in pack.paths:
        raise Malformed(path, "is claimed as evidence and is not in the pack")
    return path


PLACES = {"evidence": {"text", "plain_text", "paths"}, "files": {"path", "shown"}, "pages": {"path"},
          "transcripts": {"path"},
          "learners": {"report", "report_sha256", "facts_sha256"}}  # fmt: skip
"""Columns that tell where something stands in the pack; the facts do not."""
DIGEST = 16
"""Bytes that are kept of a row's SHA-256."""


class Tables:
    """The tables of a pack as people read them, JSON and CSV, held against the facts that they were made from."""

    def __init__(self, pack: Pack, result: Result) -> None:
        self.pack, self.result, self.listed = pack, result, _hashes_listed(pack)
        self.columns = dict[str, list[str]]()
        self.held = dict[str, dict[str, bytearray]]()
        """Table → learner → a digest of each of their rows."""
        self.texts = dict[str, list[tuple[str, str]]]()
        """Learner → where the text of each version stands, as written and plain."""
        self.captions = dict[str, list[str]]()
        """Learner → where the captions of each recording stand that has any."""
        for name in TOLD_IN_TABLES:
            self.held[name] = {}
            if f"data/records/{name}.json" in pack.sound:
                with _guarded(result, f"data/records/{name}.json", "is not a table of such records"):
                    self._read(name)
            elif f"data/records/{name}.csv" in pack.sound:
                result.fault(f"data/records/{name}.csv", "is there, and the same table in JSON is not")

    def _read(self, name: str) -> None:
        rows = table(self.pack, self.result, name)
        self.columns[name] = [column for column in (rows[0] if rows else ()) if column != "learner"]
        for row in rows:
            if row.keys() != rows[0].keys():
                raise ValueError("rows of one table have the same columns")
            self.held[name].setdefault(row["learner"], bytearray()).extend(self._digest(name, row))
            if name == "evidence":
                self.texts.setdefault(row["learner"], []).append((row.get("text", ""), row.get("plain_text", "")))
            if name == "transcripts":
                self.captions.setdefault(row["learner"], []).append(str(row.get("path")))
        path = f"data/records/{name}.csv"
        if path in self.pack.sound and not _is_same_table(self.pack.blocks(self.pack.paths[path]), rows):
            self.result.fault(path, f"does not tell what {name}.json tells")

    def _digest(self, name: str, row: dict[str, Any]) -> bytes:
        """Of the columns of a row that tell what facts tell."""
        told = [row[column] for column in self.columns[name] if column not in PLACES.get(name, ())]
        return hashlib.sha256(canonical(told)).digest()[:DIGEST]

    def compare(self, learner: str, facts: dict[str, Any]) -> None:
        """A fault for each table whose rows are not what a learner's facts tell."""
        for name in self.columns:
            blank = dict.fromkeys(self.columns[name])
            expected = b"".join(self._digest(name, blank | row) for row in TOLD_IN_TABLES[name](facts))
            if (held := bytes(self.held[name].get(learner, b""))) != expected:
                same = next((at for at, pair in enumerate(zip(held, expected, strict=False)) if pair[0] != pair[1]),
                            min(len(held), len(expected))) // DIGEST  # fmt: skip
                where = f"data/records/{name}.json, {learner}, row {same + 1}"
                self.result.fault(where, "is not what the facts of this learner tell")
        for paths, item in zip(self.texts.get(learner, ()), facts["evidence"], strict=False):
            for path, text in zip(paths, (item["text"], item["plain"]), strict=True):
                if path and self.listed.get(path) != hash_of(text):
                    self.result.fault(path, "is not the text that the facts of this learner tell")
        for path, row in zip(self.captions.get(learner, ()), _of_transcripts(facts), strict=False):
            if self.listed.get(path) != hash_of(captions_of(row["cues"])):
                self.result.fault(path, "are not the captions that the facts of this learner tell")

    def end(self) -> None:
        """A fault for rows about somebody whose facts are not in the pack."""
        facts = {path.rpartition("/")[2].removesuffix(".json") for path in self.pack.under("data/records/facts/", "")}
        for name, held in self.held.items():
            for learner in sorted(str(learner) for learner in held if learner not in facts):
                self.result.fault(f"data/records/{name}.json, {learner}", "is somebody whose facts are not in the pack")
        self.result.checked.append("The tables tell what the facts of each learner tell, as JSON and as CSV.")


def _is_same_table(blocks: Iterable[bytes], rows: list[dict[str, Any]]) -> bool:
    """Whether CSV says what the rows say; a cell may have one apostrophe before it, against spreadsheets."""
    csv.field_size_limit(WHOLE_LIMIT)
    try:
        lines = csv.reader(_with_ends(blocks), strict=True)
        if next(lines, []) != list(rows[0] if rows else ["learner"]):
            return False
        for row in rows:
            cells = [_as_cell(value) for value in row.values()]
            line = next(lines, [])
            if len(line) != len(cells) or any(a not in (b, f"'{b}") for a, b in zip(line, cells, strict=True)):
                return False
        return next(lines, None) is None
    except csv.Error:
        return False


def _with_ends(blocks: Iterable[bytes]) -> Iterator[str]:
    """The lines of a text in UTF-8 with their ends. Raises csv.Error for one that is absurdly long."""
    held = ""
    for text in codecs.iterdecode(blocks, "utf-8-sig"):
        *whole, held = (held + text).split("\n")
        yield from (f"{line}\n" for line in whole)
        if len(held) > LINE_LIMIT << 4:
            raise csv.Error("a line is absurdly long")
    if held:
        yield held


def _as_cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)


Rows = Iterator[dict[str, Any]]


def _of_learner(facts: dict[str, Any]) -> Rows:
    centre, head = facts["centre"], facts["head"]
    yield {name: facts[name] for name in ("qualification", "as_at")} | facts["learner"] | {
        "centre": centre["name"], "centre_number": centre["number"], "log_seq": head["seq"], "log_hash": head["hash"],
    }  # fmt: skip


def _of_points(facts: dict[str, Any]) -> Rows:
    for unit in facts["units"]:
        reasons = dict(unit["gaps"])
        for point in unit["points"]:
            yield point | {"unit": unit["code"], "reason_without_claim": reasons.get(point["ref"], "")}


def _of_files(facts: dict[str, Any]) -> Rows:
    for item in facts["evidence"]:
        for file in item["files"]:
            picture = file["picture"]["sha256"] if file["picture"] else ""
            yield file | {"evidence": item["ref"], "version": item["version"], "picture_sha256": picture}


def _of_pages(facts: dict[str, Any]) -> Rows:
    for file in _of_files(facts):
        yield from (page | {name: file[name] for name in ("evidence", "version")} | {"file": file["sha256"]}
                    for page in file.get("pages", ()))  # fmt: skip


def _of_transcripts(facts: dict[str, Any]) -> Rows:
    for file in _of_files(facts):
        if words := file.get("transcript"):
            yield words | {name: file[name] for name in ("evidence", "version")} | {"file": file["sha256"]}


def captions_of(cues: list[dict[str, Any]]) -> str:
    """Words with their times as a file of captions (WebVTT)."""

    def at(seconds: float) -> str:
        whole, thousandths = divmod(round(seconds * 1000), 1000)
        return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{thousandths:03}"

    return "WEBVTT\n\n" + "".join(
        f"{at(one['begins'])} --> {at(one['ends'])}\n{escape(one['words'], quote=False)}\n\n" for one in cues
    )


def _of_witnesses(facts: dict[str, Any]) -> Rows:
    none = {"name": "", "reached": "", "how": "", "on": "", "by": ""}
    for one in facts["evidence"]:
        if stated := one["testimony"]:
            signed = next((each for each in one.get("signatures", ()) if each["signer"] == "witness"), none)
            last = [none, *one.get("checks", ())][-1]
            yield stated | {
                "evidence": one["ref"], "kind": one["kind"], "points": _pointed(stated.get("points", ())),
                "signed_as": signed["name"], "reached": signed["reached"], "last_check": last["how"],
                "last_check_on": last["on"], "last_check_by": last["by"],
            }  # fmt: skip


def _pointed(pairs: Iterable[Any]) -> list[str]:
    return [f"{code}/{ref}" for code, ref in pairs]


def _under_versions(name: str) -> Callable[[dict[str, Any]], Rows]:
    """Of each version, the rows that stand under it by this name: signatures, checks."""

    def rows(facts: dict[str, Any]) -> Rows:
        for one in facts["evidence"]:
            yield from (each | {"evidence": one["ref"], "version": one["version"]} for each in one.get(name, ()))

    return rows


def _of_minutes(facts: dict[str, Any]) -> Rows:
    for one in facts["evidence"]:
        minutes = one.get("minutes") or {"entries": ()}
        for number, entry in enumerate(minutes["entries"], start=1):
            yield minutes | entry | {
                "evidence": one["ref"], "version": one["version"], "entry": number,
                "points": _pointed(entry["points"]), "agreed": _pointed(minutes["agreed"]),
            }  # fmt: skip


def _of_places(rows: Iterable[dict[str, Any]]) -> Rows:
    """Rows with their place in columns."""
    empty: dict[str, Any] = {
        "start": None,
        "end": None,
        "exact": "",
        "prefix": "",
        "suffix": "",
        "page": None,
        "file": "",
    }
    for one in rows:
        place = {**one["locator"], **(one["locator"].get("quote") or {})}
        told = one["locator"]["kind"]
        if told == "astray":
            told = place["phrase"].replace("%(there)s", place["there"]).replace("%(said)s", place["said"])
        yield one | empty | place | {"place": told, "xywh": place.get("region") or place.get("xywh", "")}


def _of_rounds(facts: dict[str, Any]) -> Rows:
    for unit in facts["units"]:
        for one in unit["rounds"]:
            versions = [f"{ref} version {number} {sha256}" for ref, number, sha256 in one["versions"]]
            yield one | {"unit": unit["code"], "round": one["number"], "versions": versions}


def _of_decisions(facts: dict[str, Any]) -> Rows:
    yield from (one for one in _of_rounds(facts) if one["decision"])


def _of_steps(facts: dict[str, Any]) -> Rows:
    for unit in facts["units"]:
        yield from (one | {"unit": unit["code"]} for one in unit["steps"])


def _of_qualifications(facts: dict[str, Any]) -> Rows:
    for one in facts.get("programmes", ()):
        reached = one["reached"]
        yield one["qualification"] | {name: one[name] for name in ("edition", "sha256", "begun_at", "units")} | {
            "units_achieved": reached["units"], "units_needed": reached["needed"], "credit_achieved": reached["credit"],
            "credit_needed": reached["credit_needed"], "complete": reached["complete"],
        }  # fmt: skip


TOLD_IN_TABLES: dict[str, Callable[[dict[str, Any]], Iterable[dict[str, Any]]]] = {
    "learners": _of_learner, "units": lambda facts: facts["units"], "points": _of_points,
    "evidence": lambda facts: facts["evidence"], "files": _of_files, "witnesses": _of_witnesses,
    "claims": lambda facts: _of_places(facts["claims"]), "rounds": _of_rounds,
    "judgements": lambda facts: facts["judgements"],
    "flaws": lambda facts: facts.get("flaws", ()),
    "grounds": lambda facts: _of_places(facts.get("grounds", ())),
    "decisions": _of_decisions, "steps": _of_steps, "events": lambda facts: facts["events"],
    "qualifications": _of_qualifications, "merged": lambda facts: facts.get("merged", ()),
    "signatures": _under_versions("signatures"), "checks": _under_versions("checks"), "minutes": _of_minutes,
    "pages": _of_pages, "transcripts": _of_transcripts,
}  # fmt: skip
"""Table → what its rows tell of a learner's facts, by column, and more."""


# 6. What the facts of a learner tell, held against the lines of the log that they quote

NAMED = ("person registered", "person changed")
CENTRE = ("name", "number", "timezone", "language")
KEPT = ("evidence added", "evidence saved")
NOT_SO = "is not what the log tells"
Line = tuple[dict[str, Any], dict[str, Any]]
"""A line of the log that facts quote, and its own facts."""
CORRECTING = timedelta(days=7)
"""How long after they signed first a witness may correct it."""
WHILE_SIGNING = timedelta(minutes=5)
"""How long after a link was found open the moment of the signature under what it brings may be."""


@dataclass(slots=True)
class Told:
    """One learner's facts beside the lines of the log that they quote, the oldest first, each with its own facts."""

    facts: dict[str, Any]
    unbound: Counter[str]
    """What was told before such things were bound to the log's lines, and how often."""
    faults: list[Fault] = field(default_factory=list)
    lines: list[Line] = field(init=False)
    places: dict[tuple[Any, ...], list[int]] = field(init=False, default_factory=dict)
    """Where in `lines` a deed is told; a deed and a subject; a deed and a unit."""
    states: dict[str, Any] = field(init=False, default_factory=dict)
    """Code of a unit → where it stands after the last line that says so."""
    merges: list[Line] = field(init=False)
    """The lines by which other records of the learner became part of this one, the oldest first."""
    brought: dict[str, tuple[int, str]] = field(init=False, default_factory=dict)
    """What they moved, `evidence 12` or `enrolment 4` → the record it was first in, and the ref it had there."""
    refs: dict[str, str] = field(init=False)
    """`evidence 12` → the ref that it has by now."""
    enrolled: dict[str, Line] = field(init=False, default_factory=dict)
    """Code of a unit → the line of the enrolment that stands."""
    answered: dict[Any, Line] = field(init=False, default_factory=dict)
    """Id of a request to a witness → the line of the first signature by its link."""
    names: dict[str, str] = field(init=False)
    """`person 7` → the name that the last line about them tells."""
    kept: set[tuple[Any, ...]] = field(init=False)
    """Ref, number and hash of every version that a line tells of."""
    shas: dict[str, str] = field(init=False)
    """Ref of evidence → the hash of the version that is shown."""
    rows: dict[str, dict[str, list[dict[str, Any]]]] = field(init=False)
    """`judgements` and `claims` by the code of their unit."""

    def __post_init__(self) -> None:
        quoted = [*self.facts["events"], *self.facts.get("other_lines", ())]
        self.lines = [(event, _parsed(event["facts"])) for event in sorted(quoted, key=lambda event: event["seq"])]
        for at, (event, said) in enumerate(self.lines):
            unit = said.get("code" if event["deed"] == "unit published" else "unit")
            keys = ((event["deed"],), (event["deed"], "about", event["subject"]), (event["deed"], "unit", unit))
            for key in keys:
                self.places.setdefault(key, []).append(at)
            if unit and "state" in said:
                self.states[unit] = said["state"]
        for event, said in self.of("signed"):
            self.answered.setdefault(said["request"], (event, said))
        self.names = {event["subject"]: said["name"] for event, said in self.of(*NAMED)}
        self._follow_merges()
        self.kept = {
            (self.refs.get(event["subject"], said.get("ref")), said["version"], said["sha256"])
            for event, said in self.of(*KEPT)
        }
        self.shas = {item["ref"]: item["sha256"] for item in self.facts["evidence"]}
        self.rows = {"judgements": {}, "claims": {}, "flaws": {}, "grounds": {}}
        for name, by_unit in self.rows.items():
            for one in self.facts.get(name, ()) if name in ("flaws", "grounds") else self.facts[name]:
                by_unit.setdefault(one["unit"], []).append(one)

    def _follow_merges(self) -> None:
        """What stands where by now: a merge gives items new refs, and leaves one enrolment of two on a unit."""
        self.merges = _merges(self)
        self.refs = {event["subject"]: said["ref"] for event, said in self.of("evidence added")}
        for _, said in self.merges:
            for id, before, now, *_ in said["evidence"]:
                self.brought.setdefault(f"evidence {id}", (said["merged"], before))
                self.refs[f"evidence {id}"] = now
            for id, code in said["enrolments"]:
                self.brought.setdefault(f"enrolment {id}", (said["merged"], code))
        standing = dict[str, Line]()
        for event, said in self.of("learner enrolled", "enrolment taken off"):
            if event["deed"] == "learner enrolled":
                standing[event["subject"]] = event, said
            else:
                standing.pop(event["subject"], None)
        self.enrolled = {said["unit"]: (event, said) for event, said in standing.values()}

    @property
    def old(self) -> bool:
        """Whether the facts are of the first format, which named no edition, no choice of units and no other lines."""
        return bool(self.facts.get("format", 1) < 2)

    def of(self, *deeds: str, **about: str) -> list[Line]:
        """The lines of these deeds; `unit`: only those of a unit, `about`: of a subject."""
        ends: list[tuple[str, ...]] = list(about.items()) or [()]
        found = [at for deed in deeds for end in ends for at in self.places.get((deed, *end), ())]
        return [self.lines[at] for at in sorted(found)]

    def same(self, where: str, what: str, given: object, bound: object) -> None:
        """A fault where what is told is not what a line binds; None: no line binds it."""
        if bound is None:
            self.unbound[what] += 1
        elif given != bound:
            self.faults.append(Fault(where, f"{what} {NOT_SO}"))

    def last(self, where: str, what: str, lines: list[dict[str, Any]]) -> dict[str, Any]:
        """The last of these lines' facts. A fault where there is none; the first format did not quote them all."""
        if not lines and not self.old:
            self.faults.append(Fault(where, f"no line of the log tells of {what}"))
        return lines[-1] if lines else {}

    def by(self, where: str, what: str, given: object, event: dict[str, Any]) -> None:
        """Who did what a line tells, as they are called by now; the first format quotes no line of a later name."""
        now = self.names.get(f"person {event.get('actor_id')}", event["actor"])
        self.same(where, what, given, None if self.old and given != now else now)

    def in_charge(self, where: str, role: str, given: object, line: Line) -> None:
        """Who is responsible by the last line about it, which named them alone before it said whose name it is."""
        event, said = line
        named = said[role]
        if f"{role}_id" in said:
            bound = self.names.get(f"person {said[f'{role}_id']}", named)
        else:
            bound = None if given != named and (self.old or self._renamed(given, named, event["seq"])) else named
        self.same(where, f"who is the {role}", given, bound)

    def _renamed(self, now: object, before: str, seq: int) -> bool:
        """Whether somebody who is called `now` may have been called `before` when line `seq` was written.

        Facts quote the line since which a person bears their name: one that bore it before `seq`, or since they were
        registered, was not called otherwise then.
        """
        for subject in (subject for subject, name in self.names.items() if name == now):
            lines = self.of(*NAMED, about=subject)
            if any(said["name"] == before for _, said in lines):
                return True
            if lines[0][0]["deed"] == "person changed" and lines[0][0]["seq"] > seq:
                return True
        return False


def hash_of(value: object) -> str:
    """SHA-256 of a text, or of another value's canonical JSON, as lines of the log bind them."""
    return hashlib.sha256(value.encode() if isinstance(value, str) else canonical(value)).hexdigest()


def against_log(facts: dict[str, Any], unbound: Counter[str]) -> list[Fault]:
    """Where a learner's facts are not what the lines of the log tell that they quote.

    Counts in `unbound` what was told before lines bound such things. Raises what reading JSON of another kind raises.
    """
    ensure_known("facts", "record of facts", facts.get("format", 1))
    told = Told(facts, unbound)
    if facts.get("edition", "full") != "full":
        unbound[f"the facts of an edition cut down for its readers ({facts['edition']})"] += 1
        return []
    _linked(told)
    _named(told)
    _merged(told)
    for code, times in Counter(unit["code"] for unit in facts["units"]).items():
        if times > 1:
            told.faults.append(Fault(code, "is told of more than once"))
            return told.faults
    for unit in facts["units"]:
        _enrolled(told, unit)
        _judged(told, unit)
        _flawed(told, unit)
        _grounded(told, unit)
        _rounds(told, unit)
        if facts.get("format", 1) >= STATED:
            _steps(told, unit)
    wanted, shown = set(facts.get("only") or told.enrolled), {unit["code"] for unit in facts["units"]}
    for code in () if told.old else sorted(wanted & told.enrolled.keys() - shown):
        told.faults.append(Fault(code, "is not told of, and the log tells of it"))
    for code in sorted(shown - wanted) if facts.get("only") else ():
        told.faults.append(Fault(code, "is told of, and was not asked for"))
    _programmes(told)
    _exhibited(told)
    _signed_told(told)
    _claimed(told)
    _drawn(told)
    _worded(told)
    return told.faults


def unbound_said(unbound: Counter[str]) -> list[str]:
    """A sentence for each kind of fact that no line of the log binds."""
    return [f"{what} ({count}): no line of the log binds it yet." for what, count in sorted(unbound.items())]


def _linked(told: Told) -> None:
    """The quoted lines are whole, all those about the learner are there, and the facts are as at the last one."""
    facts = told.facts
    told.faults += _each_follows(told)
    log = facts["centre"].get("log") or facts["centre"]["number"]
    for event, said in () if told.old else told.lines:
        body = {name: value for name, value in event.items() if name != "hash"} | {"facts": said}
        if hash_of(body) != event["hash"] or event["centre"] != log:
            told.faults.append(Fault(f"event {event['seq']}", "is not told as it was written, or of another centre"))
    last = told.lines[-1][0] if told.lines else {"seq": 0, "hash": GENESIS, "at": facts["as_at"]}
    given = (facts["head"]["seq"], facts["head"]["hash"], facts["as_at"])
    if given != (last["seq"], last["hash"], last["at"]):
        told.faults.append(Fault("head", "is not the last line that is quoted"))


def _each_follows(told: Told) -> Iterator[Fault]:
    """Of each record of the learner no line is left out, up to the line by which it was merged into another."""
    own = told.facts["learner"]["id"]
    merged = {event["seq"]: said for event, said in told.merges}
    records, last, unsaid = {own, *(said["merged"] for said in merged.values())}, dict[int, int](), [0]
    for event in sorted(told.facts["events"], key=lambda event: event["seq"]):
        said, seq = _parsed(event["facts"]), event["seq"]
        if "before" not in said:  # lines of old do not say which record they are about
            last = {} if merged else {own: seq}
            unsaid.append(seq)
            continue
        if told.old:
            yield Fault("format", "is older than the lines that are quoted")
        if said["learner"] not in records:
            yield Fault(f"event {seq}", "is about another learner, and no line tells that the records were merged")
        elif not _is_next(said["before"], last.get(said["learner"]), unsaid if merged else unsaid[-1:]):
            yield Fault(f"event {seq}", "a line about the learner before it is left out")
        last[said["learner"]] = seq
        if end := merged.get(seq):
            if not _is_next(end["last"], last.get(end["merged"]), unsaid):
                yield Fault(f"event {seq}", f"a line about record {end['merged']}, which it merged, is left out")
            records.discard(end["merged"])


def _is_next(given: object, last: int | None, unsaid: list[int]) -> bool:
    """Whether the number of the line before is the one that was read, or one of those that do not say whom."""
    return given == last if last is not None else given in unsaid


def _named(told: Told) -> None:
    """The centre and the learner."""
    centre, learner = told.facts["centre"], told.facts["learner"]
    opened = [said for event, said in told.of("centre opened", "centre changed")
              if event["subject"] == f"centre {centre['id']}"]  # fmt: skip
    given = {name: centre[name] for name in CENTRE} | {"qualification": told.facts["qualification"]}
    bound = told.last("centre", "the centre", opened)
    for name, value in given.items():
        told.same("centre", f"the centre's {name}", value, bound.get(name))
    told.same("centre", "the centre's address", centre.get("address", ""), bound.get("address", ""))
    told.same("centre", "the centre's logo", centre.get("logo", ""), bound.get("logo_sha256", ""))
    log = centre.get("log") or centre["number"]
    told.same("centre", "the name of the centre's log", log, bound.get("log") or bound.get("number"))
    keys = [said["certificate_sha256"] for _, said in told.of("key made")]
    told.same("centre", "the certificate", told.facts.get("certificate", ""), keys[-1] if keys else "")
    registered = [said for event, said in told.of(*NAMED) if event["subject"] == f"person {learner['id']}"]
    bound = told.last("learner", "the learner", registered)
    for name in ("name", "number"):
        told.same("learner", f"the learner's {name}", learner[name], bound.get(name))


def _merges(told: Told) -> list[Line]:
    """The lines by which records became part of the learner's, also by way of one that was merged itself."""
    lines, found = told.of("records merged"), list[Line]()
    records = {told.facts["learner"]["id"]} if lines else set[int]()
    for event, said in reversed(lines):
        if said["learner"] in records and event["subject"] == f"person {said['merged']}":
            records.add(said["merged"])
            found.append((event, said))
    return found[::-1]


def _merged(told: Told) -> None:
    """The records that were merged into this one: who they were, by whom, when and why, and what each brought."""
    if told.facts.get("format", 1) < MERGED:
        told.faults += [Fault("format", "is older than the lines that are quoted")] * bool(told.merges)
        return
    given = told.facts["merged"]
    if [one["id"] for one in given] != [said["merged"] for _, said in told.merges]:
        told.faults.append(Fault("learner", f"which records were merged {NOT_SO}"))
        return
    for one, (event, said) in zip(given, told.merges, strict=True):
        where, named = f"record {one['id']}", told.of(*NAMED, about=event["subject"])
        bound = told.last(where, "the record that was merged", [before for _, before in named])
        for name in ("name", "number"):
            told.same(where, f"the {name} of the record", one[name], said[name])
            told.same(where, f"the {name} in the line of the merge", said[name], bound.get(name))
        told.same(where, "who merged it", one["by"], event["actor"])
        told.same(where, "when it was merged", one["at"], said["merged_at"])
        told.same(where, "why it was merged", hash_of(one["reason"]), said["reason_sha256"])
        for id, _, _, version, sha256 in said["evidence"]:
            lines = [each for before, each in told.of(*KEPT, about=f"evidence {id}") if before["seq"] < event["seq"]]
            newest = told.last(where, f"evidence {id}", lines)
            told.same(where, f"evidence {id} as it was moved", [version, sha256],
                      [newest.get("version"), newest.get("sha256")])  # fmt: skip


def _ensure_brought(told: Told, where: str, line: Line) -> None:
    """A fault for what was begun in another record, and which no line of a merge brought into this one."""
    event, said = line
    own = told.facts["learner"]["id"]
    if said.get("learner", own) != own and event["subject"] not in told.brought:
        told.faults.append(Fault(where, "no line of the log tells how it came from another record"))


def _enrolled(told: Told, unit: dict[str, Any]) -> None:
    """The edition as it was published, who is responsible, and where the unit stands."""
    code = unit["code"]
    published = [said for _, said in told.of("unit published", unit=code) if said["number"] == unit["edition"]]
    points = [[one["ref"], one["text"], one["parts"], one["methods"]] for one in unit["points"]]
    given = {"title": unit["title"], "level": unit["level"], "sha256": unit["edition_sha256"]}
    bound = told.last(code, "the edition", published)
    for name, value in (given | {"points_sha256": hash_of(points)}).items():
        told.same(code, f"the edition's {name}", value, bound.get(name))
    if code not in told.enrolled:
        told.faults.append(Fault(code, "no line of the log tells of the enrolment"))
        return
    event, said = told.enrolled[code]
    _ensure_brought(told, code, (event, said))
    told.same(code, "the number of the edition", unit["edition"], said["edition"])
    told.same(code, "the edition", unit["edition_sha256"], said.get("edition_sha256"))
    later = [one for one in told.of("allocated", about=event["subject"]) if one[0]["seq"] > event["seq"]]
    last = [(event, said), *later][-1]
    for role in ("assessor", "iqa"):
        told.in_charge(code, role, unit[role], last)
    told.same(code, "the state", unit["state"], told.states.get(code, "gathering"))


PROGRAMMES = ("programme begun", "programme changed", "programme ended", "programme resumed")


def _programmes(told: Told) -> None:
    """What the learner works towards: the qualification as it was published, the units chosen, how far they are."""
    open_ = set[str]()
    for event, _ in told.of(*PROGRAMMES):
        (open_.discard if event["deed"] == "programme ended" else open_.add)(event["subject"])
    told_of = {f"programme {one['id']}": one for one in told.facts.get("programmes", ())}
    if len(told_of) != len(told.facts.get("programmes", ())):
        told.faults.append(Fault("programmes", "one is told of more than once"))
    chosen = set(told.facts.get("only") or ())
    for subject in sorted(open_ - told_of.keys()):
        _, last = told.of(*PROGRAMMES, about=subject)[-1]
        if not chosen or not chosen.isdisjoint(last["units"]):
            told.faults.append(Fault(str(last["qualification"]), "is not told of, and the log tells of it"))
    for subject, one in told_of.items():
        where = one["qualification"]["number"]
        if subject not in open_:
            told.faults.append(Fault(where, "no line of the log tells that the learner works towards it"))
        else:
            _programme(told, where, one, told.of(*PROGRAMMES, about=subject))
        _reached(told, where, one)


def _programme(told: Told, where: str, one: dict[str, Any], lines: list[Line]) -> None:
    _, said = lines[-1]
    begun = [said["begun_at"] for event, said in lines if event["deed"] == "programme begun"]
    published = [
        said["sha256"] for _, said in told.of("qualification published")
        if (said["number"], said["edition"]) == (where, one["edition"])
    ]  # fmt: skip
    told.same(where, "the units chosen", one["units"], said["units"])
    told.same(where, "when it was begun", one["begun_at"], begun[0] if begun else "")
    told.same(where, "the edition", one["sha256"], said["qualification_sha256"])
    told.same(where, "the edition as it was published", one["sha256"], published[-1] if published else "")
    told.same(where, "what the qualification asks for", hash_of(one["qualification"]), one["sha256"])


def _reached(told: Told, where: str, one: dict[str, Any]) -> None:
    """How far the learner is follows from the states of the units chosen, told here or by lines of the log."""
    states = told.states | {unit["code"]: unit["state"] for unit in told.facts["units"]}
    done = {code for code in one["units"] if states.get(code) == "achieved"}
    groups = [_reached_in(group, done) for group in one["qualification"]["groups"]]
    credit, wanted = sum(group["credit"] for group in groups), one["qualification"]["credit"] or 0
    whole = {
        "units": sum(group["units"] for group in groups), "needed": sum(group["needed"] for group in groups),
        "credit": credit, "credit_needed": wanted,
        "complete": credit >= wanted and all(group["complete"] for group in groups),
    }  # fmt: skip
    if (one["groups"], one["reached"]) != (groups, whole):
        told.faults.append(Fault(where, "how far it is does not follow from the units"))


def _reached_in(group: dict[str, Any], done: set[str]) -> dict[str, Any]:
    units, needed, wanted = group["units"], group["needed"], group["credit"] or 0
    least = needed if needed is not None else len(units) if group["credit"] is None else 0
    achieved = [unit for unit in units if unit["code"] in done]
    credit = sum(unit["credit"] or 0 for unit in achieved)
    complete = len(achieved) >= least and credit >= wanted
    return {"units": min(len(achieved), least), "needed": least, "credit": credit, "credit_needed": wanted,
            "complete": complete}  # fmt: skip


def _judged(told: Told, unit: dict[str, Any]) -> None:
    """Every verdict with its words, and which of them stand."""
    code, standing = unit["code"], dict[str, str]()
    lines, given = dict[tuple[Any, ...], list[Any]](), dict[tuple[Any, ...], list[Any]]()
    for event, said in told.of(*JUDGED, unit=code):
        standing[said["point"]] = said["verdict"]
        if said["verdict"]:
            lines.setdefault((said["point"], said["round"]), []).append((event, said))
    newest = dict[str, int]()
    for one in sorted(told.rows["judgements"].get(code, ()), key=lambda one: one["id"]):
        given.setdefault((one["point"], one["round"]), []).append(one)
        newest[one["point"]] = one["id"]
    for point, number in sorted(lines.keys() | given.keys()):
        where = f"{code}, point {point}, round {number}"
        told_of, found = lines.get((point, number), []), given.get((point, number), [])
        if len(told_of) != len(found):
            told.faults.append(Fault(where, "the verdicts are not those that the log tells of"))
        for (event, said), one in zip(told_of, found, strict=False):
            _verdict(told, where, one, event=event, said=said)
    for point in unit["points"]:
        told.same(f"{code}, point {point['ref']}", "the verdict in force", point["verdict"],
                  standing.get(point["ref"], ""))  # fmt: skip
    for one in (one for ones in given.values() for one in ones):
        stands = bool(standing.get(one["point"])) and one["id"] == newest[one["point"]]
        told.same(f"{code}, point {one['point']}", "which verdict is in force", one["current"], stands)


def _verdict(told: Told, where: str, one: dict[str, Any], *, event: dict[str, Any], said: dict[str, Any]) -> None:
    told.same(where, "the verdict", one["verdict"], said["verdict"])
    told.same(where, "what is missing", len(set(one["missing"])), len(set(said["missing"])))
    told.same(where, "VACSR", sorted(one["vacsr"]), sorted(said["vacsr"]))
    _failing(told, where, one, said)
    told.same(where, "the assessor", one["assessor"], event["actor"])
    told.same(where, "the feedback", hash_of(one["feedback"]), said["feedback_sha256"])
    told.same(where, "the reason of a verdict", hash_of(one["reason"]), said.get("reason_sha256"))
    told.same(where, "the missing parts", hash_of(one["missing"]), said.get("missing_sha256"))
    told.same(where, "the moment of a verdict", one["at"], said.get("judged_at"))
    told.same(where, "the number of a verdict", one["id"], said.get("judgement", one["id"]))


def _grounded(told: Told, unit: dict[str, Any]) -> None:
    """On which places verdicts rest: each is told of as its line has it, and there are no others."""
    code = unit["code"]
    items = {ref: subject for subject, ref in told.refs.items()}
    handed = {(one["number"], ref, version): sha for one in unit["rounds"] for ref, version, sha in one["versions"]}
    given = dict[int, list[Any]]()
    rounds = {one["id"]: (one["point"], one["round"]) for one in told.rows["judgements"].get(code, ())}
    for one in told.rows["grounds"].get(code, ()):
        point, number = rounds.get(one["judgement"], ("", 0))
        sha = handed.get((number, one["evidence"], one["version"]), "") if point == one["point"] else ""
        given.setdefault(one["judgement"], []).append(
            [items.get(one["evidence"]), one["version"], sha, hash_of(selector(one)), one["lies"]]
        )
    for _, said in told.of(*JUDGED, unit=code):
        id, bound = said.get("judgement", 0), said.get("grounds_sha256")
        on = given.pop(id, [])
        if told.facts.get("format", 1) < GROUNDED:
            told.faults += [Fault("format", "is older than the lines that are quoted")] * (bound is not None)
        elif said["verdict"] and id in rounds:
            where = f"{code}, point {said['point']}"
            told.same(where, "on which places a verdict rests", hash_of(on), bound or hash_of([]))
        elif on:
            given[id] = on
    if given:
        told.faults.append(Fault(code, f"on which places a verdict rests {NOT_SO}"))


def _failing(told: Told, where: str, one: dict[str, Any], said: dict[str, Any]) -> None:
    """What was said against the evidence: on the verdict, of its items, or nothing where the form had all of VACSR
    ticked in advance.
    """
    stated = said.get("fails")
    told.same(where, "what is said against its evidence", list(one.get("flaws", ())), said.get("flaws", []))
    if told.facts.get("format", 1) < STATED and stated is not None:
        told.faults.append(Fault(where, "what fails on VACSR is not told, and the log tells of it"))
    elif told.facts.get("format", 1) >= STATED:
        unticked = [word for word in VACSR if word not in one["vacsr"]]
        told.same(where, "what fails on VACSR", sorted(one["fails"]), sorted(unticked if stated is None else stated))
        form = "ticked in advance" if stated is None else "by item" if "flaws" in said else "by exception"
        told.same(where, "how VACSR was asked for", one["vacsr_form"], form)


def _flawed(told: Told, unit: dict[str, Any]) -> None:
    """What was said against evidence: of which version, why, by whom, and whether it holds."""
    code, lines = unit["code"], told.of(*FLAWS, unit=unit["code"])
    if told.facts.get("format", 1) < FLAWED:
        told.faults += [Fault("format", "is older than the lines that are quoted")] * bool(lines)
        return
    given = {one["id"]: one for one in told.rows["flaws"].get(code, ())}
    noted = {said["flaw"]: (event, said) for event, said in lines if said["fails"]}
    if given.keys() != noted.keys():
        told.faults.append(Fault(code, f"what was said against evidence {NOT_SO}"))
        return
    last = {(said["item"], said["version"]): said["flaw"] for _, said in lines}
    handed = {(one["number"], ref, version): sha for one in unit["rounds"] for ref, version, sha in one["versions"]}
    for id, one in sorted(given.items()):
        event, said = noted[id]
        where = f"{code}, {one['evidence']}"
        told.same(where, "which item fails", one["evidence"], told.refs.get(f"evidence {said['item']}", ""))
        told.same(where, "which version fails",
                  [one["version"], handed.get((one["round"], one["evidence"], one["version"]))],
                  [said["version"], said["version_sha256"]])  # fmt: skip
        told.same(where, "the round in which that was said", one["round"], said["round"])
        told.same(where, "what it fails in", one["fails"], said["fails"])
        told.same(where, "why it fails", hash_of(one["reason"]), said["reason_sha256"])
        told.same(where, "who said that it fails", one["assessor"], event["actor"])
        told.same(where, "when that was said", one["at"], said["noted_at"])
        told.same(where, "whether it still fails", one["current"], last[said["item"], said["version"]] == id)


def _rounds(told: Told, unit: dict[str, Any]) -> None:
    """What was handed in and not taken back, and how it was answered."""
    code, handed = unit["code"], dict[int, tuple[dict[str, Any], dict[str, Any]]]()
    decided = dict[int, tuple[dict[str, Any], dict[str, Any]]]()
    for event, said in told.of("handed in", "taken back", "decided", "decision retracted", unit=code):
        if event["deed"] == "taken back":
            handed.pop(said["round"], None)
        elif event["deed"] == "decision retracted":
            decided.pop(said["round"], None)
        else:
            (decided if event["deed"] == "decided" else handed)[said["round"]] = event, said
    if [one["number"] for one in unit["rounds"]] != sorted(handed):
        told.faults.append(Fault(code, "the rounds are not those that the log tells of"))
        return
    for one in unit["rounds"]:
        where = f"{code}, round {one['number']}"
        _, said = handed[one["number"]]
        declared = {"words": one["declaration"], "name": one["declared_by"]}
        declared |= {name: one[name] for name in ("sources", "help", "ai_use")}
        told.same(where, "the declaration", hash_of(declared), said["declaration_sha256"])
        told.same(where, "the moment of a hand-in", one["handed_in_at"], said.get("handed_in_at"))
        told.same(where, "what was handed in", [each[2] for each in one["versions"]], said["versions"])
        if not told.old and not told.kept.issuperset(map(tuple, one["versions"])):
            told.faults.append(Fault(where, f"which versions were handed in {NOT_SO}"))
        _decided(told, where, one, decided.get(one["number"]))
    if unit["rounds"]:
        last = unit["rounds"][-1]["number"]
        where, said = f"{code}, round {last}", handed[last][1]
        told.same(where, "why points have no claim", hash_of(sorted(unit["gaps"])), said.get("gaps_sha256"))
        frozen = None if told.old else _manifest(told, unit)
        told.same(where, "the places and reasons handed in", frozen, said["manifest_sha256"] if frozen else None)


def _decided(told: Told, where: str, one: dict[str, Any], line: Any) -> None:
    undecided = {"decision": "", "decided_at": "", "feedback_sha256": hash_of(""), "authenticity_sha256": hash_of("")}
    event: dict[str, Any] = line[0] if line else {}
    said: dict[str, Any] = line[1] if line else undecided
    told.same(where, "the decision", one["decision"], said["decision"])
    told.same(where, "the feedback of a decision", hash_of(one["feedback"]), said["feedback_sha256"])
    if told.facts.get("format", 1) >= STATED:
        how = hash_of(one["authenticity"])
        told.same(where, "how authenticity was confirmed", how, said.get("authenticity_sha256"))
    told.same(where, "the moment of a decision", one["decided_at"], said.get("decided_at"))
    told.by(where, "who decided", one["decided_by"], event or {"actor": ""})


STEPS = {"withdrawn": "withdraw", "reinstated": "reinstate", "reopened": "reopen"}
"""Deed → the step that it tells of."""


def _steps(told: Told, unit: dict[str, Any]) -> None:
    """What was done to a unit for a reason: each step, by whom, when and why."""
    code, lines = unit["code"], told.of(*STEPS, unit=unit["code"])
    if [STEPS[event["deed"]] for event, _ in lines] != [one["step"] for one in unit["steps"]]:
        told.faults.append(Fault(code, "the steps that were taken are not those that the log tells of"))
        return
    for (event, said), one in zip(lines, unit["steps"], strict=True):
        where = f"{code}, {event['deed']}"
        told.same(where, "who did it", one["by"], event["actor"])
        told.same(where, "why", hash_of(one["reason"]), said.get("reason_sha256"))
        told.same(where, "the moment", one["at"], said.get("stepped_at"))


def _manifest(told: Told, unit: dict[str, Any]) -> str:
    """The hash over what the present round froze: versions, places, points and reasons."""
    claims = list(told.rows["claims"].get(unit["code"], ()))
    claims.sort(key=lambda one: (int(one["evidence"].split()[0].strip("E")), one["id"]))
    return hash_of(
        {
            "versions": sorted(each[2] for each in unit["rounds"][-1]["versions"]),
            "claims": [
                [one["id"], told.shas[one["evidence"]], one["point"], selector(one), one["reason"]] for one in claims
            ],
        }
    )


def selector(claim: dict[str, Any]) -> Any:
    """The place of a claim as the W3C selector that is kept of it, and the file it lies in."""
    place = claim["locator"]
    if claim.get("kept") and place["kind"] == "astray":
        return _parsed(claim["kept"])
    kind, file = place["kind"], {"file": place["file"]} if place.get("file") else {}
    if kind == "whole":
        return {}
    if kind == "passage":
        return {"selector": _quoted_words(place)}
    refined = {"refinedBy": _quoted_words(place["quote"])} if place.get("quote") else {}
    if kind == "page":
        region = f"&viewrect={place['region']}" if place["region"] else ""
        standard, value = "http://tools.ietf.org/rfc/rfc3778", f"page={place['page']}{region}"
    else:
        standard = "http://www.w3.org/TR/media-frags/"
        region = f"&xywh={place['region']}" if place.get("region") else ""
        seconds = f"t={place.get('start', 0):.1f},{place.get('end', 0):.1f}{region}"
        value = f"xywh={place['xywh']}" if kind == "region" else seconds
    return {"selector": {"type": "FragmentSelector", "conformsTo": standard, "value": value, **refined}, **file}


def _quoted_words(place: dict[str, Any]) -> list[dict[str, Any]]:
    quote = {"type": "TextQuoteSelector", **{name: place[name] for name in ("exact", "prefix", "suffix")}}
    return [quote, {"type": "TextPositionSelector", "start": place["start"], "end": place["end"]}]


def _exhibited(told: Told) -> None:
    """Every version that is shown: when it came, its words as shown, and what is told of its files."""
    lines = {(event["subject"], said["version"]): (event, said) for event, said in told.of(*KEPT)}
    added = {event["subject"]: (event, said) for event, said in told.of("evidence added")}
    copies = {event["subject"]: said for event, said in told.of("copies made")}
    for item in told.facts["evidence"]:
        where, subject = item["ref"], f"evidence {item['id']}"
        if (subject, item["version"]) not in lines or subject not in added:
            told.faults.append(Fault(where, "no line of the log tells of this version"))
            continue
        event, said = lines[subject, item["version"]]
        told.same(where, "the hash of the version", item["sha256"], said["sha256"])
        kind = added[subject][1]["kind"], told.refs[subject]
        told.same(where, "the kind and the number", (item["kind"], item["ref"].split()[0]), kind)
        _ensure_brought(told, where, added[subject])
        if told.facts.get("format", 1) >= MERGED:
            origin = told.brought.get(subject, (0, ""))
            told.same(where, "which record it came from", (item["record"], item["record_ref"]), origin)
        told.same(where, "when the evidence came", item["received_at"], said.get("saved_at"))
        told.same(where, "the words as shown", hash_of(item["html"]), said.get("html_sha256"))
        told.same(where, "the words as text", hash_of(item["plain"]), said.get("plain_sha256"))
        _stated(told, where, item, event)
        originals = said.get("originals") or [None] * len(item["files"])
        for file, original in zip(item["files"], originals, strict=False):
            bound = "recording_sha256" if item["kind"] == "recording" else "printed_sha256"
            made = copies.get(f"file {file.get('id')}", {}).get(bound)
            _original(told, where, file, original=original, made=made)


def _stated(told: Told, where: str, item: dict[str, Any], event: dict[str, Any]) -> None:
    """Who wrote what a witness states, who signed the version, and how the witness was checked."""
    stated, signed = item["testimony"], told.facts.get("format", 1) >= SIGNED
    if stated and event.get("actor_id") is None and signed:
        told.same(where, "who entered it", stated["entered_by"], "")
    elif stated:
        told.by(where, "who entered it", stated["entered_by"], event)
    subject, version = f"evidence {item['id']}", item["version"]
    signatures = [one for one in told.of("signed", about=subject) if one[1]["version"] == version]
    checks = [one for one in told.of("witness checked", about=subject) if one[1]["version"] == version]
    if not signed:
        given = bool(item.get("signatures") or item.get("checks") or (stated or {}).get("signed_at"))
        told.faults += [Fault(where, "tells of signatures, which facts of that format do not bind")] * given
        told.faults += [Fault("format", "is older than the lines that are quoted")] * bool(signatures or checks)
        return
    at = next((one["at"] for one in item["signatures"] if one["signer"] == "witness"), "")
    told.same(where, "when the witness signed", stated["signed_at"] if stated else "", at)
    if event.get("actor_id") is None and not at:
        told.faults.append(Fault(where, "was written by a witness, and no witness signed it"))
    _each_bound(told, where, "signature", given=item["signatures"], lines=signatures)
    _each_bound(told, where, "check", given=item["checks"], lines=checks)
    for one, line in zip(item["signatures"], signatures, strict=False):
        told.same(where, f"what the {one['signer']} signed", [one["sha256"], item["sha256"]], [line[1]["sha256"]] * 2)
        _signed_by(told, where, item, line)


def _signed_told(told: Told) -> None:
    """Every version that somebody signed is told, also where no place in it is claimed, unless it was taken out.

    In a report about some units, every one whose lines of signing name one of these. Lines that name no units leave
    open whether it belongs there; a choice of all units is no choice.
    """
    if told.facts.get("format", 1) < SIGNED:
        return
    only = set(told.facts.get("only") or ())
    shown = {(f"evidence {item['id']}", item["version"]): item for item in told.facts["evidence"]}
    signed, gone = dict[tuple[str, int], Any](), set[str]()
    for event, said in told.of("signed", "evidence removed", "evidence restored"):
        if event["deed"] == "signed":
            signed[event["subject"], said["version"]] = said.get("about_units")
        else:
            (gone.add if event["deed"] == "evidence removed" else gone.discard)(event["subject"])
    for (subject, version), units in signed.items():
        where = f"{told.refs.get(subject, subject)}, version {version}"
        if item := shown.get((subject, version)):
            about = _units_of(item)
            told.same(where, "which units it is about", about, about if units is None else units)
        elif subject in gone:
            continue
        elif only and units is None:
            told.unbound["whether all that was signed about the units of the report is told"] += 1
        elif not only or only >= told.enrolled.keys() or not only.isdisjoint(units):
            told.faults.append(Fault(where, "was signed, and is not told"))


def _units_of(item: dict[str, Any]) -> list[str]:
    """The codes of the units whose points a witness or the minutes of a meeting name, as a line of signing tells."""
    minutes = item["minutes"] or {"agreed": (), "entries": ()}
    points = [*(item["testimony"] or {}).get("points", ()), *minutes["agreed"]]
    points += [point for entry in minutes["entries"] for point in entry["points"]]
    return sorted({code for code, _ in points})


def _signed_by(told: Told, where: str, item: dict[str, Any], line: Line) -> None:
    """Whoever signed is who may sign in that part; a witness was asked for that kind and those points before."""
    event, said = line
    signer, roles = said["signer"], str(event["role"]).split(", ")
    own = {told.facts["learner"]["id"], *(one["merged"] for _, one in told.merges)}
    fits = {
        "witness": event.get("actor_id") is None and roles == ["witness"] and bool(said["request"]),
        "learner": event.get("actor_id") in own and "learner" in roles,
        "assessor": isinstance(event.get("actor_id"), int) and event["actor_id"] not in own and "assessor" in roles,
    }
    if not fits.get(signer):
        told.faults.append(Fault(where, f"who signed as the {signer} {NOT_SO}"))
    if signer == "witness":
        _asked_for(told, where, item, line)


def _asked_for(told: Told, where: str, item: dict[str, Any], line: Line) -> None:
    subject, seq = f"request {line[1]['request']}", line[0]["seq"]
    asked = [said for event, said in told.of("witness asked", about=subject) if event["seq"] < seq]
    if not asked:
        told.faults.append(Fault(where, "no line of the log tells that the witness was asked"))
        return
    told.same(where, "the kind that the witness was asked for", item["kind"], asked[0]["kind"])
    points = [list(one) for one in (item["testimony"] or {}).get("points", ())]
    if any(one not in asked[0]["points"] for one in points):
        told.faults.append(Fault(where, "the witness tells of points for which they were not asked"))
    if any(event["seq"] < seq for event, _ in told.of("request declined", "request taken back", about=subject)):
        told.faults.append(Fault(where, "was signed after the request had ended"))
    _in_time(told, where, line, until=asked[0].get("expires_at"))


def _in_time(told: Told, where: str, line: Line, *, until: str | None) -> None:
    """A link brings one item, signed before its end (`until`); what is signed later corrects it within some days."""
    first, at = told.answered[line[1]["request"]], datetime.fromisoformat(line[1]["signed_at"])
    if first[0]["subject"] != line[0]["subject"]:
        told.faults.append(Fault(where, "was signed by a link that had brought another item"))
    elif first[0]["seq"] != line[0]["seq"]:
        if at > datetime.fromisoformat(first[1]["signed_at"]) + CORRECTING + WHILE_SIGNING:
            told.faults.append(Fault(where, "was corrected later than a witness may"))
    elif until is None:
        told.unbound["until when a witness could sign"] += 1
    elif at > datetime.fromisoformat(until) + WHILE_SIGNING:
        told.faults.append(Fault(where, "was signed after the link had expired"))


BINDS = {
    "signature": (("name", "words", "comment"), ("signer", "agrees", "reached", "request"), "signed_at"),
    "check": (("words", "means"), ("how", "on"), "checked_at"),
}
"""Of a signature and of the check of a witness: what the line of the log gives the hash of, what it tells, and where
it tells the moment."""


def _each_bound(told: Told, where: str, what: str, *, given: list[dict[str, Any]], lines: list[Line]) -> None:
    """Every signature, or check, is told that a line of the log tells of, and is what that line binds."""
    if [one["id"] for one in given] != [said[what] for _, said in lines]:
        told.faults.append(Fault(where, f"which {what}s there are {NOT_SO}"))
        return
    hashed, plain, moment = BINDS[what]
    for one, (event, said) in zip(given, lines, strict=True):
        whose = f"the {what} of the {one['signer']}" if what == "signature" else f"the {what} of the witness"
        for name in hashed:
            told.same(where, f"{whose}: the {name}", hash_of(one[name]), said[f"{name}_sha256"])
        for name in plain:
            told.same(where, f"{whose}: {name}", one[name], said[name])
        told.same(where, f"{whose}: when", one["at"], said[moment])
        if what == "check":
            told.same(where, f"{whose}: by whom", one["by"], event["actor"])


def _original(told: Told, where: str, file: dict[str, Any], *, original: Any, made: str | None) -> None:
    picture = file["picture"] and [file["picture"][name] for name in ("sha256", "width", "height")]
    printed: dict[str, Any] = {
        name: file[name] for name in ("kind", "media_type", "duration", "peaks", "remarks") if name in file
    }
    printed["picture"] = picture
    id, size, crc32, as_it_came = original or (file.get("id"), None, None, None)
    told.same(where, "the size of a file", file["size"], size)
    told.same(where, "the checksum of a file", file["crc32"], crc32)
    told.same(where, "what is shown of a file", hash_of(printed), made or as_it_came)
    told.same(where, "the number of a file", file.get("id"), id)


def _claimed(told: Told) -> None:
    """The places that are offered where nothing is handed in yet."""
    open_units = {unit["code"] for unit in told.facts["units"] if not unit["rounds"]}
    live, old = _offered(told)
    expected = {
        id: (told.refs.get(one["item"]), one["version"], one["unit"], one["point"], one["reason"], one["place"])
        for id, one in live.items() if one["unit"] in open_units
    }  # fmt: skip
    shown = {item["ref"]: (item["ref"].split()[0], item["version"]) for item in told.facts["evidence"]}
    for one in told.facts["claims"]:
        if one["unit"] in open_units and one["id"] in old:
            told.unbound["a place that is offered"] += 1
        elif one["unit"] in open_units:
            words = (one["unit"], one["point"], hash_of(one["reason"]), hash_of(selector(one)))
            place = f"{one['unit']}, point {one['point']}, claim {one['id']}"
            told.same(place, "the place", (*shown[one["evidence"]], *words), expected.pop(one["id"], ()))
    for id, lost in expected.items():
        told.faults.append(Fault(f"{lost[2]}, point {lost[3]}, claim {id}", "is not told, and the log tells of it"))


def _drawn(told: Told) -> None:
    """The pages in which places are claimed, as they were drawn then, and the stills of films under claimed rectangles;
    quotes of pages stand in their words.
    """
    if told.facts.get("format", 1) < PAGED:
        given = [file for item in told.facts["evidence"] for file in item["files"] if file.get("pages")]
        told.faults += [Fault("format", "tells of pages, which facts of that format do not bind")] * bool(given)
        return
    bound = {id: said["page_sha256"] for _, said in told.of("place claimed") if "page_sha256" in said
             for id in said["claims"]}  # fmt: skip
    items, seen = {item["ref"]: item for item in told.facts["evidence"]}, set[int]()
    copies = {event["subject"]: said for event, said in told.of("copies made")}
    for one in told.facts["claims"]:
        place, where = one["locator"], f"{one['unit']}, point {one['point']}, claim {one['id']}"
        if place["kind"] == "span" and place.get("region"):
            seen |= _under(told, where, place, items[one["evidence"]], copies=copies)
        if place["kind"] != "page":
            astray = place["kind"] == "astray" and one["id"] in bound
            told.faults += [Fault(where, "is told as astray, and the log tells the page on which it lies")] * astray
            continue
        page = _page_of(items[one["evidence"]], place)
        seen.add(id(page))
        told.same(where, "the page as drawn", page and hash_of(page), bound.get(one["id"], page and hash_of(page)))
        if page and one["id"] not in bound and not any(hash_of(page) == each for each in bound.values()):
            told.faults.append(Fault(where, "tells a page that no line of the log binds"))
        told.faults.extend(_quote_faults(where, place, page))
    for item in told.facts["evidence"]:
        spare = [page["number"] for file in item["files"] for page in file["pages"] if id(page) not in seen]
        told.faults += [Fault(item["ref"], f"tells page {number}, in which nothing is claimed") for number in spare]


def _under(told: Told, where: str, place: dict[str, Any], item: dict[str, Any], *, copies: dict[str, Any]) -> set[int]:
    """Holds the still under a claimed rectangle of a film against the line of its `copies`. Gives its `id`."""
    seen = set[int]()
    for file in item["files"]:
        if file["kind"] == "video" and place["file"] in ("", file["sha256"]):
            number = round(place["start"] * 10)
            bound = dict(map(tuple, copies.get(f"file {file['id']}", {}).get("stills", ())))
            still = next((page for page in file["pages"] if page["number"] == number), None)
            if number in bound:
                told.same(where, "the picture of the film", still and hash_of(still), bound[number])
            elif still:
                told.faults.append(Fault(where, "tells a picture of the film that no line of the log binds"))
            seen.add(id(still))
    return seen


def _worded(told: Told) -> None:
    """The words of recordings: those that the last line about them says stand."""
    files = [(f"{item['ref']}, {file['name']}", file) for item in told.facts["evidence"] for file in item["files"]]
    if told.facts.get("format", 1) < WORDED:
        given = [file for _, file in files if file.get("transcript")]
        why = "tells words of recordings, which facts of that format do not bind"
        told.faults += [Fault("format", why)] * bool(given)
        return
    last = {event["subject"]: (event, said) for event, said in told.of(*WORDS_STAND)}
    for where, file in files:
        words, (event, said) = file["transcript"], last.get(f"file {file['id']}", ({}, {}))
        stands = event.get("deed", WORDS_STAND[-1]) != WORDS_STAND[-1]
        if words is None or not stands:
            wrong = words is not None or (stands and file["kind"] in ("audio", "video"))
            told.faults += [Fault(where, f"which words of the recording stand {NOT_SO}")] * wrong
            continue
        bound = {name: words[name] for name in ("number", "language", "origin", "model", "cues")}
        told.same(where, "what is said in the recording", hash_of(bound), said["words_sha256"])
        told.same(where, "when the words were confirmed", words["at"], said["confirmed_at"])
        told.same(where, "who confirmed the words", words["by"], event["actor"])


def _page_of(item: dict[str, Any], place: dict[str, Any]) -> dict[str, Any] | None:
    """The page of a document on which a place lies, where it is told."""
    documents = [file for file in item["files"] if file["kind"] == "document" and place["file"] in ("", file["sha256"])]
    return next((page for file in documents for page in file["pages"] if page["number"] == place["page"]), None)


def _quote_faults(where: str, place: dict[str, Any], page: dict[str, Any] | None) -> Iterator[Fault]:
    """What is wrong with the number of a page, and with a quote of it."""
    if page and not 1 <= page["number"] <= page["of"]:
        yield Fault(where, f"is on page {page['number']} of a document of {page['of']}")
    quote = place.get("quote")
    if quote and page and page["text"][quote["start"] : quote["end"]] != quote["exact"]:
        yield Fault(where, f"page {page['number']} does not say “{quote['exact'][:80]}” at {quote['start']}")
    if quote and not page:
        yield Fault(where, f"quotes page {place['page']}, the words of which are not told")


def _offered(told: Told) -> tuple[dict[int, dict[str, Any]], set[int]]:
    """By id, the places that are offered by now, as the log's lines tell; and those of which it tells too little."""
    claims, removed, gone, old = dict[int, dict[str, Any]](), set[int](), set[str](), set[int]()
    for event, said in told.lines:
        item, deed = event["subject"], event["deed"]
        if deed == "place claimed" and "placed" in said:
            where = {"item": item, "version": said["version"], "place": said["selector_sha256"]}
            for id, unit, point, reason in said["placed"]:  # one that is offered already stays in its version
                claims[id] = claims.get(id, where) | {"unit": unit, "point": point, "reason": reason}
        elif deed == "place claimed":
            old |= set(said["claims"])
        for id, version, place, _loose in said.get("moved", ()):
            if id in claims:
                claims[id] |= {"version": version, "place": place}
        removed |= {said["claim"]} if deed == "claim removed" else set()
        removed -= {said["claim"]} if deed == "claim restored" else set()
        gone |= {item} if deed == "evidence removed" else set()
        gone -= {item} if deed == "evidence restored" else set()
    removed |= old
    return {id: one for id, one in claims.items() if id not in removed and one["item"] not in gone}, old


# 7. Signatures: what they sign with bare Python, whether they hold where pyHanko is installed

SIGNED_DIGEST = bytes.fromhex("06092a864886f70d01090431220420")
"""How the attribute message-digest with a SHA-256 begins in DER (RFC 5652 §11.2)."""
IMPRINT = re.compile(
    rb"\x30[\x2f\x31]\x30[\x0b\x0d]\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01(?:\x05\x00)?\x04\x20(.{32})", re.DOTALL
)
"""The SHA-256 that a time stamp is for: messageImprint in DER (RFC 3161 §2.4.1)."""


OPENSSL = (
    "openssl cms -verify -binary -inform DER -in signature.p7s -content signed -noverify -signer signer.pem -out "
    "checked && openssl x509 -in signer.pem -noout -subject -fingerprint -sha256"
)
"""Says whether the signature holds, and the certificate's SHA-256."""
UNSIGNED = (
    "Who signed, and when: for that pyHanko is needed (python3 -m pip install pyhanko). With OpenSSL alone: "
    f"python3 verify.py FILE --signature S && cd S && {OPENSSL} says “Verification successful” and the SHA-256 of the "
    "certificate, which must be the one that the centre told you."
)


def pyhanko(result: Result) -> Any:
    """The library's module of validation, or None, said in the result."""
    try:
        validation = importlib.import_module("pyhanko.sign.validation")
    except ImportError:
        if UNSIGNED not in result.unchecked:
            result.unchecked.append(UNSIGNED)
        return None
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    return validation


def check_seal(pack: Pack, result: Result, trusted: Trusted) -> None:
    """The centre's detached CMS signature (RFC 5652) of the tag manifest, and so of everything."""
    path, signed = "tagmanifest-sha256.txt.p7s", "tagmanifest-sha256.txt"
    if path not in pack.paths:
        result.signers.append("")
        result.unchecked.append("The pack as a whole is not signed: it holds together, but anyone could have made it.")
        return
    check_signature(result, path, pack.read(path), signed=pack.read(signed), signs=("The pack", trusted))


def check_signature(result: Result, where: str, message: bytes, *, signed: bytes, signs: tuple[str, Trusted]) -> None:
    """A CMS signature by one signer over the bytes `signed`; `signs`: what it is called, and by whom it must be."""
    if SIGNED_DIGEST + hashlib.sha256(signed).digest() not in message:
        result.fault(where, "the signature does not hold: what it signs was changed after it was signed")
        return
    if (validation := pyhanko(result)) is None:
        result.signers.append("")
        return
    if (status := _valid(validation, result, where, message=message, signed=signed)) is None:
        return
    _signer(result, signs[0], status.signing_cert, signs[1])
    if stamp := status.timestamp_validity:
        _stamped(result, signs[0], stamp.timestamp, stamp.signing_cert)
    elif (note := "When it was signed, where a signature bears no time stamp.") not in result.unchecked:
        result.unchecked.append(note)


def _valid(validation: Any, result: Result, where: str, *, message: bytes, signed: bytes) -> Any:
    """What pyHanko says of a CMS signature that holds; None, and a fault, for one that does not."""
    try:
        content = one_way(message)
        context = importlib.import_module("pyhanko_certvalidator").ValidationContext(
            trust_roots=[], allow_fetching=False
        )
        check = validation.async_validate_detached_cms(signed, content, signer_validation_context=context)
        status = asyncio.run(check)
        stamp = status.timestamp_validity
    except Exception as reason:  # noqa: BLE001 whatever a hostile signature does to the library, it does not hold
        result.fault(where, f"its signature cannot be read, or is not as it was written ({_why(reason)})")
        return None
    if not (status.intact and status.valid) or (stamp and not (stamp.intact and stamp.valid)):
        result.fault(where, "its signature or its time stamp does not hold")
        return None
    if lone := [name for name in _vouched(content) if name != status.signing_cert.subject.human_friendly]:
        result.unchecked.append(f"{where}: the certificates of {', '.join(lone)}, whose issuers' are not beside them.")
    return status


def check_keys(lines: list[dict[str, Any]], result: Result) -> None:
    """Each certificate that came after another, and whether the one before signed for it. `lines`: those of `key made`.

    Whom to trust stays the reader's to say: a stolen key can sign for any other.
    """
    known = list[str]()
    for line in lines:
        where = f"the certificate of event {line['seq']} of the log"
        try:
            facts = line["facts"]
            own, message = (base64.b64decode(facts[name]) for name in ("certificate", "signed_by_the_old"))
            print_, why = facts["certificate_sha256"], f"{line['at'][:10]}: {facts['because']}"
        except BROKEN:
            result.fault(where, "cannot be read")
            return
        if hashlib.sha256(own).hexdigest() != print_:
            result.fault(where, "is not the one that is named")
        elif message:
            _taken_over(result, where, message=message, own=own, known=known)
        elif known:
            result.unchecked.append(
                f"Who made the certificate SHA-256 {print_}: the one before did not sign for it ({why})."
            )
        known.append(print_)


def _taken_over(result: Result, where: str, *, message: bytes, own: bytes, known: list[str]) -> None:
    if (validation := pyhanko(result)) is None:
        return
    if (status := _valid(validation, result, where, message=message, signed=own)) is None:
        return
    before = status.signing_cert.sha256.hex()
    print_ = hashlib.sha256(own).hexdigest()
    if before in known:
        result.checked.append(f"The certificate SHA-256 {print_} is signed for by {before}.")
    else:
        result.unchecked.append(
            f"Whose the certificate SHA-256 {print_} is: it is signed for by {before}, which the log does not name."
        )


def imprint(token: bytes) -> str:
    """The SHA-256 that a time stamp (RFC 3161) is for, in hexadecimal; empty where it is for none."""
    found = IMPRINT.search(token)
    return found[1].hex() if found else ""


def stamped(token: bytes) -> tuple[Any, Any]:
    """When a time stamp was given (UTC), and the authority's certificate, by pyHanko.

    Raises `ValueError`, saying why, where it cannot be read or does not hold.
    """
    try:
        validation = importlib.import_module("pyhanko.sign.validation")
        context = importlib.import_module("pyhanko_certvalidator").ValidationContext
        signed = importlib.import_module("asn1crypto.cms").ContentInfo.load(token, strict=True)["content"]
        info = signed["encap_content_info"]["content"].parsed
        check = validation.async_validate_cms_signature(
            signed, validation_context=context(trust_roots=[], allow_fetching=False)
        )
        status = asyncio.run(check)
        moment, whole = info["gen_time"].native, status.intact and status.valid
    except Exception as reason:  # noqa: BLE001 whatever a hostile token does to the library, it does not hold
        raise ValueError(f"the time stamp cannot be read ({type(reason).__name__})") from None
    if not whole or info["message_imprint"]["hashed_message"].native.hex() != imprint(token):
        raise ValueError("the time stamp does not hold")
    return moment, status.signing_cert


def _why(reason: Exception) -> str:
    return str(reason)[:80] if type(reason) is ValueError else type(reason).__name__


def _stamped(result: Result, what: str, moment: Any, certificate: Any) -> None:
    """Say when, and who says so."""
    name, print_ = certificate.subject.human_friendly, certificate.sha256.hex()
    result.checked.append(f"{what} was there on {moment:%Y-%m-%d %H:%M:%S} UTC, says {name}, SHA-256 {print_}.")
    note = "Whether the time-stamp authority's certificate is one you trust: its SHA-256 is given."
    if note not in result.unchecked:
        result.unchecked.append(note)


def one_way(message: bytes) -> Any:
    """The SignedData (RFC 5652) of one signer, if it is written in the one way that its content has in DER.

    A signature cannot cover its own bytes; so none of them may leave room for another value.
    Raises `ValueError`, saying which part is not in that way.
    """
    strict_der(message)
    read = importlib.import_module("asn1crypto.cms").ContentInfo.load(message, strict=True)
    signed = read["content"]
    (signer,) = signed["signer_infos"]
    shapes = ((signed, b"\x02\x31\x30\xa0?\xa1?\x31"), (signer, b"\x02[\x30\x80]\x30\xa0\x30\x04\xa1?"))
    if not all(re.fullmatch(shape, _tags(part.contents)) for part, shape in shapes):
        raise ValueError("its envelope was changed")
    plain = signed["encap_content_info"]["content_type"].native == "data"
    named = [algorithm.dump() for algorithm in signed["digest_algorithms"]]
    versions = (signed["version"].native, signer["version"].native)
    if versions != ("v1" if plain else "v3", "v1") or named != [signer["digest_algorithm"].dump()]:
        raise ValueError("its envelope was changed")
    told = {attribute["type"].native for attribute in signer["signed_attrs"]}
    algorithm = signer["signature_algorithm"]["algorithm"].native
    if "cms_algorithm_protection" not in told and re.fullmatch("sha[0-9]+_rsa", algorithm):
        raise ValueError("its algorithm is named in a second way")
    for attribute in signer["unsigned_attrs"]:
        if attribute["type"].native != "signature_time_stamp_token":
            raise ValueError("something was added to it")
        for token in attribute["values"]:
            one_way(token.dump())
    issuer, number = (signer["sid"].chosen[name] for name in ("issuer", "serial_number"))
    own = [each.chosen for each in signed["certificates"] if each.chosen.serial_number == number.native]
    if issuer.dump() not in {each.issuer.dump() for each in own}:
        raise ValueError("its signer's certificate is not beside it")
    _vouched(signed)
    return signed


def strict_der(content: bytes, depth: int = 0) -> None:
    """Raises `ValueError` where bytes are not the distinguished encoding (ITU-T X.690 §10, §11) of some values."""
    at = 0
    while at < len(content):
        tag, head = content[at], 2
        size = content[at + 1] if at + 1 < len(content) else 0xFF
        if size & 0x80:
            head += size & 0x7F
            size = int.from_bytes(content[at + 2 : at + head])
            if not 2 < head <= 6 or size < (0x80 if head == 3 else 1 << 8 * (head - 3)):
                raise ValueError("a length is not in DER")
        value = content[at + head : at + head + size]
        if tag == 0 or tag & 0x1F == 0x1F or len(value) != size or depth > DEPTH_LIMIT or not _plain(tag, value):
            raise ValueError("a value is not in DER")
        if tag & 0x20:
            strict_der(value, depth + 1)
        if tag == 0x31:
            _sorted(value)
        at += head + size


def _tags(content: bytes) -> bytes:
    """The tags of values side by side: a lenient reader would pass over one that it does not know."""
    at, tags = 0, b""
    while at < len(content):
        long = content[at + 1] & 0x7F if content[at + 1] & 0x80 else 0
        tags += content[at : at + 1]
        at += 2 + long + (int.from_bytes(content[at + 2 : at + 2 + long]) if long else content[at + 1])
    return tags


def _plain(tag: int, value: bytes) -> bool:
    """Whether a universal value is written in its shortest form."""
    if tag in (0x02, 0x0A):
        return len(value) == 1 or (len(value) > 1 and not (value[0] in (0, 0xFF) and value[0] >> 7 == value[1] >> 7))
    if tag == 0x01:
        return value in (b"\0", b"\xff")
    if tag == 0x03:
        return bool(value) and value[0] < 8 and not (len(value) > 1 and value[-1] & ((1 << value[0]) - 1))
    return tag != 0x05 or not value


def _sorted(content: bytes) -> None:
    """Raises `ValueError` where the members of a SET OF are out of order (X.690 §11.6)."""
    at, before = 0, b""
    while at < len(content):
        long = content[at + 1] & 0x7F if content[at + 1] & 0x80 else 0
        size = int.from_bytes(content[at + 2 : at + 2 + long]) if long else content[at + 1]
        member = content[at : at + 2 + long + size]
        if member < before:
            raise ValueError("a set is not in DER")
        at, before = at + len(member), member


def _vouched(signed: Any) -> list[str]:
    """Names of certificates without their issuer. Raises `ValueError` for one that the issuer there did not sign."""
    load = importlib.import_module("cryptography.x509").load_der_x509_certificate
    brought = [each.chosen for each in signed["certificates"]]
    lone = list[str]()
    for certificate in brought:
        above = [other for other in brought if other.subject.dump() == certificate.issuer.dump()]
        alone = not above and certificate.key_identifier == (certificate.authority_key_identifier or b"")
        if alone or certificate["signature_value"].contents[:1] != b"\0":
            raise ValueError("a certificate in it was changed")
        for issuer in above:
            _issued(load(certificate.dump()), load(issuer.dump()))
        if not above:
            lone.append(certificate.subject.human_friendly)
    return lone


def _issued(certificate: Any, issuer: Any) -> None:
    exceptions = importlib.import_module("cryptography.exceptions")
    try:
        certificate.verify_directly_issued_by(issuer)
    except (exceptions.InvalidSignature, exceptions.UnsupportedAlgorithm, TypeError, ValueError):
        raise ValueError("a certificate in it was changed") from None


def _signer(result: Result, what: str, certificate: Any, trusted: Trusted) -> None:
    """Say who signed, and whether it is a certificate that was given to compare with."""
    name, print_ = certificate.subject.human_friendly, certificate.sha256.hex()
    result.checked.append(f"{what} is signed by {name}, certificate SHA-256 {print_}.")
    result.signers.append(print_)
    if trusted and print_ not in trusted:
        result.unchecked.append(f"{what} is signed with another certificate than those that you trust.")
    if not trusted:
        note = "Whether that certificate is the centre's: compare it with one from the centre (--certificate)."
        if note not in result.unchecked:
            result.unchecked.append(note)


# 8. The evidence report


def check_report(content: bytes, result: Result, where: str, *, trusted: Trusted, expected: str = "") -> str:
    """A PDF's two ends, the record attached to it, and its signature, which must cover the entire file.

    Gives the SHA-256 of the certificate that signed; empty where it could not be checked.
    """
    facts = _recorded(content, result, where, expected)
    if not re.match(rb"%PDF-[12]\.\d[\r\n]", content):
        result.fault(where, "does not begin as a PDF does")
    if not re.search(rb"startxref\s+\d+\s+%%EOF\r?\n?$", content[-64:]):
        result.fault(where, "does not end as a PDF does: it was cut or something was added")
    try:
        message, signed = sealed(content)
    except Malformed as unreadable:
        result.faults.append(Fault(where, unreadable.fault.what))
        return ""
    before = len(result.signers)
    check_signature(result, where, message, signed=signed, signs=(where, trusted))
    signer = "".join(result.signers[before:])
    _same_key(result, where, signer, {str(facts.get("certificate", ""))})
    return signer


def _same_key(result: Result, what: str, signer: str, named: set[str]) -> None:
    """Say where another certificate signed than those that the facts name: the key may have changed between."""
    if signer and (named := named - {""}) and signer not in named:
        result.unchecked.append(
            f"Why {what} is signed with another certificate than the one that its facts name "
            f"({', '.join(sorted(named))}): the centre may have changed its key in between."
        )


def sealed(content: bytes) -> tuple[bytes, bytes]:
    """The CMS message of the signature that covers an entire PDF, and the bytes it covers (ISO 32000-2 §12.8.1).

    Raises `Malformed` where no signature does, or where the room for it, which it cannot cover, holds anything else.
    """
    ranges = [
        [int(number) for number in found.groups()]
        for found in re.finditer(rb"/ByteRange\s*\[\s*(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s+(\d{1,12})\s*\]", content)
    ]
    if not ranges:
        raise Malformed("", "is not signed")
    whole = [
        (end, again)
        for start, end, again, rest in ranges
        if start == 0 and end < again and again + rest == len(content)
    ]
    if not whole:
        raise Malformed("", "its signature does not cover the entire file: something was added after it")
    end, again = whole[-1]
    written = content[end:again]
    if not re.fullmatch(b"<(([0-9a-f]{2})+|([0-9A-F]{2})+)>", written):
        raise Malformed("", "the bytes of its signature are not as they were written")
    raw = bytes.fromhex(written[1:-1].decode())
    long = raw[1] & 0x7F if len(raw) > 8 and raw[1] & 0x80 else 8
    message = raw[: 2 + long + int.from_bytes(raw[2 : 2 + long])]
    if any(raw[len(message) :]):
        raise Malformed("", "the bytes of its signature are not as they were written")
    return message, content[:end] + content[again:]


def _recorded(content: bytes, result: Result, where: str, expected: str) -> dict[str, Any]:
    """One name in the file is the beginning of the SHA-256 of an attached record; `expected`: all of that hash.

    Other names may stand beside it: titles and the names of files are a learner's own words. Gives the record's facts;
    none where `expected` names them.
    """
    named = {name.decode() for name in re.findall(rb"Report ([0-9a-f]{12})\.", content)}
    found = dict[str, tuple[int, int, bool]]()
    for place, blocks in _embedded(content):
        with contextlib.suppress(zlib.error):
            hashing = hashlib.sha256()
            for block in blocks:
                hashing.update(block)
            found.setdefault(hashing.hexdigest(), place)
        if expected in found:
            break
    own = [digest for digest in found if digest[:12] in named and digest == (expected or digest)]
    if expected and expected not in found:
        result.fault(where, "does not hold the record that the pack has for this learner")
    elif not own:
        result.fault(where, "its name is not that of the record attached to it")
    facts = dict[str, Any]()
    for digest in own:
        result.checked.append(f"{where} is report {digest[:12]}, and so is the record attached to it.")
        if not expected:
            facts |= _told_by_itself(_parsed(b"".join(_unpacked(content, *found[digest]))), result, where)
    return facts


def _told_by_itself(facts: Any, result: Result, where: str) -> dict[str, Any]:
    """The facts of a report that stands alone, against the lines of the log that they quote."""
    if not isinstance(facts, dict) or "events" not in facts:
        result.unchecked.append(f"{where}: its record holds no facts.")
        return {}
    unbound = Counter[str]()
    with _guarded(result, where, "its record does not hold facts of the kind that reports hold"):
        if "format" not in facts and not any('"before":' in event["facts"] for event in facts["events"]):
            result.unchecked.append(
                "Whether what it tells is what the log tells: its record is of the first format, which does not say "
                "whether it is a full report, a summary or a redacted copy."
            )
            return facts
        if facts.get("edition", "full") == "full":
            versions_hashed(facts, result, where)
        result.faults += [Fault(f"{where}, {each.where}", each.what) for each in against_log(facts, unbound)]
    result.unchecked += unbound_said(unbound)
    result.unchecked.append(
        "Whether the lines it quotes stand in the centre's log: a pack holds it, a report does not."
    )
    return facts


def attached(content: bytes) -> Iterator[bytes]:
    """The files attached to a PDF that we wrote (ISO 32000-2 §7.11.4), one after the other, within the limits.

    What cannot be unpacked is left out: an attached original may hold such files of its own, whole or broken.
    """
    for _, blocks in _embedded(content):
        with contextlib.suppress(zlib.error):
            yield b"".join(blocks)


def _embedded(content: bytes) -> Iterator[tuple[tuple[int, int, bool], Iterator[bytes]]]:
    """Where each attached file lies (begin, end, whether deflated), and its blocks, which count against one budget."""
    seen, left = set[int](), [UNPACKED_LIMIT]
    for found in islice(re.finditer(rb"/Type\s*/EmbeddedFile\b", content), ATTACHED_LIMIT):
        start = content.rfind(b" obj", max(0, found.start() - DICTIONARY_LIMIT), found.start())
        opened = re.compile(rb"stream\r?\n").search(content, found.end(), found.end() + 1000)
        if start < 0 or opened is None or opened.end() in seen:
            continue
        seen.add(opened.end())
        about = content[start : opened.start()]
        if lengths := re.findall(rb"/Length (\d{1,10})\b", about):
            place = (opened.end(), opened.end() + int(lengths[-1]), b"/FlateDecode" in about)
            yield place, _counted(_unpacked(content, *place), left)


def _counted(blocks: Iterator[bytes], left: list[int]) -> Iterator[bytes]:
    """The blocks, as long as the budget of bytes lasts. Raises zlib.error, as for what cannot be unpacked, after it."""
    for block in blocks:
        left[0] -= len(block)
        if left[0] < 0:
            raise zlib.error("too much is attached")
        yield block


def _unpacked(content: bytes, start: int, end: int, deflated: bool) -> Iterator[bytes]:
    """The bytes of an attached file, a block at a time. Raises zlib.error for one that is broken or absurdly large."""
    raw, inflate, size = memoryview(content)[start:end], zlib.decompressobj(), 0
    for at in range(0, len(raw), BLOCK):
        piece: bytes | memoryview = raw[at : at + BLOCK]
        while piece:
            block = inflate.decompress(piece, BLOCK) if deflated else bytes(piece)
            piece = inflate.unconsumed_tail if deflated and not inflate.eof else b""
            size += len(block)
            if size > WHOLE_LIMIT:
                raise zlib.error("absurdly large")
            yield block
        if inflate.eof:
            return
    if deflated:
        yield inflate.flush()


# 9. The command

CHECKER = "data/verify.py"
COPIES = ("data/START-HERE.html", "data/missing.html", "data/framework/case.json")
COPY = "made of the records to be read, and not held against them. What counts is what the records and reports say."


def check_pack(file: BinaryIO, length: int, result: Result, trusted: Trusted = frozenset()) -> None:
    """Everything a pack can show about itself, from the ZIP to the claims."""
    check_files(Pack(file, length), result, trusted)


def check_files(pack: Pack, result: Result, trusted: Trusted) -> None:
    """The same of a pack that was opened, or unpacked."""
    certificates = dict[str, str]()
    chain: dict[int, bytes] | None = None
    ensure_known("data/format.json", "pack", _format_of(pack))
    check_names(pack, result)
    check_bag(pack, result)
    whole = result.holds
    with _guarded(result, "data/log/events.jsonl"):
        chain = check_log(pack, result)
    with _guarded(result, "data/log/countersignatures.json"):
        check_countersignatures(pack, result, chain)
    if whole:
        records = check_records(pack, result, chain)
        if chain is not None:
            certificates = check_facts(pack, result)
        check_annotations(pack, result)
        check_named(pack, result)
        result.unchecked += [f"{path}: {COPY}" for path in COPIES if path in pack.paths]
        check_checker(pack, result)
        listed = _hashes_listed(pack) if result.proved else {}
        for path in pack.under("data/reports/", ".pdf"):
            with _guarded(result, path):
                if listed.get(path) in result.proved:
                    _recorded(pack.read(path), result, path, records.get(path, ""))
                    continue
                signer = check_report(pack.read(path), result, path, trusted=trusted, expected=records.get(path, ""))
                named = certificates.get(path.rpartition("/")[2].removesuffix(".pdf"), "")
                _same_key(result, path, signer, {named})
    before = len(result.signers)
    check_seal(pack, result, trusted)
    _same_key(result, "the pack", "".join(result.signers[before:]), set(certificates.values()))


def check_checker(pack: Pack, result: Result) -> None:
    """Say whether the verify.py in a pack is this one: whoever could change a pack could change that as well."""
    if CHECKER not in pack.paths:
        return
    own = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    if _hashes_listed(pack).get(CHECKER) == own:
        told = f"is the one that checks here, SHA-256 {own}. It came with the pack: use one that you had from elsewhere"
    else:
        told = "is another than the one that checks here. Trust the one that you had from elsewhere"
    result.unchecked.append(f"{CHECKER} {told} where the pack's maker is in doubt.")


def _format_of(pack: Pack) -> object:
    """The number of a pack's format; before the third one packs did not say."""
    if "data/format.json" not in pack.paths:
        return 1
    told = _parsed(pack.read("data/format.json"))
    return told.get("pack") if isinstance(told, dict) else None


def check(path: Path, *, trusted: Trusted = frozenset()) -> Result:
    """Check a pack or a report. `trusted`: SHA-256 of the certificates that may have signed, in hexadecimal."""
    result = Result(str(path))
    if path.is_dir():
        return _check_folder(path, result, trusted)
    with path.open("rb") as file:
        length = os.fstat(file.fileno()).st_size
        result.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        try:
            judge(file, length, result, trusted)
        except Malformed as unreadable:
            result.faults.append(unreadable.fault)
    return result


def _check_folder(root: Path, result: Result, trusted: Trusted) -> Result:
    """A pack that was unpacked into a folder; its hash is that of the tag manifest, which vouches for all of it."""
    result.kind = "audit pack, unpacked"
    try:
        result.sha256 = hashlib.sha256(_tag_file(root, "tagmanifest-sha256.txt")).hexdigest()
        check_files(Folder(root), result, trusted)
    except Malformed as unreadable:
        result.faults.append(unreadable.fault)
    except Newer as newer:
        result.newer = str(newer)
    result.trusted = bool(result.signers) and trusted >= set(result.signers)
    return result


def take_signature(path: Path, folder: Path) -> None:
    """Write the signature of a pack or a report, and the bytes that it signs, into a folder.

    Raises `Malformed` where there is none, `ValueError` for a folder that holds such files already.
    """
    if path.is_dir():
        message, signed = _seal_of(Folder(path))
    else:
        with path.open("rb") as file:
            length, start = path.stat().st_size, file.read(5)
            is_report = start.startswith(b"%PDF") and length <= WHOLE_LIMIT
            message, signed = sealed(start + file.read()) if is_report else _seal_of(Pack(file, length))
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (("signature.p7s", message), ("signed", signed)):
        if (folder / name).exists():
            raise ValueError(f"{folder / name} is there already: name another folder.")
        (folder / name).write_bytes(content)


def _seal_of(pack: Pack) -> tuple[bytes, bytes]:
    return pack.read("tagmanifest-sha256.txt.p7s"), pack.read("tagmanifest-sha256.txt")


def judge(file: BinaryIO, length: int, result: Result, trusted: Trusted) -> None:
    """Take the file for what its first bytes say it is. Raises `Malformed` where it cannot be read on as that."""
    try:
        _judged_by_kind(file, length, result, trusted)
    except Newer as newer:
        result.newer = str(newer)
        return
    result.trusted = bool(result.signers) and trusted >= set(result.signers)


def _judged_by_kind(file: BinaryIO, length: int, result: Result, trusted: Trusted) -> None:
    start = file.read(5)
    if start.startswith(b"%PDF"):
        result.kind = "evidence report"
        if length > WHOLE_LIMIT:
            raise Malformed(result.file, "is absurdly large for a report")
        check_report(start + file.read(), result, Path(result.file).name, trusted=trusted)
        result.unchecked.append(
            "Whether it is the file that the centre keeps: the centre's page of this report shows its SHA-256. Ask."
        )
    else:
        result.kind = "audit pack"
        check_pack(file, length, result, trusted)


UNTRUSTED = (
    "Everything that was checked holds, but no certificate that you said you trust signed it: "
    "anyone could have made it. Give the centre's certificate or its SHA-256 (--certificate)."
)


UNKNOWN = (
    "Everything that was checked holds, but who signed it could not be checked here: until it is, anyone could have "
    "made it. How, is said above."
)


def spoken(result: Result) -> str:
    """The result in plain words."""
    lines = [f"{result.file}: {result.kind}", f"SHA-256 {result.sha256}"]
    lines += [f"  checked      {text}" for text in (result.checked if result.holds else [])]
    lines += [f"  not checked  {text}" for text in result.unchecked]
    lines += [f"  DOES NOT HOLD  {fault.where}: {fault.what}" for fault in result.faults]
    verdict = f"It does not hold: {len(result.faults)} faults."
    if result.newer and not result.faults:
        verdict = f"Whether it holds cannot be told. {result.newer}"
    if result.holds:
        open_ = UNKNOWN if UNSIGNED in result.unchecked else UNTRUSTED
        verdict = "Everything that was checked holds." if result.trusted else open_
    return "\n".join([*lines, verdict])


def as_json(result: Result) -> str:
    """The same as data: file, kind, sha256, holds, trusted, newer, checked[], unchecked[], faults[{where, what}]."""
    names = ("file", "kind", "sha256", "holds", "trusted", "newer", "checked", "unchecked")
    faults = [{"where": fault.where, "what": fault.what} for fault in result.faults]
    return json.dumps(
        {name: getattr(result, name) for name in names} | {"faults": faults}, ensure_ascii=False, indent=1
    )


def fingerprint(path: Path) -> str:
    """SHA-256 of the first certificate in a PEM file (RFC 7468), hexadecimal. Raises `ValueError` where none is."""
    begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
    found = re.search(rf"{begin}([A-Za-z0-9+/=\s]+){end}", path.read_text("ascii", "replace"))
    if found is None:
        raise ValueError(f"{path} holds no certificate")
    return hashlib.sha256(base64.b64decode(found[1])).hexdigest()


def _print_of(given: str) -> str:
    """The SHA-256 that was given, however it is grouped, or that of the certificate in the file of that name."""
    plain = re.sub(r"[\s:]", "", given).lower()
    return plain if re.fullmatch("[0-9a-f]{64}", plain) else fingerprint(Path(given))


def main(arguments: list[str] | None = None) -> int:
    """Check one file and say what was found.

    0 holds, 1 does not, 2 could not be asked, 3 holds, by whom is open, 4 is of a format that is not known here.
    """
    asked = argparse.ArgumentParser(
        prog="verify", description="Checks an audit pack (ZIP) or an evidence report (PDF)."
    )
    asked.add_argument("file", type=Path, nargs="?", help="a pack, the folder it was unpacked into, or a report")
    asked.add_argument("--json", action="store_true", help="say the same as data")
    about = "a certificate that you trust to sign: a PEM file, or its SHA-256; may be given more than once"
    asked.add_argument("--certificate", action="append", default=[], help=about)
    asked.add_argument("--signature", type=Path, metavar="FOLDER", help="write the signature there, for OpenSSL")
    given = asked.parse_args(arguments)
    here = Path(__file__).resolve().parent.parent
    if given.file is None and not (here / "bagit.txt").is_file():
        asked.error("name the FILE to check: this verify.py does not lie in a pack")
    try:
        given.file = given.file or here
        if given.signature:
            take_signature(given.file, given.signature)
            sys.stdout.write(f"Written to {given.signature}. Ask there: {OPENSSL}\n")
            return 0
        trusted = frozenset(map(_print_of, given.certificate))
        result = check(given.file, trusted=trusted)
    except (OSError, ValueError, Malformed) as reason:
        sys.stderr.write(f"{reason}\n")
        return 2
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    sys.stdout.write((as_json(result) if given.json else spoken(result)) + "\n")
    if result.newer and not result.faults:
        return 4
    return (0 if result.trusted else 3) if result.holds else 1


if __name__ == "__main__":
    sys.exit(main())
