"""Places in evidence are claimed for marking points, taken back, and carried along when a draft changes."""

from collections.abc import Callable, Sequence

from criteria.canonical import canonical
from portfolio.evidence import queries
from portfolio.evidence.models import Claim, Evidence, File, Version
from portfolio.evidence.operations.log_lines import record
from portfolio.evidence.places import locators, within
from portfolio.evidence.places.anchoring import Anchors
from portfolio.evidence.places.locators import Astray, Locator, Page, Passage, Region, Span
from portfolio.evidence.printed import printed_page
from portfolio.evidence.rules import LONGEST_REASON, MINUTED, MOST_CLAIMS
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Conflict, Incomplete, OutOfTurn, Refused
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.words.lengths import ensure_short
from portfolio.people.models import Person
from portfolio.units.models import EditionPoint

CLAIMED: list[Callable[[Locator, Version, Person], None]] = []
"""Of rooms that go on with a place of a version that somebody claimed: what they do in the same transaction."""
NOT_AGREED = "Places can be claimed in this record once your assessor and you have signed it and you agree with it."

UNMEASURED = "This file is still being prepared, so its length is not known yet. Try again in a moment."
UNREAD_PAGE = "This page is still being read. Try again in a moment."


def claim(
    version: Version,
    place: Locator,
    points: Sequence[EditionPoint],
    *,
    reason: str,
    by: Person,
    measured: bool = True,
) -> list[Claim]:
    """Offer one place for several marking points.

    A point that the very place is claimed for already keeps its claim, with the new reason where one is given.
    Raises `Incomplete` for no point or too long a reason, `Conflict` where `version` is not the newest or its text has
    other words at the place, `OutOfTurn` while a file that has to be `measured` is not. Refused where the place does
    not lie in the version, for the record of a meeting to which the learner has not agreed, or where the item would
    have more than `MOST_CLAIMS` claims.
    """
    evidence = version.evidence
    hold(evidence)
    if not points:
        raise Incomplete("Choose at least one marking point that this place proves.", ("points",))
    ensure_short("reason", reason, LONGEST_REASON)
    if version.number != evidence.latest:
        raise Conflict("This item was changed since you opened it. Open it again and choose the place once more.")
    _ensure_agreed(version)
    ensure_within(place, version, measured=measured)
    written = locators.write(place)
    claims = {one.point_id: one for one in _made(version, written, points, reason)}
    if claims:
        record(
            Deed.PLACE_CLAIMED, evidence, by=by, version=version.number, sha256=version.sha256,
            selector_sha256=audit.hash_of(written),
            points=[[point.edition.code, point.ref] for point in points if point.id in claims],
            claims=[one.id for one in claims.values()],
            placed=[_offered(one) for one in claims.values()], **_as_drawn(place, version),
        )  # fmt: skip
        _go_on(place, version, by)
    return list(claims.values())


def _made(version: Version, written: dict[str, object], points: Sequence[EditionPoint], reason: str) -> list[Claim]:
    """The claims of a place that are new, and those that have a new reason."""
    same = canonical(written)
    claimed = queries.claims_on(version.evidence_id)
    held = {one.point_id: one for one in claimed if canonical(one.locator) == same}
    _ensure_room(len(claimed) + len({point.id for point in points} - held.keys()))
    fresh = [_claim(version, point, written, reason) for point in points if point.id not in held]
    reworded = [one for one in (held.get(point.id) for point in points) if one and reason not in ("", one.reason)]
    for one in reworded:
        one.reason = reason
    db.session.flush()
    return [*fresh, *reworded]


def remove_claim(claim: Claim, *, by: Person) -> None:
    """Take a claim back; it can be restored."""
    claim.removed_at = now()
    record(Deed.CLAIM_REMOVED, claim.evidence, by=by, claim=claim.id)


def restore_claim(claim: Claim, *, by: Person, anchors: Anchors | None = None) -> None:
    """Put a claim back, where its place stands by now; nothing changes when the same was claimed again meanwhile.

    `anchors` is where its place was looked for before. In the record of a meeting it stays in the version in which it
    was made, unless the learner agreed to the newest one. Refused where the item has `MOST_CLAIMS` claims.
    """
    hold(claim.evidence)
    version, others = queries.latest(claim.evidence), queries.claims_on(claim.evidence_id)
    if not queries.unagreed([version.id]):
        _carry(claim, version, _fitting(anchors, version))
    if any(_same(claim, other) for other in others):
        return
    _ensure_room(1 + len(others))
    claim.removed_at = None
    record(Deed.CLAIM_RESTORED, claim.evidence, by=by, claim=claim.id, moved=[_stands(claim)])
    _go_on(within.found(claim.locator, claim.version), claim.version, by)


