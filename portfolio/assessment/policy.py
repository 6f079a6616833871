"""Who may do what with assessments: duties stay apart."""

from portfolio.assessment.models import Assessment
from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units.models import EditionPoint, Enrolment
from portfolio.units.policy import may_see_enrolment


def may_mark(person: Person) -> bool:
    """Assessors have a queue; IQAs and administrators read it."""
    return person.is_staff


def may_judge_some(person: Person) -> bool:
    """Assessors mark one point across their learners."""
    return person.has(Role.ASSESSOR)


def may_walk(person: Person, point: EditionPoint) -> bool:
    """The points of the centre's own units."""
    return may_judge_some(person) and point.edition.centre_id == person.centre_id


def may_hand_in(person: Person, enrolment: Enrolment) -> bool:
    """Only the learner hands in their own work."""
    return person.id == enrolment.learner_id and person.has(Role.LEARNER)


def may_see(person: Person, assessment: Assessment) -> bool:
    """The learner, the allocated assessor, and the centre's IQAs and administrators."""
    return may_see_enrolment(person, assessment.enrolment)


def may_see_marking(person: Person, assessment: Assessment) -> bool:
    """The allocated assessor, and read-only the centre's IQAs and administrators; never the learner."""
    return person.id != assessment.enrolment.learner_id and may_see(person, assessment)


def may_judge(person: Person, assessment: Assessment) -> bool:
    """Only the allocated assessor while they have that role, and never their own work."""
    enrolment = assessment.enrolment
    allocated = person.id == enrolment.assessor_id != enrolment.learner_id
    return allocated and person.has(Role.ASSESSOR) and person.centre_id == assessment.centre_id


def may_reopen(person: Person, enrolment: Enrolment) -> bool:
    """Administrators and IQAs open awards of their centre again, and never their own."""
    office = person.has(Role.ADMINISTRATOR, Role.IQA) and enrolment.centre_id == person.centre_id
    return office and person.id != enrolment.learner_id


def may_allocate(person: Person, enrolment: Enrolment) -> bool:
    """Administrators allocate assessors and IQAs at their centre."""
    return person.has(Role.ADMINISTRATOR) and enrolment.centre_id == person.centre_id
