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
from exports.facts import Event, Evidence, Facts, Judgement, LogHead, Person, Unit
from exports.pack import Sources, members
from exports.shares import Share, share_of
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


def _verdict(judgement: Judgement) -> dict[str, Any]:
    """The line that the house writes when a verdict is given."""
    code = {"unit": judgement.unit, "point": judgement.point, "round": judgement.round, "verdict": judgement.verdict}
    said = {"missing": ["a"] * len(judgement.missing), "vacsr": list(judgement.vacsr), "state": "handed in"}
    feedback = {"feedback_sha256": sha256(judgement.feedback.encode()).hexdigest(), "relied": [], "number": 1}
    who = {"actor": judgement.assessor, "role": "assessor", "deed": "judged", "subject": "assessment 12"}
    return {"at": judgement.at, **who, "facts": code | said | feedback}


_SAID = [
    {"at": event.at, "actor": event.actor, "role": event.role, "deed": event.deed, "subject": event.subject,
     "facts": json.loads(event.facts)} for event in FACTS.events if event.deed != "judge"
]  # fmt: skip
_OPENED = {
    "at": "2026-01-05T08:00:00.000000Z", "actor": "Ruth Ellis", "role": "administrator", "deed": "open log",
    "subject": "centre 51234",
    "facts": {"note": "a \u2028 “quoted” ,\"hash\":\"x\" and a } brace", "ŵ": [1, 2.5, None]},
}  # fmt: skip
LOG = chained([_OPENED, *sorted([*_SAID, *map(_verdict, FACTS.judgements)], key=lambda line: str(line["at"]))])
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


def hashed(item: Evidence) -> Evidence:
    """The item with the hash that the house gives such a version."""
    names = ("title", "happened_on", "context", "confirmer", "third_parties", "text")
    held: dict[str, Any] = {name: getattr(item, name) for name in names}
    stated = ("witness", "job", "employer", "relationship", "contact", "expert", "knows_standards")
    held["statement"] = {name: getattr(item.testimony, name) for name in stated} if item.testimony else None
    held["files"] = [{"name": file.name, "sha256": file.sha256} for file in item.files]
    return replace(item, sha256=sha256(canonical(held)).hexdigest())


EVIDENCE = tuple(hashed(replace(item, files=(_file,)) if item is _recording else item) for item in FACTS.evidence)
_SHA = {(item.ref, item.version): item.sha256 for item in EVIDENCE}


def _frozen(unit: Unit) -> Unit:
    rounds = [
        replace(one, versions=tuple((ref, number, _SHA.get((ref, number), own)) for ref, number, own in one.versions))
        for one in unit.rounds
    ]
    return replace(unit, rounds=tuple(rounds))


UNITS = tuple(map(_frozen, FACTS.units))
LEILA = replace(FACTS, evidence=EVIDENCE, units=UNITS, events=EVENTS, head=LogHead(len(LOG), LOG[-1]["hash"]))
REPORT = signed_report(frozen(LEILA))
HOSTILE = "</script><script>document.title='taken'</script><img src=x onerror=alert(1)>"
TOM = replace(
    LEILA, learner=Person(8, f"Tŵm {HOSTILE}", "learner", ""), events=(), judgements=(), claims=(),
    units=(LEILA.units[1],),
    evidence=(
        hashed(replace(LEILA.evidence[0], title=HOSTILE, text=HOSTILE, html=HOSTILE, plain=HOSTILE, context=HOSTILE)),
    ),
)  # fmt: skip


def opened(digest: str) -> BinaryIO:
    return io.BytesIO({**ORIGINALS, kept(CALL).sha256: CALL, kept(REPORT).sha256: REPORT}[digest])


REPORTS = {7: kept(REPORT)}
FAILURES = {8: "its text could not be typeset"}


def logged(lines: Iterable[Mapping[str, Any]]) -> Callable[[int], Iterable[bytes]]:
    """A log of these lines, as a pack is given it."""
    return lambda last: (canonical(line) for line in lines if line["seq"] <= last)


SOURCES = Sources(opened, logged(LOG))


def shared(facts: Facts, reports: Mapping[int, Kept] = REPORTS) -> Share:
    """A learner's share of a pack."""
    return share_of(facts, reports.get(facts.learner.id), FAILURES.get(facts.learner.id, "it was not made"))


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
