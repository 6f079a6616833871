"""How what others stated stands: who signed it and how they were reached, who checked them, what is asked about it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from portfolio.evidence.models import Claim, Version
from portfolio.evidence.places.locators import Locator, Whole, passage
from portfolio.evidence.rules import STATED, Kind
from portfolio.evidence.signatures import queries as signatures
from portfolio.evidence.signatures.models import Signature
from portfolio.evidence.signatures.rules import Signer
from portfolio.evidence.witnesses import policy, queries, questions
from portfolio.evidence.witnesses.models import Check, WitnessRequest
from portfolio.people.models import Person
from portfolio.units import queries as units
from portfolio.units.models import EditionPoint


@dataclass(frozen=True, slots=True)
class Witnessing:
    """What is known of the witness of one version, as far as whoever looks may see it."""

    version: Version
    signatures: Sequence[Signature]
    checks: Sequence[Check]
    questions: Sequence[str]
    may_check: bool
    may_read_checks: bool
    """Whether whoever looks may see the words and means of a check, besides how, when and by whom."""

    @property
    def on_paper(self) -> bool:
        """Whether it was uploaded: who signed it stands in the file."""
        return self.version.testimony is None

    @property
    def signature(self) -> Signature | None:
        """That of the witness."""
        return next((one for one in self.signatures if one.signer == Signer.WITNESS), None)


@dataclass(frozen=True, slots=True)
class OfferedPlace:
    """A point that a witness was asked about, and where in what they signed it may be claimed."""

    point: EditionPoint
    place: Locator
    told: bool
    """Whether they wrote words of its own about it; else they may have told of it in the whole."""


@dataclass(frozen=True, slots=True)
class WitnessStatus:
    """One line of the witness status list."""

    learner: str
    item: int
    """Id of the item."""
    ref: str
    kind: str
    name: str
    role: str
    expert: bool | None
    knows_standards: bool | None
    """None where it was not asked: of a customer, of a testimony that was uploaded, and `expert` of a supervisor."""
    signed_at: datetime | None
    reached: str
    checked_on: date | None
    how: str
    by: str
    on_paper: bool = False
    """Whether it was uploaded: who signed it stands in the file."""
    before_correction: bool = False
    """Whether the last check was of an earlier version."""


def witnessing(version_ids: Collection[int], *, viewer: Person) -> dict[int, Witnessing]:
    """What is known of the witnesses of these versions, by the version's id."""
    versions = queries.versions(version_ids) if version_ids else []
    if not versions:
        return {}
    ids = [version.id for version in versions]
    signed, checked = signatures.signatures_of(ids), queries.checks_of(ids)
    behind = queries.requests_behind({version.evidence_id for version in versions})
    return {
        version.id: Witnessing(
            version, signed.get(version.id, ()), checked.get(version.id, ()),
            _questions(behind.get(version.evidence_id), version, viewer), policy.may_check(viewer, version),
            policy.may_read_checks(viewer, version.evidence.learner),
        )
        for version in versions
    }  # fmt: skip


def shown(version: Version, *, viewer: Person, claims: Sequence[Claim]) -> dict[str, object]:
    """What the page of an item shows of its witness: what is `known`, and `offers`, points that are not claimed yet."""
    if version.evidence.kind not in STATED:
        return {"known": None, "offers": []}
    offers = offers_of(version) if policy.may_claim_offers(viewer, version.evidence) else []
    claimed = {claim.point_id for claim in claims}
    return {
        "known": witnessing([version.id], viewer=viewer)[version.id],
        "offers": [one for one in offers if one.point.id not in claimed],
    }


def offers_of(version: Version) -> list[OfferedPlace]:
    """The points of the learner's units that a witness told of, or may have told of, in this version."""
    request = queries.requests_behind([version.evidence_id]).get(version.evidence_id)
    if request is None or version.number != version.evidence.latest:
        return []
    offers = {id: (start, end) for id, start, end in request.offers}
    told = {tuple(pair) for pair in (version.testimony or {}).get("points", ())}
    return [
        OfferedPlace(point, _place(version.plain, *offers[point.id]), (point.edition.code, point.ref) in told)
        for point in units.points_of(version.evidence.learner_id)
        if point.id in offers
    ]


def listed(versions: Iterable[Version]) -> list[WitnessStatus]:
    """The witness status list of these versions, in their order."""
    rows = list(versions)
    ids = [version.id for version in rows]
    signed, checked = signatures.signatures_of(ids), queries.checks_of(ids)
    earlier = queries.checks_about([one.evidence_id for one in rows if one.number > 1 and one.id not in checked])
    return [
        _status(version, signed.get(version.id, ()), checked.get(version.id, earlier.get(version.evidence_id, ())))
        for version in rows
    ]


def _status(version: Version, signed: Sequence[Signature], checked: Sequence[Check]) -> WitnessStatus:
    said, evidence = version.testimony or {}, version.evidence
    signature = next((one for one in signed if one.signer == Signer.WITNESS), None)
    last = checked[-1] if checked else None
    asked = bool(said.get("job"))
    of_expert = asked and evidence.kind != Kind.SUPERVISOR
    return WitnessStatus(
        evidence.learner.name, evidence.id, evidence.ref, evidence.kind, said.get("witness") or version.confirmer,
        said.get("job") or said.get("relationship", ""), said["expert"] if of_expert else None,
        said["knows_standards"] if asked else None, signature.at if signature else None,
        signature.reached if signature else "", last.on if last else None, last.how if last else "",
        last.by_name if last else "", on_paper=version.testimony is None,
        before_correction=last is not None and last.version_id != version.id,
    )  # fmt: skip


def _questions(request: WitnessRequest | None, version: Version, viewer: Person) -> list[str]:
    learner = version.evidence.learner
    if not policy.may_see_questions(viewer, learner):
        return []
    raised = request.questions.get(str(version.number), ()) if request else questions.raised_of_typed(version)
    return questions.asked(raised, learner.name)


def _place(plain: str, start: int, end: int) -> Locator:
    try:
        return passage(plain, start, end) if end else Whole()
    except ValueError:
        return Whole()
