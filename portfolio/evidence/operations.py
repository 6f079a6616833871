"""Writes about evidence: items are added and saved as versions, places in them are claimed for marking points."""

import hashlib
from collections.abc import Sequence

from portfolio.evidence import locators, queries
from portfolio.evidence.content import Content, version_hash
from portfolio.evidence.locators import Locator, Passage, Span, Whole
from portfolio.evidence.models import Claim, Evidence, File, Version, VersionFile
from portfolio.evidence.rules import Kind
from portfolio.foundation import audit
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Conflict, Incomplete, Refused
from portfolio.people.models import Person
from portfolio.units.models import Point


def add(kind: Kind, content: Content, *, learner: Person, by: Person) -> Evidence:
    """A new item in `learner`'s portfolio. Raises `Incomplete` when it holds neither text nor file."""
    hold(learner)  # numbers are given to one item after the other
    files = _files(content, by)
    _ensure_holds(kind, content, files)
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
    _record(
        "evidence added",
        evidence,
        by=by,
        kind=kind,
        version=1,
        sha256=version.sha256,
        files=_hashes(files),
    )
    return evidence


def save(evidence: Evidence, content: Content, *, based_on: int, by: Person) -> Version:
    """Save a changed item as its next version; claims move along with their places, or come loose.

    Saving what is there already changes nothing. `Conflict` when a newer version than `based_on` was saved meanwhile.
    """
    hold(evidence)
    before = queries.latest(evidence)
    files = _files(content, by)
    _ensure_holds(Kind(evidence.kind), content, files)
    if version_hash(content, files) == before.sha256:
        return before
    if evidence.latest != based_on:
        raise Conflict(
            f"This item was saved in another window meanwhile (version {evidence.latest}). "
            "Your text is still in the form below; compare the two and save again."
        )
    evidence.latest += 1
    version = _version(evidence, content, files, by=by)
    moved, loose = _move_claims(evidence, version)
    _record(
        "evidence saved", evidence, by=by, version=version.number, sha256=version.sha256, files=_hashes(files),
        claims_moved=moved, claims_loose=loose,
    )  # fmt: skip
    return version


def remove(evidence: Evidence, *, by: Person) -> None:
    """Take an item out of the portfolio. Its versions stay, and so does all that was handed in."""
    evidence.removed_at = now()
    _record("evidence removed", evidence, by=by)


def restore(evidence: Evidence, *, by: Person) -> None:
    """Put a removed item back, with its claims."""
    evidence.removed_at = None
    _record("evidence restored", evidence, by=by)


def claim(version: Version, place: Locator, points: Sequence[Point], *, reason: str, by: Person) -> list[Claim]:
    """Offer one place for several marking points.

    A point that the very place is claimed for already keeps its claim, with the new reason where one is given.
    """
    evidence = version.evidence
    hold(evidence)
    if not points:
        raise Incomplete("Choose at least one marking point that this place proves.", ("points",))
    if version.number != evidence.latest:
        raise Conflict("This item was changed since you opened it. Open it again and choose the place once more.")
    _ensure_within(place, version)
    written = locators.write(place)
    same = audit.canonical(written)
    held = {one.point_id: one for one in queries.claims_on(evidence.id) if audit.canonical(one.locator) == same}
    fresh = [_claim(version, point, written, reason) for point in points if point.id not in held]
    reworded = [one for one in (held.get(point.id) for point in points) if one and reason not in ("", one.reason)]
    for one in reworded:
        one.reason = reason
    db.session.flush()
    claims = {one.point_id: one for one in (*fresh, *reworded)}
    if claims:
        _record(
            "place claimed", evidence, by=by, version=version.number, sha256=version.sha256,
            selector_sha256=hashlib.sha256(audit.canonical(written).encode()).hexdigest(),
            points=[[point.edition.code, point.ref] for point in points if point.id in claims],
            claims=[one.id for one in claims.values()],
        )  # fmt: skip
    return list(claims.values())


def testify(content: Content, points: Sequence[Point], *, learner: Person, by: Person) -> Evidence:
    """Add what a witness said to a learner's portfolio, offered for `points` as a whole.

    Refused for no point, and for a witness who is the learner.
    """
    statement = content.draft.statement
    if not points:
        raise Incomplete("Choose at least one marking point that the testimony is offered for.", ("points",))
    if statement and " ".join(statement.witness.split()).casefold() == " ".join(learner.name.split()).casefold():
        raise Incomplete("A learner cannot be their own witness.", ("witness",))
    evidence = add(Kind.TESTIMONY, content, learner=learner, by=by)
    claim(queries.latest(evidence), Whole(), points, reason="", by=by)
    return evidence


