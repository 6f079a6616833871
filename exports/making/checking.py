"""Our own verifier over what is about to leave the house: nothing is offered that it rejects."""

import io
import logging
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from itertools import accumulate

from exports import verify
from exports.facts.frozen import Facts
from exports.facts.snapshot import log_check
from exports.pack import bag
from exports.pack.bag import Member
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit

Tell = Callable[[int, int], None]
"""Is told how many bytes of how many were read."""
log = logging.getLogger("markwell.exports")


def silent(_done: int, _total: int) -> None:
    """A `Tell` for callers who do not ask how far it is."""


def ensure_told(learner: int, facts: Facts) -> None:
    """Raise `Refused` where a learner's facts are not what the log tells, before they are cut down for other readers.

    Of a report that tells them all the verifier finds the same.
    """
    result = verify.Result("", faults=list(log_check.untold(facts, Counter())))
    for record in (learner, *(one.id for one in facts.merged)):
        if (line := audit.unfiled(record, facts.centre.id)) is not None:
            result.fault(f"line {line}", "tells of the learner, and is not filed under them")
    _ensure_sound("The report", result)


def report_holds(content: bytes, trusted: str) -> bool:
    """Whether the verifier takes a report that is kept; `trusted` as in `ensure_report_holds`."""
    with suppress(Refused):
        ensure_report_holds(content, trusted)
        return True
    return False


def ensure_report_holds(content: bytes, trusted: str) -> None:
    """Raise `Refused` for a report that the verifier rejects; `trusted` is the SHA-256 of the centre's certificate."""
    _ensure("The report", io.BytesIO(content), len(content), trusted=trusted)


def ensure_pack_holds(members: Sequence[Member], trusted: str, *, proved: Collection[str] = (), tell: Tell) -> None:
    """Raise `Refused` for a pack that the verifier rejects; it reads the bytes that will be streamed, in blocks.

    The signatures of reports whose SHA-256 is in `proved` were checked when they were made, and are not checked again.
    """
    laid = PackFile(members, tell)
    _ensure("The pack", laid, laid.size, trusted=trusted, proved=proved)


def _ensure(what: str, file: object, size: int, *, trusted: str, proved: Collection[str] = ()) -> None:
    result = verify.Result(what, proved=frozenset(proved))
    try:
        verify.judge(file, size, result, frozenset({trusted}))  # type: ignore[arg-type]
        if strange := set(result.signers) - {trusted}:
            result.fault("the signature", f"is not by the centre's certificate but by {', '.join(map(repr, strange))}")
    except verify.Malformed as unreadable:
        result.faults.append(unreadable.fault)
    _ensure_sound(what, result)


def _ensure_sound(what: str, result: verify.Result) -> None:
    if not result.holds:
        first = result.faults[0] if result.faults else verify.Fault(what, result.newer)
        log.error("%s does not verify: %s faults; its page names the first", what, len(result.faults))
        raise Refused(
            f"{what} does not hold before our own verifier, so it is not offered. {first.where}: "
            f"{first.what}. Ask whoever runs this installation to look at its log (flask audit verify)."
        )


class PackFile:
    """A pack's bytes as a file to read and seek in, without a copy: what `bag.stream` gives, in memory of one block."""

    def __init__(self, members: Sequence[Member], tell: Tell) -> None:
        self._pieces = list(bag.pieces(members))
        sizes = [len(one) if isinstance(one, bytes) else one.size for one in self._pieces]
        self._starts = [0, *accumulate(sizes)]
        self.size, self._at, self._tell, self._told = self._starts[-1], 0, tell, 0
        self._open: tuple[int, Iterator[bytes], bytes] = (-1, iter(()), b"")
        """Where the blocks that are being read go on, those blocks, and what is left of the last one."""

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to an offset."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}[whence]
        self._at = base + offset
        return self._at

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes from here; all of them for a negative number.

        Raises `bag.NotAsRegistered` for a member that ends before its size.
        """
        end = self.size if size < 0 else min(self._at + size, self.size)
        read = bytearray()
        while self._at < end:
            place = bisect(self._starts, self._at) - 1
            given = self._piece(place, self._at - self._starts[place], min(end, self._starts[place + 1]) - self._at)
            read += given
            self._at += len(given)
        if self._at >= self._told + verify.BLOCK * 16:
            self._told = self._at
            self._tell(self._at, self.size)
        return bytes(read)

    def _piece(self, place: int, first: int, size: int) -> bytes:
        """Bytes of one record or member; at least one."""
        piece = self._pieces[place]
        if isinstance(piece, bytes):
            return piece[first : first + size]
        at, blocks, held = self._open
        if at != self._at:
            blocks, held = _since(piece, first), b""
        while not held:
            if not (held := next(blocks, b"")):
                raise bag.NotAsRegistered(piece.path)
        given = held[:size]
        self._open = (self._at + len(given), blocks, held[size:])
        return given


def _since(member: Member, first: int) -> Iterator[bytes]:
    """A member's blocks from an offset on."""
    if first == 0:
        return iter(member.blocks())
    if member.since:
        return iter(member.since(first))
    content = b"".join(member.blocks())
    return iter((content[first:],))
