"""The audit pack: the shares of many learners and the centre's log → the members of one bag."""

import base64
import hashlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from string import ascii_lowercase
from typing import Any, BinaryIO, Protocol
from zoneinfo import ZoneInfo

from criteria import case
from criteria import unit as criteria
from exports import verify
from exports.document.language import parsed
from exports.facts import records
from exports.facts.frozen import LogHeadFacts
from exports.facts.names import safe
from exports.facts.records import as_json
from exports.pack import start_here
from exports.pack.bag import BLOCK, Member, bag, walked, written
from exports.pack.shares import EDITION, Share
from portfolio.foundation.clock import stamp
from portfolio.foundation.words.text import plural

VERIFIER = Path(verify.__file__)
"""The checker that goes along: one file that needs no other of ours."""
FORMAT = 3
"""Of a pack, in data/format.json: 2 had no such file, 1 told every line of the centre's log, whomever it was about."""
LOG_FORMAT = 2
"""Of data/log, in its head; 1 as above."""


class Stamp(Protocol):
    """A time stamp over a line of the log."""

    @property
    def seq(self) -> int:
        """Number of the line."""

    @property
    def hash(self) -> str:
        """Hash of the line, for which the token is."""

    @property
    def at(self) -> datetime:
        """When the authority says that it was there."""

    @property
    def token(self) -> bytes:
        """TimeStampToken (RFC 3161) in DER."""


@dataclass(frozen=True, slots=True)
class Sources:
    """Where a pack's bytes come from; only the log is walked before the stream begins, to know its hash."""

    open: Callable[[str], BinaryIO]
    """SHA-256 → the original or the report, opened for reading."""
    log: Callable[[int, Container[int]], Iterable[bytes]]
    """The centre's log from the first line up to a number, as canonical JSON, each time it is called: the lines of
    these numbers whole, and of others only their hashes."""
    stamps: Sequence[Stamp] = ()
    """Time stamps over the log's head, the oldest first."""


def members(
    learners: Sequence[Share], sources: Sources, *, sign: Callable[[bytes], bytes] | None = None
) -> list[Member]:
    """All that `bag.stream` needs: the same shares give the same bytes (a signature apart).

    `sign` gives a detached CMS signature (DER, RFC 5652) of the bytes it is given.
    Raises `ValueError` without learners, with one learner twice, or with learners of several centres.
    """
    shares = sorted(learners, key=lambda each: each.learner)
    if len({each.centre.id for each in shares}) != 1 or len({each.learner for each in shares}) != len(shares):
        raise ValueError("a pack holds the work of one centre, each learner once, and at least one learner")
    head = max((each.head for each in shares), key=lambda head: head.seq)
    stamps = [one for one in sources.stamps if one.seq <= head.seq]
    name = identity(shares, head, stamps)
    payload = [
        written("data/format.json", as_json({"pack": FORMAT})),
        *_log(shares, head, sources),
        _stamps(stamps),
        *_records(shares),
        written("data/framework/case.json", as_json(case.package(framework(shares)))),
        written("data/verify.py", VERIFIER.read_bytes()),
        *_pages(shares, name),
        *(member for each in shares for member in _work(each, sources)),
    ]
    return bag(payload, name, info=_about(shares, name), sign=sign)


def identity(learners: Sequence[Share], head: LogHeadFacts, stamps: Sequence[Stamp] = ()) -> str:
    """The pack's name and top folder: centre, day, and the beginning of the hash of everything it was made from."""
    made_of = [f"{learner.facts_sha256} {learner.report_sha256}" for learner in learners]
    log = [f"{head.seq} {head.hash}", *(hashlib.sha256(one.token).hexdigest() for one in stamps)]
    digest = hashlib.sha256("\n".join([*made_of, *log]).encode()).hexdigest()
    day = _day(learners)
    return f"audit-pack-{safe(learners[0].centre.number).replace(' ', '-')}-{day}-{digest[:12]}"


