"""The audit pack: facts of many learners, their reports and originals, the centre's log → the members of one bag."""

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from string import ascii_lowercase
from typing import Any, BinaryIO, Protocol

from criteria import case
from criteria import unit as criteria
from exports import annotations, records, start_here
from exports.bag import BLOCK, Member, bag, walked, written
from exports.canonical import canonical
from exports.facts import Facts, File, LogHead, Unit
from exports.names import safe, shelf
from exports.records import Learner, as_csv, as_json
from portfolio.foundation.clock import stamp


class Kept(Protocol):
    """What the file store knows of a file it keeps."""

    @property
    def size(self) -> int:
        """Bytes."""

    @property
    def crc32(self) -> int:
        """As ZIP wants it (ISO 3309)."""

    @property
    def sha256(self) -> str:
        """The file's address in the store."""


class Stamp(Protocol):
    """A time stamp over a line of the log."""

    @property
    def seq(self) -> int:
        """The line."""

    @property
    def hash(self) -> str:
        """Its hash, for which the token is."""

    @property
    def at(self) -> datetime:
        """When."""

    @property
    def token(self) -> bytes:
        """TimeStampToken (RFC 3161) in DER."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a pack's bytes come from; only the log is walked before the stream begins, to know its hash."""

    open: Callable[[str], BinaryIO]
    """SHA-256 → the original or the report, opened for reading."""
    log: Callable[[], Iterable[Mapping[str, Any]]]
    """Every line of the centre's log in order, from the first one, each time it is called."""
    reports: Mapping[int, Kept]
    """Learner's id → the finished report."""
    failures: Mapping[int, str] = field(default_factory=dict)
    """Learner's id → why there is no report."""
    stamps: Sequence[Stamp] = ()
    """Time stamps over the log's head, the oldest first."""


def members(
    learners: Sequence[Facts], sources: Sources, *, sign: Callable[[bytes], bytes] | None = None
) -> list[Member]:
    """All that `bag.stream` needs: the same facts and reports give the same bytes (a signature apart).

    `sign` gives a detached CMS signature (DER, RFC 5652) of the bytes it is given.
    Raises ValueError without learners, with one learner twice, or with learners of several centres.
    """
    facts = sorted(learners, key=lambda each: each.learner.id)
    if len({each.centre.id for each in facts}) != 1 or len({each.learner.id for each in facts}) != len(facts):
        raise ValueError("a pack holds the work of one centre, each learner once, and at least one learner")
    head = max((each.head for each in facts), key=lambda head: head.seq)
    shown = [_learner(each, sources) for each in facts]
    stamps = [one for one in sources.stamps if one.seq <= head.seq]
    name = identity(shown, head, stamps)
    payload = [
        *_log(facts[0].centre.number, head, sources),
        _stamps(stamps),
        *_records(shown),
        written("data/framework/case.json", as_json(case.package(framework(facts)))),
        *_pages(shown, name, sources.failures),
        *(member for learner in shown for member in _work(learner, sources)),
    ]
    return bag(payload, name, info=_about(facts, name), sign=sign)


def identity(learners: Sequence[Learner], head: LogHead, stamps: Sequence[Stamp] = ()) -> str:
    """The pack's name and top folder: centre, day, and the beginning of the hash of everything it was made from."""
    made_of = [f"{learner.facts_sha256} {learner.report_sha256}" for learner in learners]
    log = [f"{head.seq} {head.hash}", *(hashlib.sha256(one.token).hexdigest() for one in stamps)]
    digest = hashlib.sha256("\n".join([*made_of, *log]).encode()).hexdigest()
    first = learners[0].facts
    day = max(learner.facts.as_at for learner in learners)[:10]
    return f"audit-pack-{safe(first.centre.number).replace(' ', '-')}-{day}-{digest[:12]}"


def framework(learners: Sequence[Facts]) -> case.Framework:
    """What the learners of a pack are marked against: every edition of a unit that one of them works on."""
    centre = learners[0].centre
    return case.Framework(
        title=learners[0].qualification or f"Units of {centre.name}",
        creator=f"{centre.name} ({centre.number})",
        language=centre.language.partition("-")[0],
        at=max(each.as_at for each in learners),
        editions=case.distinct([_edition(unit) for each in learners for unit in each.units]),
    )


