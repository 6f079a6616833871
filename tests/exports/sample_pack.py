"""A whole pack of two learners, with a true event log, for tests that need one."""

import io
import json
import wave
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any, BinaryIO
from zlib import crc32

from exports.bag import Member, stream
from exports.canonical import canonical as frozen
from exports.facts import Event, Facts, LogHead, Person
from exports.pack import Sources, members
from tests.exports.sample_facts import FACTS, ORIGINALS
from tests.exports.sample_signature import signed_report

GENESIS = "0" * 64


@dataclass(frozen=True)
class Kept:
    """What the file store says of a file."""

    size: int
    crc32: int
    sha256: str


def kept(content: bytes) -> Kept:
    return Kept(len(content), crc32(content), sha256(content).hexdigest())


def canonical(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def chained(deeds: Iterable[Mapping[str, Any]], centre: str = "51234") -> list[dict[str, Any]]:
    """Lines of a log as a centre writes them, from the first."""
    lines, prev = [], GENESIS
    for seq, deed in enumerate(deeds, start=1):
        line = {"centre": centre, "seq": seq, "actor_id": None, "prev": prev, **deed}
        prev = line["hash"] = sha256(canonical(line)).hexdigest()
        lines.append(line)
    return lines


LOG = chained(
    [{"at": "2026-01-05T08:00:00.000000Z", "actor": "Ruth Ellis", "role": "administrator", "deed": "open log",
      "subject": "centre 51234",
      "facts": {"note": "a \u2028 “quoted” ,\"hash\":\"x\" and a } brace", "ŵ": [1, 2.5, None]}}]
    + [{"at": event.at, "actor": event.actor, "role": event.role, "deed": event.deed, "subject": event.subject,
        "facts": json.loads(event.facts)} for event in FACTS.events]
)  # fmt: skip
EVENTS = tuple(
    Event(line["seq"], line["at"], line["actor"], line["role"], line["deed"], line["subject"],
          canonical(line["facts"]).decode(), line["hash"])
    for line in LOG[1:]
)  # fmt: skip


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
EVIDENCE = tuple(replace(item, files=(_file,)) if item is _recording else item for item in FACTS.evidence)
LEILA = replace(FACTS, evidence=EVIDENCE, events=EVENTS, head=LogHead(len(LOG), LOG[-1]["hash"]))
REPORT = signed_report(frozen(LEILA))
HOSTILE = "</script><script>document.title='taken'</script><img src=x onerror=alert(1)>"
TOM = replace(
    LEILA, learner=Person(8, f"Tŵm {HOSTILE}", "learner", ""), events=(), judgements=(), claims=(),
    units=(LEILA.units[1],),
    evidence=(replace(LEILA.evidence[0], title=HOSTILE, text=HOSTILE, html=HOSTILE, plain=HOSTILE, context=HOSTILE),),
)  # fmt: skip


def opened(digest: str) -> BinaryIO:
    return io.BytesIO({**ORIGINALS, kept(CALL).sha256: CALL, kept(REPORT).sha256: REPORT}[digest])


SOURCES = Sources(opened, lambda: iter(LOG), {7: kept(REPORT)}, {8: "its text could not be typeset"})


def pack(*learners: Facts, sign: Callable[[bytes], bytes] | None = None, **sources: Any) -> list[Member]:
    """The members of a pack; keyword arguments replace what the sources give."""
    return members(learners or (LEILA, TOM), replace(SOURCES, **sources), sign=sign)


def packed(*learners: Facts, sign: Callable[[bytes], bytes] | None = None, **sources: Any) -> bytes:
    """The bytes of a pack."""
    return b"".join(stream(pack(*learners, sign=sign, **sources)))
