"""What one learner of the crowd did, as rows: evidence, claims, hand-ins, and the verdicts on them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from bench.filled_centre import accounts
from bench.filled_centre.bulk_rows import Ledger
from bench.filled_centre.uploaded_files import Original, originals
from portfolio.assessment import operations
from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment, HandedClaim, HandedVersion, Judgement, Round
from portfolio.assessment.rules import SUFFICIENT, Declaration, Verdict
from portfolio.evidence.models import Claim, Evidence, File, Version, VersionFile
from portfolio.evidence.places import locators
from portfolio.foundation.log.audit import hash_of
from portfolio.people.models import Person
from portfolio.units.models import Edition, EditionPoint

HELD = (Verdict.MET, Verdict.MET, Verdict.PARTLY, Verdict.NOT_MET)
"""Verdicts of a round that waits: half of the eight points."""
FEEDBACK = (
    "Clear on what you did and why. Say what the customer answered, and how you made sure that they were content."
)
REASON = "Here I did what the point asks for."
ACCOUNTS = 3
"""Accounts among the first items of everybody; a recording and a photo follow."""
OFFERED = ACCOUNTS + 2
"""Items that are claimed and handed in."""


@dataclass(frozen=True, slots=True)
class Item:
    """A version in the portfolio, and the places that can be claimed in it."""

    evidence_id: int
    version_id: int
    sha256: str
    places: tuple[dict[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One learner on one unit, from a time on."""

    learner: Person
    assessor: Person
    edition: Edition
    enrolment_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim's row."""

    id: int
    item: Item
    point: EditionPoint
    locator: dict[str, Any]


def gather(ledger: Ledger, learner: Person, *, number: int, more: int, at: datetime) -> list[Item]:
    """Three accounts, a recording, a photo, then so many more accounts."""
    texts = accounts.accounts()
    chosen = [texts[(number * 7 + place) % len(texts)] for place in range(ACCOUNTS + more)]
    sources = [*chosen[:ACCOUNTS], *originals(), *chosen[ACCOUNTS:]]
    return [
        _item(ledger, learner, {"number": number, "source": one, "at": at})
        for number, one in enumerate(sources, start=1)
    ]


def _item(ledger: Ledger, learner: Person, told: dict[str, Any]) -> Item:
    source: accounts.Account | Original = told["source"]
    at, number = told["at"], told["number"]
    evidence_id = ledger.add(
        Evidence, centre_id=learner.centre_id, learner_id=learner.id, number=number, kind=source.kind, latest=1,
        added_at=at, removed_at=None,
    )  # fmt: skip
    typed = {"context": "Harbour Street shop", "confirmer": "Helen Marsh, team leader", "third_parties": ""}
    says = typed | source.says | {"sha256": _hash(source, typed, at)}
    version_id = ledger.add(
        Version, evidence_id=evidence_id, number=1, happened_on=at.date(), testimony=None, saved_at=at,
        saved_by_id=learner.id, **says,
    )  # fmt: skip
    if isinstance(source, Original):
        file_id = ledger.add(File, centre_id=learner.centre_id, owner_id=learner.id, received_at=at, **source.columns)
        ledger.add(VersionFile, version_id=version_id, file_id=file_id, position=0)
    facts = {"ref": f"E{number}", "kind": source.kind, "version": 1, "sha256": says["sha256"], "files": []}
    ledger.tell("evidence added", f"evidence {evidence_id}", by=learner, at=at, learner_id=learner.id, **facts)
    return Item(evidence_id, version_id, says["sha256"], source.places)


def _hash(source: accounts.Account | Original, typed: dict[str, str], at: datetime) -> str:
    """The hash of a version, as `evidence.content.version_hash` gives it."""
    files = [{name: source.columns[name] for name in ("name", "sha256")}] if isinstance(source, Original) else []
    said = {"title": source.says["title"], "text": source.says["text"], "happened_on": at.date().isoformat()}
    return hash_of(typed | said | {"statement": None, "files": files})


