"""What merging two records of one learner would move, leave out and be hindered by: read before it is done."""

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.assessment import queries
from portfolio.evidence import queries as evidence
from portfolio.foundation.log import queries as log
from portfolio.foundation.words.text import listed
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.people.rules import NAMES, Role
from portfolio.units import queries as units
from portfolio.units.models import Enrolment
from portfolio.units.qualifications import queries as qualifications
from portfolio.units.qualifications.models import Programme

INSTEAD = "Keep both records then: go on in one of them, and close the account of the other; all of it stays on record."
"""The way out where two histories cannot be made one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become of the double's work."""

    moving: tuple[Enrolment, ...]
    """Enrolments of the double that go over to the one who stays."""
    replaced: tuple[tuple[Enrolment, Enrolment], ...]
    """Enrolments, of either, on a unit on which the other one stays; what was claimed for them is claimed for that."""
    programmes: tuple[Programme, ...]
    """What the double works towards."""
    shared: frozenset[str]
    """Numbers of the qualifications towards which both work."""
    objections: tuple[str, ...]
    """Why it cannot be done, in sentences; empty where it can."""


def plan(double: Person, stays: Person, *, by: Person) -> Plan:
    """What merging `double` into `stays` would do now."""
    theirs = {one.edition.code: one for one in units.enrolments_of(stays.id)}
    moving, replaced, clashes = list[Enrolment](), list[tuple[Enrolment, Enrolment]](), list[str]()
    for mine in units.enrolments_of(double.id):
        other = theirs.get(mine.edition.code)
        left_out = _left_out(mine, other) if other else None
        if other and left_out is None:
            clashes.append(_clash(mine, other))
            continue
        if left_out is not mine:
            moving.append(mine)
        if other and left_out:
            replaced.append((left_out, mine if left_out is other else other))
    objections = (*_objections(double, stays, by), *_judging_oneself(stays, moving), *clashes)
    programmes = tuple(qualifications.programmes_of(double.id))
    shared = frozenset(one.qualification.number for one in qualifications.programmes_of(stays.id))
    return Plan(tuple(moving), tuple(replaced), programmes, shared, objections)


def _left_out(mine: Enrolment, other: Enrolment) -> Enrolment | None:
    """Which of two enrolments on one unit can be dropped; None where both have work that cannot be put together."""
    for one in (mine, other):
        if queries.assessment_of(one) is None and (mine.edition_id == other.edition_id or not _was_claimed(one)):
            return one
    return None


def _was_claimed(enrolment: Enrolment) -> bool:
    return evidence.was_claimed(enrolment.learner_id, enrolment.edition_id)


def _clash(mine: Enrolment, other: Enrolment) -> str:
    code = mine.edition.code
    if mine.edition_id != other.edition_id:
        editions = f"edition {mine.edition.number} in one, edition {other.edition.number} in the other"
        return f"{code}: both records have work on it, for different editions ({editions}). {INSTEAD}"
    return f"{code}: both records were handed in or withdrawn, and two histories are never mixed. {INSTEAD}"


def _objections(double: Person, stays: Person, by: Person) -> Iterator[str]:
    if by.id in (double.id, stays.id):
        yield "One of these is your own record. Ask another administrator to merge them."
    staff = {role for text in log.acted_as(double.id) for role in text.split(", ")} | set(double.role_names)
    duties = [NAMES[role].lower() for role in Role if role is not Role.LEARNER and role in staff]
    if duties or units.answers(double.id):
        what = f" ({listed(duties)})" if duties else ""
        yield (
            f"{double.name} has, or had, duties of staff{what}, and what staff did stays under their own name. Only "
            "a record with nothing but a learner’s work can be merged: keep this one and merge the other into it."
        )
    if log.has_acted_on(stays.id, people.records_of(double.id)):
        yield (
            f"{stays.name} did something as staff with the work of {double.name}. Nobody may have judged or "
            "administered their own work, so these two stay two."
        )


def _judging_oneself(stays: Person, moving: list[Enrolment]) -> Iterator[str]:
    named = [one.edition.code for one in moving if stays.id in (one.assessor_id, one.iqa_id)]
    if named:
        yield f"{stays.name} is responsible for {listed(named)} of the other record. Name somebody else first."
