"""Writes about units: an edition is published once and stays; learners are enrolled on it."""

import dataclasses

from criteria.edition import content_hash
from criteria.unit import Unit
from criteria.writer import write
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Conflict, Incomplete, Refused
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.words.lengths import ensure_fits
from portfolio.foundation.words.text import is_blank
from portfolio.people.models import Centre, Person
from portfolio.people.rules import Role
from portfolio.units import queries
from portfolio.units.models import Edition, EditionPoint, Enrolment
from portfolio.units.rules import LENGTHS


def publish(unit: Unit, centre: Centre, *, by: Person, anew: bool = False) -> Edition:
    """Publish `unit` at `centre`. The same content again is the same edition.

    Raises `Incomplete` without a title or a code or for one that is too long, `Conflict` when the code is published
    with other content, unless a new edition is wanted (`anew`).
    """
    lacks = tuple(name for name in ("title", "code") if is_blank(getattr(unit, name)))
    if lacks:
        raise Incomplete("A unit needs a title and a code that can be seen before it is published.", lacks)
    ensure_fits(unit, LENGTHS)
    newest = queries.newest(centre.id, unit.code)
    unit = dataclasses.replace(unit, unread=(), code=newest.code if newest else unit.code)
    sha256 = content_hash(unit)
    if newest and sha256 in (newest.sha256, content_hash(queries.unit_of(newest))):
        return newest  # editions of before may name methods in another order
    if newest and not anew:
        raise Conflict(
            f"{unit.code} is published already, with other content (edition {newest.number}). "
            "Publish it as a new edition, or give this unit another code."
        )
    edition = _edition(unit, centre, sha256=sha256, number=newest.number + 1 if newest else 1)
    audit.record(
        Deed.UNIT_PUBLISHED, f"edition {edition.id}", by=by, code=unit.code, number=edition.number, sha256=sha256,
        points=len(unit.points), title=edition.title, level=edition.level,
        points_sha256=audit.hash_of(printed(edition)),
    )  # fmt: skip
    return edition


def enrol(
    learner: Person,
    edition: Edition,
    *,
    assessor: Person | None,
    iqa: Person | None,
    by: Person,
) -> Enrolment:
    """Put a learner on a unit.

    Refused for somebody of another centre, twice the same unit, and as by `ensure_duties_separate`.
    """
    hold(learner)
    ensure_duties_separate(learner, assessor, iqa)
    if learner.centre_id != edition.centre_id or not learner.has(Role.LEARNER):
        raise Refused(f"{learner.name} is not a learner of this centre.")
    if any(enrolment.edition.code == edition.code for enrolment in queries.enrolments_of(learner.id)):
        raise Refused(f"{learner.name} is enrolled on {edition.code} already.")
    enrolment = Enrolment(
        centre_id=edition.centre_id,
        learner_id=learner.id,
        edition_id=edition.id,
        assessor_id=assessor.id if assessor else None,
        iqa_id=iqa.id if iqa else None,
    )
    db.session.add(enrolment)
    db.session.flush()
    audit.record(
        Deed.LEARNER_ENROLLED, f"enrolment {enrolment.id}", by=by, learner_id=learner.id, unit=edition.code,
        edition=edition.number, edition_sha256=edition.sha256, **responsible(assessor, iqa),
    )  # fmt: skip
    return enrolment


def responsible(assessor: Person | None, iqa: Person | None) -> dict[str, object]:
    """How a line of the log tells who judges and who verifies: names as they are now, and whose they are."""
    named = {"assessor": assessor.name if assessor else "", "iqa": iqa.name if iqa else ""}
    return named | {"assessor_id": assessor.id if assessor else None, "iqa_id": iqa.id if iqa else None}


def printed(edition: Edition) -> list[list[object]]:
    """The points of an edition as reports print them."""
    return [[one.ref, one.text, [part["text"] for part in one.parts], list(one.methods)] for one in edition.points]


def ensure_duties_separate(
    learner: Person, assessor: Person | None, iqa: Person | None, *, before: Enrolment | None = None
) -> None:
    """Nobody judges their own work or verifies their own judgements, and each who is named can do their part now.

    Whoever answered `before` may stay named although they cannot: the unit is nobody's until somebody else is.
    Refused for the learner themselves, the same person twice, a role that somebody lacks, and a shut account.
    """
    named = ((assessor, Role.ASSESSOR, before and before.assessor_id), (iqa, Role.IQA, before and before.iqa_id))
    for person, role, earlier in named:
        if person and person.id != earlier:
            _ensure_able(person, role, learner)
        if person and person.id == learner.id:
            raise Refused(f"{person.name} cannot judge or verify their own work.")
    if assessor and iqa and assessor.id == iqa.id:
        raise Refused(f"{assessor.name} cannot be the assessor and the IQA of the same work, that of {learner.name}.")


def _ensure_able(person: Person, role: Role, learner: Person) -> None:
    if person.centre_id != learner.centre_id or not person.has(role):
        raise Refused(f"{person.name} does not have the role {role} at this centre.")
    if not person.active:
        raise Refused(f"The account of {person.name} is closed. Choose somebody else, or open it first.")


def _edition(unit: Unit, centre: Centre, *, sha256: str, number: int) -> Edition:
    edition = Edition(
        centre_id=centre.id,
        code=unit.code,
        number=number,
        title=unit.title,
        level=unit.level,
        sha256=sha256,
        text=write(unit),
    )
    edition.points = [
        EditionPoint(
            position=position,
            ref=point.ref,
            text=point.text,
            lead_in=point.lead_in,
            obliges=point.obliges,
            parts=[{"ref": part.ref, "text": part.text} for part in point.parts],
            methods=[str(method) for method in point.methods],
        )
        for position, point in enumerate(unit.points, start=1)
    ]
    db.session.add(edition)
    db.session.flush()
    return edition
