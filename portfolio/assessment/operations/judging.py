"""Verdicts on single points: given, superseded, taken back; never edited."""

from collections.abc import Sequence

from portfolio.assessment import queries
from portfolio.assessment.grounds.choosing import again, chosen
from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment, Judgement, Round
from portfolio.assessment.operations.log_lines import ensure_waits, present, record
from portfolio.assessment.operations.using import keep_words, note_uses
from portfolio.assessment.parts import texts
from portfolio.assessment.rules import FALLEN, Finding, Verdict, ensure_sound, falls, is_settled, named
from portfolio.foundation.clock import now, stamp
from portfolio.foundation.db import db
from portfolio.foundation.errors import Conflict, Incomplete, OutOfTurn, Refused
from portfolio.foundation.log.audit import hash_of
from portfolio.foundation.log.deeds import Deed
from portfolio.people.models import Person
from portfolio.units.models import EditionPoint, MarkingPoint
from portfolio.units.phrases import queries as phrases


class Superseded(Conflict):
    """Somebody judged the point since the page was opened; `standing` is their judgement."""

    def __init__(self, standing: Judgement) -> None:
        did = "saved another verdict on this point" if standing.verdict else "took the verdict on this point back"
        super().__init__(f"{standing.by_name} {did}.")
        self.standing = standing


def judge(
    assessment: Assessment,
    point: EditionPoint | MarkingPoint,
    finding: Finding,
    *,
    seen: int,
    by: Person,
    looked_at: int | None = None,
    inserted: str = "",
) -> Judgement:
    """Give a verdict on one point. `seen` is the number of the judgement that stood when the assessor looked (0: none),
    `looked_at` the id of the round that they were shown, where it is known; `inserted` names phrases that were put into
    the feedback without being typed, as `rules.named` reads them.

    Raises `Superseded` when another stands now, `Incomplete` when the verdict does not say what it must, `OutOfTurn`
    where the unit is not handed in, or that round does not wait any more. Refused for a point of another unit.
    """
    return _judged(assessment, point, finding, inserted, seen=seen, by=by, looked_at=looked_at)


def unjudge(
    assessment: Assessment,
    point: EditionPoint | MarkingPoint,
    *,
    seen: int,
    by: Person,
    looked_at: int | None = None,
) -> Judgement:
    """Take the last verdict on a point back: what stood before it in this round stands again.

    Raises `Superseded` as `judge` does, `OutOfTurn` where there is no verdict or the unit is not handed in. Refused for
    a point of another unit.
    """
    return _judged(assessment, point, None, "", seen=seen, by=by, looked_at=looked_at)


def _judged(
    assessment: Assessment,
    point: EditionPoint | MarkingPoint,
    finding: Finding | None,
    inserted: str,
    *,
    seen: int,
    by: Person,
    looked_at: int | None,
) -> Judgement:
    shared = phrases.kept_still(assessment.centre_id, assessment.enrolment.edition.code)
    ensure_waits(assessment, looked_at, by=by)
    _ensure_fits(assessment, point, finding)
    past = [one for one in queries.judgements(assessment) if one.point_id == point.id]
    _ensure_seen(past, seen)
    round = present(assessment)
    claims = [claim for claim in queries.claims_in(round) if claim.point_id == point.id]
    before = None if finding else _before(past, round, assessment.reopened_id)
    grounds = chosen(round, claims, finding) if finding else again(round, claims, before)
    flawed = queries.in_force(queries.flaws(assessment))
    fallen = falls([id in flawed for id in grounds.versions])
    if finding and finding.verdict is Verdict.MET and fallen:
        raise Incomplete(FALLEN, ("verdict",))
    judgement = Judgement(
        assessment_id=assessment.id, round_id=round.id, point_id=point.id, number=len(past) + 1, by_id=by.id,
        by_name=by.name, at=now(),
        relied=grounds.relied, places=grounds.places,
        flaws=sorted({flawed[id].id for id in grounds.versions if id in flawed}),
        **_content(finding, before, fallen=fallen),
    )  # fmt: skip
    db.session.add(judgement)
    db.session.flush()
    record(Deed.JUDGED if finding else Deed.VERDICT_TAKEN_BACK, assessment, by=by, **_said(judgement, point, round),
           grounds_sha256=grounds.told)  # fmt: skip
    note_uses(assessment, point, [*past, judgement], shared, inserted=named(inserted)["s"])
    if finding:
        keep_words(assessment, point, [*past, judgement], shared, inserted=named(inserted), by=by)
    return judgement


def _ensure_seen(past: Sequence[Judgement], seen: int) -> None:
    if past and past[-1].number != seen:
        raise Superseded(past[-1])
    if not past and seen:
        raise Conflict("This page knows of a verdict that was never given. Load it again.")


def _ensure_fits(assessment: Assessment, point: EditionPoint | MarkingPoint, finding: Finding | None) -> None:
    if finding:
        ensure_sound(finding, [part["ref"] for part in point.parts])
    if assessment.state != State.HANDED_IN:
        raise OutOfTurn(f"Verdicts are given while a unit is handed in; this one is {assessment.state}.")
    if point.edition_id != assessment.enrolment.edition_id:
        raise Refused("This marking point belongs to another unit.")


def _said(given: Judgement, point: EditionPoint | MarkingPoint, round: Round) -> dict[str, object]:
    """What the line of the log says of a judgement: codes as they are, words by their hash."""
    return {
        "judgement": given.id, "judged_at": stamp(given.at), "round": round.number, "point": point.ref,
        "number": given.number, "verdict": given.verdict or "", "missing": given.missing, "vacsr": given.vacsr,
        "fails": given.fails, "flaws": given.flaws, "missing_sha256": hash_of(list(texts(point, given.missing))),
        "reason_sha256": hash_of(given.reason), "feedback_sha256": hash_of(given.feedback), "relied": given.relied,
    }  # fmt: skip


def _before(past: Sequence[Judgement], round: Round, reopened: int | None) -> Judgement | None:
    """What stands again once the last judgement is taken back; a verdict of an earlier round only where the point is
    settled by it. Raises `OutOfTurn` where there is nothing to take back.
    """
    if not past or past[-1].verdict is None:
        raise OutOfTurn("There is no verdict on this point to take back.")
    before = past[-2] if len(past) > 1 else None
    settles = before and is_settled(before.verdict, given_in=before.round_id, present=round.id, reopened=reopened)
    return before if settles else None


def _content(finding: Finding | None, before: Judgement | None, *, fallen: bool) -> dict[str, object]:
    """The columns that a finding fills; without one, those of what stood `before`: *met* only where the point has not
    `fallen` since.
    """
    if finding is not None:
        return {
            "feedback": finding.feedback,
            "verdict": str(finding.verdict),
            "missing": list(finding.missing),
            "vacsr": list(finding.vacsr),
            "fails": [],
        }
    if before is None or (fallen and before.verdict == Verdict.MET):
        return {"verdict": None, "missing": [], "vacsr": [], "fails": [], "feedback": ""}
    return {name: getattr(before, name) for name in ("verdict", "missing", "vacsr", "fails", "reason", "feedback")}
