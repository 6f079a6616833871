"""Lets the story happen: every deed at its time and in its order, through the operations that people use."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial

from criteria import catalogue
from portfolio.foundation import clock
from portfolio.foundation.db import transaction
from portfolio.people import operations as people
from portfolio.people import queries, signing_in
from portfolio.people.entering.operations import choose
from portfolio.people.entering.rules import Opened
from portfolio.people.rules import DEMO_PASSWORD, Registration, Role
from portfolio.units import operations as units
from portfolio.units.qualifications import operations as qualifications
from sample import gathering, judging, originals, witnessing
from sample.cast import Cast, DatedDeed
from sample.originals import SampleOriginal
from sample.story import timetable
from sample.story.facts import SampleCentre, SampleLearner, Staff
from sample.story.reading import centres

ROLES = {"assessor": Role.ASSESSOR, "iqa": Role.IQA, "administrator": Role.ADMINISTRATOR}
MINUTE = timedelta(minutes=1)


def seeded() -> bool:
    """Whether the story has happened here already."""
    return queries.centre_by_number(centres()[0].number) is not None


def seed(say: Callable[[str], object] = lambda _: None) -> bool:
    """Let the whole story happen, in one transaction, unless it has. Returns whether it happened now.

    `say` is told in words what is being done.
    """
    if seeded():
        return False
    told = centres()
    say("Recording the sample's telephone calls, its film and its photos …")
    media = originals.brought(name for centre in told for one in centre.learners for name in one.media)
    logos = originals.logos_of(centre.logo for centre in told if centre.logo)
    say("Letting the story of the sample centres happen …")
    with transaction():
        for centre in told:
            play(centre, media, logo=logos.get(centre.logo, ""))
    say("Making copies of the recordings that every browser plays …")
    originals.prepare()
    return True


def play(story: SampleCentre, media: Mapping[str, SampleOriginal], *, logo: str = "") -> None:
    """Everything that happened at one centre, in the order of time. Call it inside a transaction."""
    with clock.at(timetable.opened(story)):
        cast = _open(story, media)
    if logo:
        with clock.at(timetable.opened(story) + 20 * MINUTE):
            people.change_centre(cast.centre, by=cast.administrator, logo_sha256=logo)
    for deed in sorted(_deeds(cast), key=lambda one: one.at):
        with clock.at(deed.at):
            deed.do()
    _give_passwords(cast)


def _open(story: SampleCentre, media: Mapping[str, SampleOriginal]) -> Cast:
    """The centre with its staff; the administrator comes first, and registers everybody else."""
    told = {"qualification": story.qualification, "timezone": story.timezone}
    cast = Cast(story, media, people.open_centre(story.name, story.number, **told))
    for member in sorted(story.staff, key=lambda one: "administrator" not in one.roles):
        _employ(member, cast)
    return cast


def _employ(member: Staff, cast: Cast) -> None:
    registration = Registration(
        member.name, member.email, tuple(ROLES[role] for role in member.roles), work=member.about
    )
    by = cast.administrator if cast.people else None
    cast.people[member.key] = people.register(registration, cast.centre, by=by)


def _deeds(cast: Cast) -> Iterator[DatedDeed]:
    opened = timetable.opened(cast.story)
    yield DatedDeed(opened + 30 * MINUTE, partial(_publish, cast))
    for learner in cast.story.learners:
        yield from _joining(learner, cast)
        yield from gathering.deeds(learner, cast)
        yield from judging.deeds(learner, cast)
        yield from witnessing.deeds(learner, cast)


def _publish(cast: Cast) -> None:
    for unit in catalogue.units():
        cast.editions[unit.code] = units.publish(unit, cast.centre, by=cast.administrator)
    for offered in cast.story.qualifications:
        row = qualifications.publish(offered, cast.centre, by=cast.administrator)
        cast.qualifications[offered.number] = row


def _joining(learner: SampleLearner, cast: Cast) -> Iterator[DatedDeed]:
    at = timetable.registered(learner, cast.story)
    yield DatedDeed(at, partial(_register, learner, cast))
    for place, enrolment in enumerate(learner.enrolments, start=1):
        yield DatedDeed(at + place * MINUTE, partial(_enrol, learner, enrolment.unit, cast))
    for number in learner.qualifications:
        yield DatedDeed(at + (len(learner.enrolments) + 1) * MINUTE, partial(_begin, learner, number, cast))


def _register(learner: SampleLearner, cast: Cast) -> None:
    work = f"{learner.employer}: {learner.work}"
    registration = Registration(learner.name, learner.email, (Role.LEARNER,), learner.number, work)
    cast.people[learner.key] = people.register(registration, cast.centre, by=cast.administrator)


def _enrol(learner: SampleLearner, code: str, cast: Cast) -> None:
    told = next(one for one in learner.enrolments if one.unit == code)
    responsible = {"assessor": cast.people[told.assessor], "iqa": cast.people[told.iqa]}
    row = units.enrol(cast.people[learner.key], cast.editions[code], **responsible, by=cast.administrator)
    cast.enrolments[learner.key, code] = row


def _begin(learner: SampleLearner, number: str, cast: Cast) -> None:
    row = cast.qualifications[number]
    codes = {unit.code for unit in row.content.units()} & {one.unit for one in learner.enrolments}
    person = cast.people[learner.key]
    qualifications.begin(person, row, codes, assessor=None, iqa=None, by=cast.administrator)


def _give_passwords(cast: Cast) -> None:
    """One password for all, hashed once: a hash is dear by design. Who works for two centres has one sign-in."""
    hashed = signing_in.hashed(DEMO_PASSWORD)
    for person in cast.people.values():
        others = [one.account for one in queries.people_by_email(person.email) if one.account]
        choose(person, hashed, opened=[Opened(one.id, one.password) for one in others])
