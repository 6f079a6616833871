"""What a learner works towards: programmes as facts, and how far they are by the states of the units chosen."""

from collections.abc import Collection, Iterable

from criteria.qualification import reached, reached_in
from exports.facts import frozen
from portfolio.assessment import queries as assessments
from portfolio.assessment.lifecycle import State
from portfolio.foundation.clock import stamp
from portfolio.units.qualifications import queries
from portfolio.units.qualifications.models import Programme


def read(learner_id: int, codes: Collection[str]) -> list[Programme]:
    """What a learner works towards; where only units of some `codes` are told of, what one of those counts for."""
    found = queries.programmes_of(learner_id)
    return [one for one in found if not codes or not set(codes).isdisjoint(one.codes)]


def facts(learner_id: int, programmes: Iterable[Programme]) -> tuple[frozen.ProgrammeFacts, ...]:
    """Programmes of a learner as facts."""
    known = assessments.assessments_of(learner_id)
    achieved = {id for id, one in known.items() if one.state == State.ACHIEVED}
    return tuple(_fact(one, achieved) for one in programmes)


def _fact(programme: Programme, achieved: Collection[int]) -> frozen.ProgrammeFacts:
    content, done = programme.qualification.content, programme.done(achieved)
    return frozen.ProgrammeFacts(
        id=programme.id,
        qualification=content,
        edition=programme.qualification.edition,
        sha256=programme.qualification.sha256,
        begun_at=stamp(programme.begun_at),
        units=tuple(programme.codes),
        reached=reached(content, done),
        groups=tuple(reached_in(group, done) for group in content.groups),
    )