def move_claims(evidence: Evidence, version: Version, anchors: Anchors | None = None) -> dict[str, object]:
    """Move each claim to where its place stands in `version`; what the line of the log says of it.

    `anchors` is where they were looked for before; what was claimed since is looked for here.
    """
    claims, anchors = queries.claims_on(evidence.id), _fitting(anchors, version)
    for claim in claims:
        _carry(claim, version, anchors)
    loose = sum(claim.loose for claim in claims)
    return {
        "claims_moved": len(claims) - loose, "claims_loose": loose, "moved": [_stands(claim) for claim in claims]
    }  # fmt: skip


def _go_on(place: Locator, version: Version, by: Person) -> None:
    for go_on in CLAIMED:
        go_on(place, version, by)


def _offered(claim: Claim) -> list[object]:
    """What a claim is offered for: its id, the unit and the point, and the hash of its reason."""
    return [claim.id, claim.point.edition.code, claim.point.ref, audit.hash_of(claim.reason)]


def _as_drawn(place: Locator, version: Version) -> dict[str, object]:
    """Of a place on a page that is done, the hash over what is shown of that page."""
    document = version.document(place.file) if isinstance(place, Page) else None
    page = document and isinstance(place, Page) and document.page(place.page)
    return {"page_sha256": audit.hash_of(printed_page(page))} if page and page.picture_sha256 else {}


def _stands(claim: Claim) -> list[object]:
    """Where a claim stands now: its id, the number of its version, the hash of its place, and whether it is loose."""
    return [claim.id, claim.version.number, audit.hash_of(claim.locator), claim.loose]


def _fitting(anchors: Anchors | None, version: Version) -> Anchors:
    """What was found before, if it was found in this very text."""
    return anchors if anchors and anchors.plain == version.plain else Anchors(version.plain)


def _ensure_agreed(version: Version) -> None:
    """Refuse a place in the record of a meeting that waits for the learner, or to which they do not agree."""
    if version.evidence.kind in MINUTED and queries.unagreed([version.id]):
        raise Refused(NOT_AGREED)


def _ensure_room(claims: int) -> None:
    """Refuse more claims on one item than anybody reads."""
    if claims > MOST_CLAIMS:
        raise Refused(
            f"This item would have {claims:,} claims; {MOST_CLAIMS:,} is the most. "
            "Take some back, or hand the work in as several items."
        )


def loosen(file: File) -> int:
    """Let the live claims come loose whose places turn out not to lie in `file`, now that it is measured; how many."""
    stray = [one for one in queries.claims_in(file) if not one.loose and _lies_not(one)]
    for claim in stray:
        claim.loose = True
        sender = db.session.get_one(Person, file.owner_id)
        record(Deed.CLAIM_CAME_LOOSE, claim.evidence, by=sender, claim=claim.id, file_sha256=file.sha256)
    return len(stray)


def _lies_not(claim: Claim) -> bool:
    return isinstance(within.found(claim.locator, claim.version), Astray)


def _carry(claim: Claim, version: Version, anchors: Anchors) -> None:
    place = _moved(within.found(claim.locator, claim.version), version, anchors)
    claim.loose = place is None
    if place is not None:
        claim.version, claim.locator = version, locators.write(place)


def _same(claim: Claim, other: Claim) -> bool:
    """Whether both offer one place for one point."""
    places = {canonical(one.locator) for one in (claim, other)}
    return claim.id != other.id and claim.point_id == other.point_id and len(places) == 1


def _moved(place: Locator, version: Version, anchors: Anchors) -> Locator | None:
    if isinstance(place, Passage):
        return anchors.of(place)
    return None if within.astray(place, version) else place


def ensure_within(place: Locator, version: Version, *, measured: bool = True) -> None:
    """Hold a place against its version. Raises `OutOfTurn` where it has to be `measured` and nobody can tell yet,
    `Conflict` where the text has other words there. Refused where it does not lie there.

    Where it has not to be, a span that overshoots its recording is taken as it was before that was measured: see
    `loosen`.
    """
    if measured and within.unmeasured(place, version):
        raise OutOfTurn(UNREAD_PAGE if isinstance(place, Page) and place.quote else UNMEASURED)
    if not within.astray(place, version) or (not measured and within.overshoots(place, version)):
        return
    if isinstance(place, Passage):
        raise Conflict("The words you chose are not at that place any more. Open the item again and choose once more.")
    if isinstance(place, Page):
        raise Refused("There is no such place in the document. Look at the number of the page, and choose once more.")
    if isinstance(place, Region) or (isinstance(place, Span) and place.region):
        raise Refused("This rectangle does not lie in the picture. Draw it once more, inside the picture.")
    if isinstance(place, Span):
        raise Refused("This time span does not lie in the recording. Mark where it begins, then where it ends.")
    raise Refused("This place does not lie in the item. Open it again and choose the place once more.")


def _claim(version: Version, point: EditionPoint, written: dict[str, object], reason: str) -> Claim:
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
