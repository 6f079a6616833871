"""A whole pack of two learners, with a true event log, for tests that need one."""

import io
import wave
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, BinaryIO
from zlib import crc32

from exports.facts.canonical import canonical as frozen
from exports.facts.frozen import Facts, PersonFacts, SourceFacts, TestimonyFacts
from exports.pack.bag import Member, stream
from exports.pack.members import Sources, members
from exports.pack.shares import Share, share_of
from tests.exports.samples.facts import FACTS, ORIGINALS, PICTURES
from tests.exports.samples.log import canonical, true
from tests.exports.samples.signature import signed_report


@dataclass(frozen=True)
class Kept:
    """What the file store says of a file."""

    size: int
    crc32: int
    sha256: str


def kept(content: bytes) -> Kept:
    return Kept(len(content), crc32(content), sha256(content).hexdigest())


def _call() -> bytes:
    """Five minutes of quiet at a rate that browsers play."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(3000)
        sound.writeframes(b"\x80" * 3000 * 312)
    return out.getvalue()


CALL = _call()
_recording = FACTS.evidence[1]
_file = replace(_recording.files[0], size=len(CALL), sha256=kept(CALL).sha256, crc32=crc32(CALL))


_TOLD = replace(
    FACTS, evidence=tuple(replace(one, files=(_file,)) if one is _recording else one for one in FACTS.evidence)
)
HOSTILE = "</script><script>document.title='taken'</script><img src=x onerror=alert(1)>"
_HOSTILE = TestimonyFacts(
    HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, expert=False, knows_standards=False, entered_by="Ben Adeyemi",
    tie="other", interest=HOSTILE,
)  # fmt: skip
_TOM = replace(
    _TOLD, learner=PersonFacts(8, f"Tŵm {HOSTILE}", "learner", ""), judgements=(), claims=(), programmes=(), merged=(),
    units=(replace(_TOLD.units[1], points=tuple(replace(one, verdict="") for one in _TOLD.units[1].points)),),
    evidence=(
        replace(_TOLD.evidence[0], title=HOSTILE, text=HOSTILE, html=HOSTILE, plain=HOSTILE, context=HOSTILE,
                source=SourceFacts(HOSTILE, HOSTILE, HOSTILE, HOSTILE), testimony=_HOSTILE, hash_format=2),
    ),
)  # fmt: skip
_QUOTED = {"note": 'a \u2028 “quoted” ,"hash":"x" and a } brace', "ŵ": [1, 2.5, None]}
LOG, (LEILA, TOM) = true(_TOLD, _TOM, **_QUOTED)
REPORT = signed_report(frozen(LEILA))


def opened(digest: str) -> BinaryIO:
    return io.BytesIO({**ORIGINALS, **PICTURES, kept(CALL).sha256: CALL, kept(REPORT).sha256: REPORT}[digest])


REPORTS = {7: kept(REPORT)}
FAILURES = {8: "its text could not be typeset"}


def logged(lines: Iterable[Mapping[str, Any]]) -> Callable[[int, Container[int]], Iterable[bytes]]:
    """A log of these lines, as a pack is given it."""

    def told(line: Mapping[str, Any], whole: Container[int]) -> Mapping[str, Any]:
        return line if line["seq"] in whole else {name: line[name] for name in ("hash", "prev", "seq")}

    return lambda last, whole: (canonical(told(line, whole)) for line in lines if line["seq"] <= last)


SOURCES = Sources(opened, logged(LOG))


def shared(facts: Facts, reports: Mapping[int, Kept] = REPORTS) -> Share:
    """A learner's share of a pack."""
    why = FAILURES.get(facts.learner.id, "it was not made")
    return share_of(facts, reports.get(facts.learner.id), look, why)


def look(digest: str) -> Kept | None:
    """What the file store says of a picture."""
    return kept(PICTURES[digest]) if digest in PICTURES else None


def pack(
    *learners: Facts,
    sign: Callable[[bytes], bytes] | None = None,
    reports: Mapping[int, Kept] = REPORTS,
    **sources: Any,
) -> list[Member]:
    """The members of a pack; keyword arguments replace what the sources give."""
    shares = [shared(each, reports) for each in learners or (LEILA, TOM)]
    return members(shares, replace(SOURCES, **sources), sign=sign)


def packed(*learners: Facts, sign: Callable[[bytes], bytes] | None = None, **sources: Any) -> bytes:
    """The bytes of a pack."""
    return b"".join(stream(pack(*learners, sign=sign, **sources)))
