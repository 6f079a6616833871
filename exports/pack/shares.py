"""One learner's share of a pack: all that a pack holds of them, as plain values that can be kept and read again."""

import hashlib
import hmac
import json
import secrets
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, Protocol

from exports.facts import annotations, records
from exports.facts.absence import Absence
from exports.facts.canonical import canonical
from exports.facts.frozen import CentreFacts, Facts, FileFacts, LogHeadFacts, ShownPageFacts, UnitFacts
from exports.facts.names import Shelf, shelf
from exports.facts.records import LearnerRecords, as_json
from exports.pack import start_here
from portfolio.evidence.transcripts.rules import Cue
from portfolio.evidence.transcripts.webvtt_text import write
from portfolio.foundation import sealing

KEY = "key of kept shares"
"""Name of the sealed value."""
EDITION = ("code", "title", "level", "edition", "edition_sha256")
"""What a share says of an edition of a unit, besides its points."""


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


@dataclass(frozen=True, slots=True)
class StoredMember:
    """A file of the store, and where it stands in the pack."""

    path: str
    size: int
    crc32: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Share:
    """A pure function of one learner's facts and of their report, or of the reason why there is none.

    Whatever a pack says of several learners together is put together from what their shares say of each.
    """

    learner: int
    """Their id, by which a pack is ordered."""
    centre: CentreFacts
    aims: Sequence[str]
    """Titles of the qualifications that they work towards, or what their centre says of all its learners."""
    as_at: str
    software: str
    head: LogHeadFacts
    facts_sha256: str
    report_sha256: str
    """Empty where there is no report."""
    units: Sequence[Mapping[str, Any]]
    """What they are marked against: code, title, level, edition and its hash, points; plain values of JSON."""
    tables: Mapping[str, records.WrittenRows]
    shown: start_here.Shown
    texts: Mapping[str, str]
    """Path → what stands there, in UTF-8."""
    lines: Sequence[int]
    """Numbers of the lines of the log that their facts quote."""
    stored: Sequence[StoredMember]
    """The report, the originals, the pictures of claimed pages and of photos that browsers do not show; the same
    original under the same name stands once."""


Look = Callable[[str], Kept | None]
"""SHA-256 → what the file store knows of that file; None where it is not there."""


def share_of(facts: Facts, report: Kept | None, look: Look, why: str = "it was not made") -> Share:
    """The share of a learner; `why` there is no report. A picture for which one can `look` in vain is left out."""
    frozen = canonical(facts)
    digest = hashlib.sha256(frozen).hexdigest()
    places = shelf(facts)
    pictures = dict(_pictures(facts, places, look))
    learner = LearnerRecords(facts, places, report.sha256 if report else "", digest)
    return Share(
        learner=facts.learner.id,
        centre=facts.centre,
        aims=facts.aims,
        as_at=facts.as_at,
        software=facts.software,
        head=facts.head,
        facts_sha256=digest,
        report_sha256=learner.report_sha256,
        units=[_marked_against(unit) for unit in facts.units],
        tables=records.parts(learner),
        shown=start_here.shown(learner, why),
        texts=dict(_texts(learner, frozen.decode())),
        lines=[line.seq for line in (*facts.events, *facts.other_lines)],
        stored=list(_stored(facts, places, report, pictures)),
    )


def packed(share: Share) -> bytes:
    """A share as bytes to keep: JSON (RFC 8259), deflated (RFC 1950)."""
    return zlib.compress(json.dumps(asdict(share), ensure_ascii=False, separators=(",", ":")).encode(), 1)


def seal(content: bytes, learner: int, *of: str) -> str:
    """A code (HMAC-SHA-256, RFC 2104) over a kept share and what it is `of`, under a key that the secret seals.

    Whoever owns the database and not the secret can put nothing in its place. Raises what `sealing.kept` raises.
    """
    key = sealing.kept(KEY, partial(secrets.token_hex, 32)).encode()
    return hmac.new(key, "\n".join([str(learner), *of, ""]).encode() + content, hashlib.sha256).hexdigest()


def unpacked(content: bytes) -> Share:
    """The very share that `packed` was given. Its bytes must be those that were kept: `seal` tells."""
    told: dict[str, Any] = json.loads(zlib.decompress(content))
    shown = told.pop("shown")
    shown["absent"] = [Absence(**one) for one in shown["absent"]]
    return Share(
        centre=CentreFacts(**told.pop("centre")),
        head=LogHeadFacts(**told.pop("head")),
        tables={name: records.WrittenRows(**part) for name, part in told.pop("tables").items()},
        shown=start_here.Shown(**shown),
        stored=[StoredMember(**one) for one in told.pop("stored")],
        **told,
    )


def _texts(learner: LearnerRecords, frozen: str) -> Iterator[tuple[str, str]]:
    """The small files that are one learner's own: their claims, their facts, what they wrote."""
    page = annotations.page(learner.facts, learner.shelf)
    yield f"data/annotations/{learner.folder}.jsonld", as_json(page).decode()
    yield f"data/records/facts/{learner.folder}.json", frozen
    for item in learner.facts.evidence:
        yield from zip(learner.shelf.texts.get(item.ref, ()), (item.text, item.plain), strict=False)
        for file in (one for one in item.files if one.transcript):
            yield learner.shelf.captions[item.ref, file.id], write(_cues(file))


def _cues(file: FileFacts) -> list[Cue]:
    return [Cue(one.begins, one.ends, one.words) for one in file.transcript.cues] if file.transcript else []


def _pictures(facts: Facts, places: Shelf, look: Look) -> Iterator[tuple[str, Kept]]:
    """Path → picture of each photo that browsers do not show; what is not in the store loses its place."""
    for item in facts.evidence:
        for file in item.files:
            if path := places.pictures.get((item.ref, file.id)):
                if file.picture and (kept := look(file.picture.sha256)):
                    yield path, kept
                else:
                    del places.pictures[item.ref, file.id]


def _stored(facts: Facts, places: Shelf, report: Kept | None, pictures: Mapping[str, Kept]) -> Iterator[StoredMember]:
    found: dict[str, FileFacts | ShownPageFacts | Kept] = {**pictures}
    if report:
        found[places.report] = report
    for item in facts.evidence:
        found |= {places.files[item.ref, file.sha256]: file for file in item.files}
        found |= {places.pages[item.ref, file.id, page.number]: page for file in item.files for page in file.pages}
    for path, kept in found.items():
        yield StoredMember(path, kept.size, kept.crc32, kept.sha256)


def _marked_against(unit: UnitFacts) -> dict[str, Any]:
    points = [
        {"ref": point.ref, "text": point.text, "parts": list(point.parts), "methods": list(point.methods)}
        for point in unit.points
    ]
    return {name: getattr(unit, name) for name in EDITION} | {"points": points}
