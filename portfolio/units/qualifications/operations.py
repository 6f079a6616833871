"""Writes about qualifications: an edition is published once and stays; learners begin, change and end a programme."""

import dataclasses
from collections.abc import Collection

from criteria.qualification import Qualification, as_json, content_hash
from portfolio.foundation.clock import now, stamp
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Conflict, Incomplete, OutOfTurn, Refused
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.people.models import Centre, Person
from portfolio.units import operations as units
from portfolio.units import queries as enrolments
from portfolio.units.models import Enrolment
from portfolio.units.qualifications import queries
from portfolio.units.qualifications.models import Programme, ProgrammeUnit, QualificationEdition
from portfolio.units.qualifications.rules import ensure_publishable


def publish(qualification: Qualification, centre: Centre, *, by: Person, anew: bool = False) -> QualificationEdition:
    """Publish `qualification` at `centre`. The same content again is the same edition.

    Raises `Incomplete` as `ensure_publishable` does, and for a unit that the centre has not published; `Conflict` when
    the number is published with other content, unless a new edition is wanted (`anew`).
    """
    ensure_publishable(qualification)
    known = {edition.code for edition in enrolments.current_editions(centre.id)}
    for unit in qualification.units():
        if unit.code not in known:
            raise Incomplete(f"{unit.code} is not published here. Publish the unit first.", ("groups",))
    newest = queries.newest(centre.id, qualification.number)
    if newest:
        qualification = dataclasses.replace(qualification, number=newest.number)
        if newest.sha256 == content_hash(qualification):
            return newest
        if not anew:
            raise Conflict(
                f"{newest.number} is published already, with other content (edition {newest.edition}). "
                "Publish it as a new edition, or give this qualification another number."
            )
    edition = QualificationEdition(
        centre_id=centre.id, sha256=content_hash(qualification), edition=newest.edition + 1 if newest else 1,
        **as_json(qualification),
    )  # fmt: skip
    db.session.add(edition)
    db.session.flush()
    audit.record(
        Deed.QUALIFICATION_PUBLISHED, f"qualification {edition.id}", by=by, number=edition.number,
        edition=edition.edition, title=edition.title, sha256=edition.sha256,
    )  # fmt: skip
    return edition


def begin(
    learner: Person,
    qualification: QualificationEdition,
    codes: Collection[str],
    *,
    assessor: Person | None,
    iqa: Person | None,
    by: Person,
) -> Programme:
    """Have a learner work towards a qualification with units of these codes, enrolled where they are not yet.

    Raises `Incomplete` as `_choose` does, `OutOfTurn` for an edition that is not the newest. Refused for somebody of
    another centre, twice the same qualification, and as `units.enrol` refuses.
    """
    hold(learner)
    if learner.centre_id != qualification.centre_id:
        raise Refused(f"{learner.name} is not a learner of this centre.")
    newest = queries.newest(qualification.centre_id, qualification.number)
    if newest is not None and newest.id != qualification.id:
        raise OutOfTurn(f"There is a newer edition of {qualification.title}. Begin that one.")
    if any(one.qualification.number == qualification.number for one in queries.programmes_of(learner.id)):
        raise Refused(f"{learner.name} works towards {qualification.title} already.")
    programme = Programme(
        centre_id=learner.centre_id, learner_id=learner.id, qualification_id=qualification.id, begun_at=now(),
        learner=learner, qualification=qualification, units=[],
    )  # fmt: skip
    db.session.add(programme)
    _choose(programme, codes, assessor=assessor, iqa=iqa, by=by)
    _record(Deed.PROGRAMME_BEGUN, programme, by=by, begun_at=stamp(programme.begun_at))
    return programme


def change(
    programme: Programme, codes: Collection[str], *, assessor: Person | None, iqa: Person | None, by: Person
) -> None:
    """Choose other units for a programme; enrolments that do not count for it any more stay.

    Raises `Incomplete` as `_choose` does, `OutOfTurn` where it was ended. Refused as `units.enrol` refuses.
    """
    hold(programme.learner)
    hold(programme)
    if programme.ended_at:
        raise OutOfTurn("This programme has ended. Take it up again first.")
    before = programme.codes
    _choose(programme, codes, assessor=assessor, iqa=iqa, by=by)
    if programme.codes != before:
        _record(Deed.PROGRAMME_CHANGED, programme, by=by)