def _edition(unit: Unit) -> case.Edition:
    points = tuple(
        criteria.Point(
            ref=point.ref,
            text=point.text,
            parts=tuple(criteria.Part(ascii_lowercase[at % 26], text) for at, text in enumerate(point.parts)),
            methods=tuple(criteria.Method(method) for method in point.methods),
        )
        for point in unit.points
    )
    marked = criteria.Unit(title=unit.title, code=unit.code, level=unit.level, points=points)
    return case.Edition(marked, unit.edition, unit.edition_sha256)


def _learner(facts: Facts, sources: Sources) -> Learner:
    report = sources.reports.get(facts.learner.id)
    digest = hashlib.sha256(canonical(facts)).hexdigest()
    return Learner(facts, shelf(facts), report.sha256 if report else "", digest)


def _about(facts: Sequence[Facts], name: str) -> dict[str, str]:
    """bag-info.txt (RFC 8493 §2.2.2)."""
    first = facts[0]
    return {
        "Source-Organization": f"{first.centre.name} ({first.centre.number})",
        "Bagging-Date": max(each.as_at for each in facts)[:10],
        "External-Identifier": name,
        "External-Description": f"Audit pack of {len(facts)} learners: {first.qualification}",
        "Bag-Software-Agent": first.software,
    }


def _log(centre: str, head: LogHead, sources: Sources) -> Iterator[Member]:
    """The centre's whole chain up to the head, one canonical line an event, and the head beside it."""

    def blocks() -> Iterator[bytes]:
        held = bytearray()
        for line in sources.log():
            if line["seq"] > head.seq:
                break
            held += canonical(line) + b"\n"
            if len(held) > BLOCK:
                yield bytes(held)
                held.clear()
        yield bytes(held)

    yield walked("data/log/events.jsonl", blocks)
    yield written("data/log/head.json", as_json({"centre": centre, "seq": head.seq, "hash": head.hash}))


def _stamps(stamps: Sequence[Stamp]) -> Member:
    """What an authority outside the house says of the log: that this line was its last, then."""
    rows = [
        {
            "seq": one.seq,
            "hash": one.hash,
            "at": stamp(one.at),
            "token": base64.b64encode(one.token).decode(),
        }
        for one in stamps
    ]
    return written("data/log/countersignatures.json", as_json(rows))


def _records(learners: Sequence[Learner]) -> Iterator[Member]:
    for name, rows in records.tables(learners).items():
        yield written(f"data/records/{name}.json", as_json(rows))
        yield written(f"data/records/{name}.csv", as_csv(rows))
    for learner in learners:
        page = annotations.page(learner.facts, learner.shelf)
        yield written(f"data/annotations/{learner.folder}.jsonld", as_json(page))
        yield written(f"data/records/facts/{learner.folder}.json", canonical(learner.facts))


def _pages(learners: Sequence[Learner], name: str, failures: Mapping[int, str]) -> Iterator[Member]:
    absent = {learner.folder: start_here.absent(learner, failures) for learner in learners}
    yield written("data/START-HERE.html", start_here.page(learners, name, absent=absent))
    yield written("data/missing.html", start_here.missing(learners, name, absent=absent))


def _work(learner: Learner, sources: Sources) -> Iterator[Member]:
    """One learner's report, texts and originals; the same original under the same name stands there once."""
    facts, places = learner.facts, learner.shelf
    stored = dict[str, File | Kept]()
    if report := sources.reports.get(facts.learner.id):
        stored[places.report] = report
    for item in facts.evidence:
        for path, text in zip(places.texts.get(item.ref, ()), (item.text, item.plain), strict=False):
            yield written(path, text.encode())
        stored |= {places.files[item.ref, file.sha256]: file for file in item.files}
    for path, kept in stored.items():
        yield Member(path, kept.size, kept.crc32, kept.sha256, reading(sources.open, kept.sha256))


def reading(opened: Callable[[str], BinaryIO], sha256: str) -> Callable[[], Iterator[bytes]]:
    """The blocks of a stored file, which is opened only when they are wanted, and closed after them."""

    def blocks() -> Iterator[bytes]:
        with opened(sha256) as file:
            while block := file.read(BLOCK):
                yield block

    return blocks
