"""The records of a centre against its own log: whoever changes a row and no line of the log is found."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from exports import verify
from exports.facts.canonical import canonical
from exports.facts.frozen import Facts
from exports.facts.snapshot import facts_of
from portfolio.assessment import operations, queries
from portfolio.assessment.models import Assessment, Judgement, Round
from portfolio.evidence import queries as evidence
from portfolio.foundation.log import audit
from portfolio.foundation.log.audit import hash_of
from portfolio.foundation.log.deeds import Deed
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.units import queries as units
from portfolio.units.qualifications import queries as qualifications

Line = tuple[dict[str, Any], dict[str, Any]]
"""A line of the log, and its own facts."""


def differing(person: Person, unbound: Counter[str]) -> Iterator[str]:
    """A sentence for everything about a person that is not what the log tells.

    `unbound` counts what was written before such things were bound. The checks are those that an auditor makes
    (`verify.py`), over all versions; then those of rows that no report shows.
    """
    name = f"{person.name} ({person.number or person.id})"
    try:
        for fault in _differing(person, unbound):
            yield f"{name}, {fault.where.lstrip(', ')}: {fault.what}"
    except Exception as reason:  # noqa: BLE001 rows that contradict each other fail in many ways
        yield f"{name}: the records contradict each other ({type(reason).__name__}: {str(reason)[:80]})"


def gone(centre_id: int, there: Iterable[int]) -> Iterator[str]:
    """A sentence for everybody who was registered at a centre and is not among `there`, the ids of its people."""
    kept = {f"person {id}" for id in there}
    for subject in sorted(audit.subjects(centre_id, Deed.PERSON_REGISTERED) - kept):
        yield f"{subject} is not there, and the log tells of it"


def untold(facts: Facts, unbound: Counter[str]) -> Iterator[verify.Fault]:
    """Where facts are not what the log tells, as an auditor finds it; `unbound` counts what no line binds."""
    plain, result = json.loads(canonical(facts)), verify.Result("")
    try:
        verify.versions_hashed(plain, result, "")
    except verify.Newer as newer:  # nothing of the house is of a format that it does not know
        result.fault("", str(newer))
    yield from result.faults
    yield from verify.against_log(plain, unbound)


def _differing(person: Person, unbound: Counter[str]) -> Iterator[verify.Fault]:
    if told := audit.lines_on(person.centre_id, {f"person {person.id}"}, {Deed.RECORDS_MERGED}):
        yield from _emptied(person, told[-1]["facts"]["last"])
        return
    facts = facts_of(person, older=True)
    yield from untold(facts, unbound)
    yield from _unshown(person, facts)


def _emptied(person: Person, last: int) -> Iterator[verify.Fault]:
    """A record that was merged holds nothing any more; what it brought is looked at where it is now."""
    if person.removed_at is None or people.records_now([person.id]) == [person.id]:
        yield verify.Fault("", f"whether the record was merged {verify.NOT_SO}")
    if units.is_named(person.id) or evidence.has_any(person.id) or qualifications.all_of(person.id):
        yield verify.Fault("", "was merged, and something is kept under it")
    if audit.last_about(person.id, person.centre_id) != last:
        yield verify.Fault("", "was merged, and the log has later lines about it, or fewer")


def _unshown(person: Person, facts: Facts) -> Iterator[verify.Fault]:
    """Rows that no report shows by now: lost versions, earlier rounds, what a verdict relied on."""
    lines = [({"deed": one.deed, "subject": one.subject, "actor_id": one.actor_id}, json.loads(one.facts))
             for one in facts.events]  # fmt: skip
    merging = {event["subject"]: event["actor_id"] for event, _ in lines if event["deed"] == Deed.RECORDS_MERGED}
    for one in people.merged_into(person.id):
        if merging.get(f"person {one.person_id}", one.by_id) != one.by_id:
            yield verify.Fault(f"record {one.person_id}", f"who merged it {verify.NOT_SO}")
    if bool(person.removed_at) != any(event["deed"] == Deed.PERSON_REMOVED for event, _ in lines):
        yield verify.Fault("", f"whether they were removed {verify.NOT_SO}")
    there = {(f"evidence {item.id}", item.version) for item in facts.evidence}
    for event, said in lines:
        if event["deed"] in verify.KEPT and (event["subject"], said["version"]) not in there:
            yield verify.Fault(said["ref"], f"version {said['version']} is not there, and the log tells of it")
    for enrolment in units.enrolments_of(person.id):
        if assessment := queries.assessment_of(enrolment):
            yield from _assessed(assessment, lines)


def _assessed(assessment: Assessment, lines: list[Line]) -> Iterator[verify.Fault]:
    code, subject = assessment.enrolment.edition.code, f"assessment {assessment.id}"
    own = [(event, said) for event, said in lines if event["subject"] == subject]
    steps = {said["step"]: event["actor_id"] for event, said in own if "step" in said}
    for step in queries.steps_of(assessment):
        if steps.get(step.id, step.by_id) != step.by_id:
            yield verify.Fault(code, f"who took a step {verify.NOT_SO}")
    for round in queries.rounds_of(assessment):
        handed = _line(own, "handed in", round=round.number, attempt=round.attempt)
        decided = {} if round.taken_back_at else _line(own, "decided", round=round.number)
        yield from _round(f"{code}, round {round.number}", round, handed, decided)
        yield from _handed(f"{code}, round {round.number}", round, lines)
    given = {said["judgement"]: (event, said) for event, said in own if "judgement" in said}
    given_to = {point.id: point.ref for point in assessment.enrolment.edition.points}
    for one in queries.judgements(assessment):
        if one.id in given and not _is_told(one, *given.pop(one.id)):
            where = f"{code}, point {given_to[one.point_id]}, verdict {one.number}"
            yield verify.Fault(where, f"what it rests on {verify.NOT_SO}")
    for _, said in given.values():
        yield verify.Fault(f"{code}, point {said['point']}", f"verdict {said['number']} is not there")
    noted = {said["flaw"]: (event["actor_id"], said["number"], said["fails"]) for event, said in own if "flaw" in said}
    if noted != {one.id: (one.by_id, one.number, one.fails) for one in queries.flaws(assessment)}:
        yield verify.Fault(code, f"what was said against evidence {verify.NOT_SO}")


def _handed(where: str, round: Round, lines: list[Line]) -> Iterator[verify.Fault]:
    """Each version of a round is one that a line tells of: a hash alone does not say whose, or which, it is."""
    kept = {(event["subject"], said["version"], said["sha256"])
            for event, said in lines if event["deed"] in verify.KEPT}  # fmt: skip
    for one in queries.handed(round):
        version = one.version
        if (f"evidence {version.evidence_id}", version.number, one.sha256) not in kept:
            yield verify.Fault(f"{where}, {version.evidence.ref}", f"which version was handed in {verify.NOT_SO}")


def _round(where: str, round: Round, handed: dict[str, Any], decided: dict[str, Any]) -> Iterator[verify.Fault]:
    """What one round froze, taken back or not, and how the assessor made sure whose work it is."""
    shas = {one.version_id: one.sha256 for one in queries.handed(round)}
    claims = [
        (one.claim_id, shas.get(one.version_id), one.point.ref, one.locator, one.reason)
        for one in queries.claims_in(round)
    ]
    frozen = operations.manifest(shas.values(), claims)
    if {frozen, round.manifest_sha256} != {handed.get("manifest_sha256")}:
        yield verify.Fault(where, f"what was handed in {verify.NOT_SO}")
    gaps = hash_of(sorted([gap.point.ref, gap.reason] for gap in round.gaps))
    if handed.get("gaps_sha256", gaps) != gaps:
        yield verify.Fault(where, f"why points had no claim {verify.NOT_SO}")
    own_work = hash_of(round.authenticity)
    if decided.get("authenticity_sha256", own_work) != own_work:
        yield verify.Fault(where, f"how authenticity was confirmed {verify.NOT_SO}")
    if round.decision and (round.resting_on_own or []) != decided.get("resting_on_own", []):
        yield verify.Fault(where, f"what was noted for the quality assurer {verify.NOT_SO}")


def _is_told(one: Judgement, event: dict[str, Any], said: dict[str, Any]) -> bool:
    given = (one.number, one.verdict or "", one.missing, one.relied, one.flaws, one.by_id)
    told = (said["number"], said["verdict"], said["missing"], said["relied"], said.get("flaws"), event["actor_id"])
    return given == told


def _line(lines: list[Line], deed: str, **facts: object) -> dict[str, Any]:
    """The facts of the last line of a deed of which these are true; none where there is no such line."""
    found = [said for event, said in lines if event["deed"] == deed and facts.items() <= said.items()]
    return found[-1] if found else {}
