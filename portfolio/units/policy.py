"""Who may do what with units and enrolments."""

from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units.models import Edition, Enrolment


def may_publish(person: Person) -> bool:
    """Administrators publish units at their centre."""
    return person.has(Role.ADMINISTRATOR)


def may_browse(person: Person) -> bool:
    """Staff read all editions of their centre."""
    return person.is_staff


def may_see_edition(person: Person, edition: Edition) -> bool:
    """Everybody reads the units of their own centre."""
    return edition.centre_id == person.centre_id


def may_enrol(person: Person, learner: Person) -> bool:
    """Administrators enrol learners of their own centre."""
    return person.has(Role.ADMINISTRATOR) and learner.centre_id == person.centre_id and learner.has(Role.LEARNER)


def may_see_enrolment(person: Person, enrolment: Enrolment) -> bool:
    """The learner, the allocated assessor, and the centre's IQAs and administrators; each while they have that role."""
    if enrolment.centre_id != person.centre_id:
        return False
    if person.has(Role.IQA, Role.ADMINISTRATOR):
        return True
    learns = person.id == enrolment.learner_id and person.has(Role.LEARNER)
    return learns or (person.id == enrolment.assessor_id and person.has(Role.ASSESSOR))
