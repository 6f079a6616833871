"""What evidence fails in: noted once for a version, with a reason, and taken back; never edited."""

from collections.abc import Sequence

from portfolio.assessment import queries
from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment, Flaw
from portfolio.assessment.operations.log_lines import ensure_waits, present, record
from portfolio.assessment.rules import BY_EXCEPTION, ensure_flawed
from portfolio.foundation.clock import now, stamp
from portfolio.foundation.db import db
from portfolio.foundation.errors import Conflict, OutOfTurn, Refused
from portfolio.foundation.log.audit import hash_of
from portfolio.foundation.log.deeds import Deed
from portfolio.people.models import Person


def note_flaw(
    assessment: Assessment,
    version_id: int,
    fails: Sequence[str],
    reason: str,
    *,
    seen: int,
    by: Person,
    looked_at: int | None = None,
) -> Flaw:
    """Say that a version which was handed in fails in some of `BY_EXCEPTION`; it holds for all points that the version
    is claimed for in this unit, in this round and those after.

    `seen` is the number of the last flaw of the version when the assessor looked (0: none), `looked_at` the id of the
    round that they were shown, where it is known. Raises `Incomplete` without
    a word or a reason, `Conflict` where somebody noted or took back one meanwhile, `OutOfTurn` where the unit is not
    handed in, or that round does not wait any more. Refused for a version that was not handed in.
    """
    ensure_waits(assessment, looked_at, by=by)
    ensure_flawed(fails, reason)
    return _noted(assessment, version_id, [word for word in BY_EXCEPTION if word in fails], reason, seen=seen, by=by)


def take_flaw_back(
    assessment: Assessment, version_id: int, *, seen: int, by: Person, looked_at: int | None = None
) -> Flaw:
    """Take back what a version was said to fail in. Raises and refuses as `note_flaw` does, and where none holds."""
    ensure_waits(assessment, looked_at, by=by)
    return _noted(assessment, version_id, [], "", seen=seen, by=by)


def _noted(assessment: Assessment, version_id: int, fails: list[str], reason: str, *, seen: int, by: Person) -> Flaw:
    if assessment.state != State.HANDED_IN:
        raise OutOfTurn(f"What evidence fails in is noted while a unit is handed in; this one is {assessment.state}.")
    round = present(assessment)
    handed = next((one for one in queries.handed(round) if one.version_id == version_id), None)
    if handed is None:
        raise Refused("This evidence was not handed in.")
    past = [one for one in queries.flaws(assessment) if one.version_id == version_id]
    if (past[-1].number if past else 0) != seen:
        raise Conflict(f"{past[-1].by_name} changed what is said of this evidence. Look at it and save again.")
    if not fails and not (past and past[-1].fails):
        raise OutOfTurn("Nothing is said against this evidence.")
    flaw = Flaw(
        assessment_id=assessment.id, round_id=round.id, version_id=version_id, number=seen + 1, fails=fails,
        reason=reason, by_id=by.id, by_name=by.name, at=now(),
    )  # fmt: skip
    db.session.add(flaw)
    db.session.flush()
    record(
        Deed.FLAW_NOTED if fails else Deed.FLAW_TAKEN_BACK, assessment, by=by, flaw=flaw.id, noted_at=stamp(flaw.at),
        round=round.number, number=flaw.number, item=handed.version.evidence_id, version=handed.version.number,
        version_sha256=handed.sha256, fails=fails, reason_sha256=hash_of(reason),
    )  # fmt: skip
    return flaw
