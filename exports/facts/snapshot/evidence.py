"""Versions of evidence as a report shows them: each under its own ref, with its files and what a witness stated."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from exports.facts import frozen
from exports.facts.snapshot import pages, statements, transcripts
from exports.facts.snapshot.merged import Origins
from exports.facts.snapshot.statements import Proven
from portfolio.evidence.models import File, Version
from portfolio.evidence.waveform import thinned
from portfolio.foundation.clock import stamp


@dataclass(slots=True)
class Exhibits:
    """The versions that a report shows, each under its own ref."""

    versions: dict[int, Version] = field(default_factory=dict)

    def put(self, versions: Iterable[Version]) -> None:
        """Add versions that are claimed or were handed in."""
        for version in versions:
            self.versions.setdefault(version.id, version)

    def ref(self, version: Version) -> str:
        """`E3`, or `E3 v1` for an older version beside a newer one of the same item."""
        same = [other.number for other in self.versions.values() if other.evidence_id == version.evidence_id]
        item = version.evidence.ref
        return item if version.number == max(same, default=version.number) else f"{item} v{version.number}"

    def in_order(self) -> list[Version]:
        """By item, the newest version of each first."""
        return sorted(self.versions.values(), key=lambda one: (one.evidence.number, -one.number))


def exhibit(
    version: Version, exhibits: Exhibits, came: Origins, proven: Proven, *, drawn: pages.Claimed
) -> frozen.EvidenceFacts:
    """One version as a fact; of its documents, the pages that are `drawn`."""
    record, record_ref = came.get(version.evidence_id, (0, ""))
    signed = proven.signatures.get(version.id, [])
    return frozen.EvidenceFacts(
        id=version.evidence_id,
        ref=exhibits.ref(version),
        title=version.title,
        kind=version.evidence.kind,
        happened_on=version.happened_on.isoformat() if version.happened_on else "",
        received_at=stamp(version.saved_at),
        context=version.context,
        confirmer=version.confirmer,
        version=version.number,
        sha256=version.sha256,
        hash_format=version.hash_format,
        text=version.text,
        html=version.html,
        plain=version.plain,
        files=tuple(_file(file, version, drawn) for file in version.files),
        testimony=statements.testimony(version, signed),
        third_parties=version.third_parties,
        record=record,
        record_ref=record_ref,
        source=statements.source(version),
        minutes=statements.minutes(version),
        signatures=tuple(map(statements.signature, signed)),
        checks=tuple(map(statements.check, proven.checks.get(version.id, ()))),
    )


def _file(file: File, version: Version, drawn: pages.Claimed) -> frozen.FileFacts:
    picture = None
    if file.picture_sha256:
        picture = frozen.PictureFacts(
            file.picture_sha256, "image/jpeg", file.picture_width or 1, file.picture_height or 1, _alt(file, version)
        )
    return frozen.FileFacts(
        name=file.name,
        kind=file.kind,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        crc32=file.crc32,
        duration=file.duration,
        picture=picture,
        remarks=tuple(file.said(version.evidence.kind)),
        peaks=thinned(file.peaks),
        id=file.id,
        pages=pages.pages(file, version, drawn),
        transcript=transcripts.transcript(file),
    )


def _alt(file: File, version: Version) -> str:
    kind = "Frame of the recording" if file.kind == "video" else "Picture"
    return f"{kind} “{file.name}”, part of “{version.title}”"