def claim(ledger: Ledger, task: Task, items: Sequence[Item], *, varied: int) -> list[Claimed]:
    """A passage for every point, and for some a second place: seconds of the recording, or the photo as a whole.

    Items beyond those offered by everybody give one passage each.
    """
    made, points = [], task.edition.points
    for place, item in enumerate(items[OFFERED:]):
        made.append(_claim(ledger, task, item, (points[place % len(points)], item.places[place % len(item.places)])))
    for place, point in enumerate(points):
        item = items[place % ACCOUNTS]
        made.append(_claim(ledger, task, item, (point, item.places[(varied + place * 2) % len(item.places)])))
        if place % 3 == 0:
            made.append(_claim(ledger, task, items[ACCOUNTS], (point, items[ACCOUNTS].places[place // 3 % 3])))
        if place == 1:
            made.append(_claim(ledger, task, items[ACCOUNTS + 1], (point, locators.write(locators.Whole()))))
    return made


def _claim(ledger: Ledger, task: Task, item: Item, what: tuple[EditionPoint, dict[str, Any]]) -> Claimed:
    point, locator = what
    id = ledger.add(
        Claim, learner_id=task.learner.id, evidence_id=item.evidence_id, version_id=item.version_id, point_id=point.id,
        locator=locator, reason=REASON, loose=False, made_at=task.at, removed_at=None,
    )  # fmt: skip
    facts = {"version": 1, "sha256": item.sha256, "selector": locator, "points": [[task.edition.code, point.ref]]}
    subject, learner = f"evidence {item.evidence_id}", task.learner
    ledger.tell("place claimed", subject, by=learner, at=task.at, learner_id=learner.id, claims=[id], **facts)
    return Claimed(id, item, point, locator)


def judge(ledger: Ledger, task: Task, claims: Sequence[Claimed], state: State) -> None:
    """One round: handed in, judged in half or in whole, and answered unless it still waits."""
    at = task.at + timedelta(days=30)
    answered, declared = state is not State.HANDED_IN, Declaration("This is my own work.", task.learner.name)
    claims = sorted(claims, key=lambda one: (one.item.evidence_id, one.id))
    shas = list({one.item.version_id: one.item.sha256 for one in claims}.values())
    manifest = operations.manifest(shas, [_frozen(one) for one in claims])
    assessment = ledger.add(
        Assessment, centre_id=task.learner.centre_id, enrolment_id=task.enrolment_id, assessor_id=task.assessor.id,
        state=state, round=1, handed_in_at=at,
    )  # fmt: skip
    round = ledger.add(
        Round, assessment_id=assessment, number=1, attempt=1, handed_in_at=at, taken_back_at=None, sources="", help="",
        ai_use="", declaration=declared.words, declared_by=declared.name, manifest_sha256=manifest,
        decision=str(state) if answered else "", authenticity="Talked it over." if answered else "",
        decided_at=at if answered else None, decided_by_id=task.assessor.id if answered else None,
        feedback=FEEDBACK if answered else "",
    )  # fmt: skip
    freeze(ledger, round, claims)
    bound = {"manifest_sha256": manifest, "declaration_sha256": hash_of(asdict(declared)), "versions": shas}
    _tell(ledger, task, ("handed in", State.HANDED_IN), assessment, claims=len(claims), attempt=1, **bound)
    kept = [(claim.id, claim.point.id) for claim in claims]
    points = task.edition.points if answered else task.edition.points[: len(task.edition.points) // 2]
    for place, point in enumerate(points):
        verdict = Verdict.MET if state is State.ACHIEVED else HELD[place % len(HELD)]
        relied = [id for id, point_id in kept if point_id == point.id]
        _verdict(ledger, task, (assessment, round, point), verdict=verdict, relied=relied)
    if answered:
        _tell(ledger, task, ("decided", state), assessment, decision=str(state), feedback_sha256=hash_of(FEEDBACK))


def _frozen(one: Claimed) -> list[Any]:
    return [one.id, one.item.sha256, one.point.ref, one.locator, REASON]


def freeze(ledger: Ledger, round: int, claims: Sequence[Claimed]) -> None:
    """The versions and claims of a round, as they were handed in."""
    for position, item in enumerate({one.item.version_id: one.item for one in claims}.values()):
        ledger.add(HandedVersion, round_id=round, version_id=item.version_id, sha256=item.sha256, position=position)
    for one in claims:
        ledger.add(
            HandedClaim, round_id=round, claim_id=one.id, version_id=one.item.version_id, point_id=one.point.id,
            locator=one.locator, reason=REASON,
        )  # fmt: skip


def _verdict(
    ledger: Ledger, task: Task, where: tuple[int, int, EditionPoint], *, verdict: Verdict, relied: list[int]
) -> None:
    assessment, round, point = where
    missing = [part["ref"] for part in point.parts[:1]] if verdict is Verdict.PARTLY else []
    held = [SUFFICIENT] if verdict is Verdict.MET else []
    columns = {"verdict": str(verdict), "missing": missing, "vacsr": held, "fails": [], "flaws": [], "relied": relied}
    feedback = "" if verdict is Verdict.MET else FEEDBACK
    ledger.add(
        Judgement, assessment_id=assessment, round_id=round, point_id=point.id, number=1, reason="",
        feedback=feedback, by_id=task.assessor.id, by_name=task.assessor.name,
        at=task.at + timedelta(days=31), **columns,
    )  # fmt: skip
    _tell(
        ledger,
        task,
        ("judged", State.HANDED_IN),
        assessment,
        point=point.ref,
        number=1,
        **columns,
        feedback_sha256=hash_of(feedback),
    )


def _tell(ledger: Ledger, task: Task, deed: tuple[str, State], assessment: int, **facts: Any) -> None:
    by = task.learner if deed[0] == "handed in" else task.assessor
    facts |= {"unit": task.edition.code, "state": deed[1], "round": 1}
    subject, at = f"assessment {assessment}", task.at + timedelta(days=30)
    ledger.tell(deed[0], subject, by=by, at=at, learner_id=task.learner.id, **facts)