def end(programme: Programme, *, by: Person) -> None:
    """A learner works no longer towards a qualification; all they did on its units stays."""
    hold(programme.learner)
    hold(programme)
    if programme.ended_at is None:
        programme.ended_at = now()
        _record(Deed.PROGRAMME_ENDED, programme, by=by)


def resume(programme: Programme, *, by: Person) -> None:
    """Take an ended programme up again.

    Raises `OutOfTurn` where the learner began the same qualification since, where none of its units is left, and for
    somebody who was removed.
    """
    hold(programme.learner)
    hold(programme)
    title, number = programme.qualification.title, programme.qualification.number
    if programme.ended_at is None:
        return
    if programme.learner.removed_at or not programme.units:
        raise OutOfTurn(f"None of its units is left. Enrol {programme.learner.name} on {title} anew.")
    if any(one.qualification.number == number for one in queries.programmes_of(programme.learner_id)):
        raise OutOfTurn(f"{programme.learner.name} works towards {title} already.")
    programme.ended_at = None
    _record(Deed.PROGRAMME_RESUMED, programme, by=by)


def release(enrolment: Enrolment) -> None:
    """Have an enrolment that is about to be taken off count for no ended programme.

    Raises `OutOfTurn` where it counts for one that has not ended.
    """
    for programme in queries.all_with(enrolment):
        if programme.ended_at is None:
            code, title = enrolment.edition.code, programme.qualification.title
            raise OutOfTurn(f"{code} counts towards {title}. Choose its units there first.")
        programme.units = [unit for unit in programme.units if unit.enrolment_id != enrolment.id]
    db.session.flush()


def replace_unit(enrolment: Enrolment, other: Enrolment) -> None:
    """Have another enrolment on the same unit count wherever one counts that is about to be taken out."""
    for programme in queries.all_with(enrolment):
        units_ = [unit for unit in programme.units if unit.enrolment_id not in (enrolment.id, other.id)]
        programme.units = [*units_, ProgrammeUnit(enrolment_id=other.id, enrolment=other)]
    db.session.flush()


def hand_on(double: Person, stays: Person, *, by: Person) -> None:
    """Give the programmes of a record that is merged, whose enrolments went before, to the one that stays.

    Where both work towards the same qualification, the programme of the one that stays goes on with the units of both,
    as far as its edition knows them, and the other one ends.
    """
    own = {one.qualification.number: one for one in queries.programmes_of(stays.id)}
    for programme in queries.all_of(double.id):
        same = own.get(programme.qualification.number) if programme.ended_at is None else None
        if same:
            end(programme, by=by)
            known = {unit.code for unit in same.qualification.content.units()}
            change(same, {*same.codes, *known.intersection(programme.codes)}, assessor=None, iqa=None, by=by)
        programme.learner_id, programme.learner = stays.id, stays
    db.session.flush()


def _choose(
    programme: Programme, codes: Collection[str], *, assessor: Person | None, iqa: Person | None, by: Person
) -> None:
    """Have the units of these codes, and no others, count for a programme.

    Raises `Incomplete` without any, or for a code that is not one of the qualification's.
    """
    learner, known = programme.learner, {unit.code for unit in programme.qualification.content.units()}
    if strange := sorted(set(codes) - known):
        raise Incomplete(f"{strange[0]} is not a unit of {programme.qualification.title}.", ("units",))
    if not codes:
        raise Incomplete("Choose at least one unit.", ("units",))
    begun = {one.edition.code: one for one in enrolments.enrolments_of(learner.id)}
    for edition in enrolments.current_editions(learner.centre_id):
        if edition.code in codes and edition.code not in begun:
            begun[edition.code] = units.enrol(learner, edition, assessor=assessor, iqa=iqa, by=by)
    wanted = {begun[code].id: begun[code] for code in codes}
    stays = [unit for unit in programme.units if unit.enrolment_id in wanted]
    added = set(wanted) - {unit.enrolment_id for unit in stays}
    programme.units = stays + [ProgrammeUnit(enrolment_id=id, enrolment=wanted[id]) for id in sorted(added)]
    db.session.flush()


def _record(deed: Deed, programme: Programme, *, by: Person, **more: str) -> None:
    qualification = programme.qualification
    db.session.flush()
    audit.record(
        deed, f"programme {programme.id}", by=by, learner_id=programme.learner_id, qualification=qualification.number,
        edition=qualification.edition, qualification_sha256=qualification.sha256, units=programme.codes, **more,
    )  # fmt: skip