def remove_claim(claim: Claim, *, by: Person) -> None:
    """Take a claim back; it can be restored."""
    claim.removed_at = now()
    _record("claim removed", claim.evidence, by=by, claim=claim.id)


def restore_claim(claim: Claim, *, by: Person) -> None:
    """Put a claim back, where its place stands by now; nothing changes when the same was claimed again meanwhile."""
    hold(claim.evidence)
    _carry(claim, queries.latest(claim.evidence))
    if any(_same(claim, other) for other in queries.claims_on(claim.evidence_id)):
        return
    claim.removed_at = None
    _record("claim restored", claim.evidence, by=by, claim=claim.id)


def _version(evidence: Evidence, content: Content, files: list[File], *, by: Person) -> Version:
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
        sha256=version_hash(content, files),
        saved_by_id=by.id,
    )
    db.session.add(version)
    db.session.flush()
    places = [VersionFile(version_id=version.id, file_id=file.id, position=at) for at, file in enumerate(files)]
    db.session.add_all(places)
    db.session.flush()
    db.session.expire(version, ["files"])
    return version


def _files(content: Content, by: Person) -> list[File]:
    files = queries.files(content.draft.files, owner=by)
    if len(files) != len(content.draft.files):
        raise Refused("One of the files is not there any more. Take it out and send it again.")
    return files


def _ensure_holds(kind: Kind, content: Content, files: Sequence[File]) -> None:
    if kind in (Kind.RECORDING, Kind.WORK_PRODUCT) and not files:
        raise Incomplete(f"A {kind} needs a file. Choose one, and wait until it is sent.", ("files",))
    if kind is Kind.ACCOUNT and not content.plain.strip():
        raise Incomplete(
            "The account is empty. Write what happened, what you did, and why.",
            ("text",),
        )
    if not content.plain.strip() and not files:
        raise Incomplete("This item holds neither words nor a file.", ("text", "files"))


def _move_claims(evidence: Evidence, version: Version) -> tuple[int, int]:
    """Move each claim to where its place stands in `version`; say how many moved and how many came loose."""
    claims = queries.claims_on(evidence.id)
    for claim in claims:
        _carry(claim, version)
    loose = sum(claim.loose for claim in claims)
    return len(claims) - loose, loose


def _carry(claim: Claim, version: Version) -> None:
    place = _moved(locators.read(claim.locator), version)
    claim.loose = place is None
    if place is not None:
        claim.version_id, claim.locator = version.id, locators.write(place)


def _same(claim: Claim, other: Claim) -> bool:
    """Whether both offer one place for one point."""
    places = {audit.canonical(one.locator) for one in (claim, other)}
    return claim.id != other.id and claim.point_id == other.point_id and len(places) == 1


def _moved(place: Locator, version: Version) -> Locator | None:
    if isinstance(place, Passage):
        return locators.reanchor(place, version.plain)
    file = getattr(place, "file", "")
    return place if not file or file in {held.sha256 for held in version.files} else None


def _ensure_within(place: Locator, version: Version) -> None:
    """Refuse a place that the version does not hold."""
    if isinstance(place, Passage) and version.plain[place.start : place.end] != place.exact:
        raise Conflict("The words you chose are not at that place any more. Open the item again and choose once more.")
    if isinstance(place, Span):
        lasts = max(
            (file.duration or 0 for file in version.files if place.file in ("", file.sha256)),
            default=0,
        )
        if not 0 <= place.start < place.end or (lasts and place.end > lasts + 1):
            raise Refused("This time span does not lie in the recording. Mark where it begins, then where it ends.")


def _claim(version: Version, point: Point, written: dict[str, object], reason: str) -> Claim:
    claim = Claim(
        learner_id=version.evidence.learner_id,
        evidence_id=version.evidence_id,
        version_id=version.id,
        point_id=point.id,
        locator=written,
        reason=reason,
    )
    db.session.add(claim)
    return claim


def _hashes(files: Sequence[File]) -> list[str]:
    return [file.sha256 for file in files]


def _record(deed: str, evidence: Evidence, *, by: Person, **facts: object) -> None:
    db.session.flush()
    subject = f"evidence {evidence.id}"
    audit.record(deed, subject, by=by, learner_id=evidence.learner_id, ref=evidence.ref, **facts)