def framework(learners: Sequence[Share]) -> case.Framework:
    """What the learners of a pack are marked against: every edition of a unit that one of them works on."""
    centre = learners[0].centre
    distinct = {tuple(unit[name] for name in EDITION): unit for each in learners for unit in each.units}
    return case.Framework(
        title=_aims(learners) or f"Units of {centre.name}",
        creator=f"{centre.name} ({centre.number})",
        language=centre.language.partition("-")[0],
        at=_as_at(learners),
        editions=case.distinct([_edition(unit) for unit in distinct.values()]),
    )


def _edition(unit: Mapping[str, Any]) -> case.UnitEdition:
    points = tuple(
        criteria.Point(
            ref=point["ref"],
            text=point["text"],
            parts=tuple(criteria.Part(ascii_lowercase[at % 26], text) for at, text in enumerate(point["parts"])),
            methods=tuple(criteria.Method(method) for method in point["methods"]),
        )
        for point in unit["points"]
    )
    marked = criteria.Unit(title=unit["title"], code=unit["code"], level=unit["level"], points=points)
    return case.UnitEdition(marked, unit["edition"], unit["edition_sha256"])


def _aims(learners: Sequence[Share]) -> str:
    """What the learners of a pack work towards, each once."""
    return "; ".join(dict.fromkeys(title for each in learners for title in each.aims))


def _as_at(learners: Sequence[Share]) -> str:
    return max(each.as_at for each in learners)


def _day(learners: Sequence[Share]) -> str:
    """The centre's own day of what the pack says: `2026-03-04`."""
    zone = ZoneInfo(learners[0].centre.timezone)
    return parsed(_as_at(learners)).astimezone(zone).date().isoformat()


def _about(learners: Sequence[Share], name: str) -> dict[str, str]:
    """bag-info.txt (RFC 8493 §2.2.2)."""
    first = learners[0]
    return {
        "Source-Organization": f"{first.centre.name} ({first.centre.number})",
        "Bagging-Date": _day(learners),
        "External-Identifier": name,
        "External-Description": ": ".join(
            filter(None, (f"Audit pack of {plural(len(learners), 'learner')}", _aims(learners)))
        ),
        "Bag-Software-Agent": first.software,
    }


def _log(shares: Sequence[Share], head: LogHeadFacts, sources: Sources) -> Iterator[Member]:
    """The centre's chain up to the head, one canonical line an event, and the head beside it.

    What its learners' facts quote is told; lines about others leave as their hashes.
    """
    told = frozenset(seq for share in shares for seq in share.lines)

    def blocks() -> Iterator[bytes]:
        held = bytearray()
        for line in sources.log(head.seq, told):
            held += line + b"\n"
            if len(held) > BLOCK:
                yield bytes(held)
                held.clear()
        yield bytes(held)

    yield walked("data/log/events.jsonl", blocks)
    yield written("data/log/head.json", as_json(_headed(shares[0].centre.log or shares[0].centre.number, head)))


def _headed(centre: str, head: LogHeadFacts) -> dict[str, Any]:
    return {"format": LOG_FORMAT, "centre": centre, "seq": head.seq, "hash": head.hash}


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


def _records(learners: Sequence[Share]) -> Iterator[Member]:
    for name in learners[0].tables:
        rows, cells = records.joined([each.tables[name] for each in learners])
        yield written(f"data/records/{name}.json", rows)
        yield written(f"data/records/{name}.csv", cells)


def _pages(learners: Sequence[Share], name: str) -> Iterator[Member]:
    first, shown = learners[0], [each.shown for each in learners]
    cover = start_here.Cover(name, first.centre, _as_at(learners), first.software)
    yield written("data/START-HERE.html", start_here.page(shown, cover))
    yield written("data/missing.html", start_here.missing(shown, cover))


def _work(learner: Share, sources: Sources) -> Iterator[Member]:
    """One learner's texts, report and originals."""
    yield from (written(path, text.encode()) for path, text in learner.texts.items())
    for file in learner.stored:
        yield Member(file.path, file.size, file.crc32, file.sha256, reading(sources.open, file.sha256))


def reading(opened: Callable[[str], BinaryIO], sha256: str) -> Callable[[], Iterator[bytes]]:
    """The blocks of a stored file, which is opened only when they are wanted, and closed after them."""

    def blocks() -> Iterator[bytes]:
        with opened(sha256) as file:
            while block := file.read(BLOCK):
                yield block

    return blocks
