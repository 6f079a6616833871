"""Items of evidence are added, saved as versions, taken out and put back; a witness's testimony is entered."""

from collections.abc import Sequence
from typing import Any

from portfolio.evidence import queries
from portfolio.evidence.completeness import ensure_complete
from portfolio.evidence.content import HASH_FORMAT, Content, version_hash
from portfolio.evidence.drafts import Draft, ensure_told, ensure_witnessed
from portfolio.evidence.models import Evidence, File, Version, VersionFile
from portfolio.evidence.operations.claiming import claim, move_claims
from portfolio.evidence.operations.log_lines import record
from portfolio.evidence.places.anchoring import Anchors
from portfolio.evidence.places.locators import Whole
from portfolio.evidence.printed import printed
from portfolio.evidence.procedures import queries as procedures
from portfolio.evidence.rules import MINUTED, Kind
from portfolio.foundation.clock import now, stamp, today
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Conflict, Incomplete, OutOfTurn, Refused
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.log.audit import hash_of
from portfolio.foundation.log.deeds import Deed
from portfolio.people.models import Person
from portfolio.units.models import EditionPoint

STAYS = "Your assessor signed this record, so it stays in your portfolio. You need not claim anything in it."
MERGED = "This record was merged into another one at this very moment. Sign in with the address that stayed."


def add(kind: Kind, content: Content, *, learner: Person, by: Actor) -> Evidence:
    """A new item in `learner`'s portfolio.

    Raises `Incomplete` as `ensure_told` and `ensure_complete` do, and for a procedure that the centre's register does
    not hold; `OutOfTurn` for a record that was merged into another one meanwhile. Refused for a file that is not there
    or not `by`'s own.
    """
    hold(learner)  # numbers are given to one item after the other
    if learner.removed_at:
        raise OutOfTurn(MERGED)
    ensure_told(content.draft, today=today(learner.centre.timezone))
    files = _files(content, by)
    ensure_complete(kind, content, files)
    _ensure_registered(kind, content.draft, learner)
    evidence = Evidence(
        centre_id=learner.centre_id,
        learner_id=learner.id,
        kind=kind,
        number=queries.next_number(learner.id),
        latest=1,
    )
    db.session.add(evidence)
    db.session.flush()
    version = _version(evidence, content, files, by=by)
    record(
        Deed.EVIDENCE_ADDED,
        evidence,
        by=by,
        kind=kind,
        **_said(version, files),
    )
    return evidence


def save(
    evidence: Evidence,
    content: Content,
    *,
    based_on: int,
    by: Actor,
    anchors: Anchors | None = None,
    claims_stay: bool = False,
) -> Version:
    """Save a changed item as its next version; claims move along with their places, or come loose.

    Where `claims_stay`, each stays in the version in which it was made.

    Saving what is there already changes nothing. Raises `Conflict` when a newer version than `based_on` was saved
    meanwhile, `Incomplete` as `add` does. Refused for a file that is not there or not `by`'s own.
    `anchors` is where the claimed passages were looked for in the text before (`anchored`).
    """
    hold(evidence)
    before = queries.latest(evidence)
    files = _files(content, by)
    ensure_complete(Kind(evidence.kind), content, files)
    if version_hash(content, files, before.hash_format) == before.sha256:
        return before
    ensure_told(content.draft, today=today(evidence.learner.centre.timezone))
    _ensure_registered(evidence.kind, content.draft, evidence.learner, before.source)
    if evidence.latest != based_on:
        raise Conflict(
            f"This item was saved in another window meanwhile (version {evidence.latest}). "
            "Your text is still in the form below; compare the two and save again."
        )
    evidence.latest += 1
    version = _version(evidence, content, files, by=by)
    moved = {} if claims_stay else move_claims(evidence, version, anchors)
    record(Deed.EVIDENCE_SAVED, evidence, by=by, **_said(version, files), **moved)
    return version


def remove(evidence: Evidence, *, by: Person) -> None:
    """Take an item out of the portfolio. Its versions stay, and so does all that was handed in.

    Refused for the record of a meeting that somebody signed.
    """
    if evidence.kind in MINUTED and queries.is_signed(evidence):
        raise Refused(STAYS)
    evidence.removed_at = now()
    record(Deed.EVIDENCE_REMOVED, evidence, by=by)


def restore(evidence: Evidence, *, by: Person) -> None:
    """Put a removed item back, with its claims."""
    evidence.removed_at = None
    record(Deed.EVIDENCE_RESTORED, evidence, by=by)


def testify(content: Content, points: Sequence[EditionPoint], *, learner: Person, by: Person) -> Evidence:
    """Add what a witness said to a learner's portfolio, offered for `points` as a whole.

    Raises `Incomplete` for no point and as `ensure_witnessed` does; else as `add` does.
    """
    statement = content.draft.statement
    if not points:
        raise Incomplete("Choose at least one marking point that the testimony supports.", ("points",))
    if statement:
        ensure_witnessed(content.draft, statement, learner.name)
    evidence = add(Kind.TESTIMONY, content, learner=learner, by=by)
    claim(queries.latest(evidence), Whole(), points, reason="", by=by)
    return evidence


def _version(evidence: Evidence, content: Content, files: list[File], *, by: Actor) -> Version:
    draft = content.draft
    statement = content.facts.get("statement")
    version = Version(
        evidence_id=evidence.id,
        evidence=evidence,
        number=evidence.latest,
        title=draft.title,
        happened_on=draft.happened_on,
        context=draft.context,
        confirmer=draft.confirmer,
        third_parties=draft.third_parties,
        text=draft.text,
        html=content.html,
        plain=content.plain,
        testimony=statement,
        source=content.facts.get("source"),
        minutes=content.facts.get("minutes"),
        sha256=version_hash(content, files),
        hash_format=HASH_FORMAT,
        saved_at=now(),
        saved_by_id=by.id,
    )
    db.session.add(version)
    db.session.flush()
    places = [VersionFile(version_id=version.id, file_id=file.id, position=at) for at, file in enumerate(files)]
    db.session.add_all(places)
    db.session.flush()
    db.session.expire(version, ["files"])
    return version


def _files(content: Content, by: Actor) -> list[File]:
    files = queries.files(content.draft.files, owner=by)
    if len(files) != len(content.draft.files):
        raise Refused("One of the files is not there any more. Take it out and send it again.")
    return files


def _ensure_registered(kind: str, draft: Draft, learner: Person, before: dict[str, Any] | None = None) -> None:
    """Raise `Incomplete` for a procedure that the centre's register does not hold and to which the version before did
    not refer.
    """
    source = draft.source
    if kind != Kind.PROCEDURE or source is None:
        return
    kept = before is not None and (before["title"], before["version"]) == (source.title, source.version)
    if not kept and procedures.same(learner.centre_id, source.title, source.version) is None:
        raise Incomplete(
            f"{source.title}, version {source.version}, is not in the register any more. Choose another one.",
            ("procedure",),
        )


def _said(version: Version, files: Sequence[File]) -> dict[str, object]:
    """What the line of the log says of a version: hashes of what is typed, shown and sent."""
    return {
        "version": version.number, "sha256": version.sha256, "saved_at": stamp(version.saved_at),
        "html_sha256": hash_of(version.html), "plain_sha256": hash_of(version.plain),
        "files": [file.sha256 for file in files],
        "originals": [_original(file, version.evidence.kind) for file in files],
    }  # fmt: skip


def _original(file: File, kind: str) -> list[object]:
    return [file.id, file.size, file.crc32, hash_of(printed(file, kind))]
