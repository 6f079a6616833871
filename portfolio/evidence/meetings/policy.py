"""Who may do what with meetings."""

from portfolio.evidence.meetings import queries
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.models import File
from portfolio.evidence.policy import may_see_work, may_testify_for
from portfolio.people.models import Person
from portfolio.people.rules import Role


def may_meet(person: Person, learner: Person) -> bool:
    """The learner's assessor plans an observation or a professional discussion with them."""
    return may_testify_for(person, learner)


def may_note(person: Person) -> bool:
    """Assessors write down what they see before they choose in whose record it is to stand."""
    return person.has(Role.ASSESSOR)


def may_see_attached(person: Person, file: File) -> bool:
    """Whoever may meet the learner of each of their own meetings to which they attached it."""
    return all(may_meet(person, meeting.learner) for meeting in queries.meetings_with(file, assessor_id=person.id))


def may_see_meeting(person: Person, meeting: Meeting) -> bool:
    """Whoever may see the learner's work sees what is planned and where it stands."""
    return may_see_work(person, meeting.learner)


def may_lead(person: Person, meeting: Meeting) -> bool:
    """The assessor who planned it, as long as they are an assessor of the learner, writes and signs."""
    return person.id == meeting.assessor_id and may_meet(person, meeting.learner)


def may_call_off(person: Person, meeting: Meeting) -> bool:
    """Any assessor of the learner: whoever planned it may be gone."""
    return may_meet(person, meeting.learner)


def may_leave(person: Person, meeting: Meeting) -> bool:
    """Any assessor of the learner lets a record stand as it was signed: whoever is changing it may be gone."""
    return may_meet(person, meeting.learner)


def may_answer(person: Person, meeting: Meeting) -> bool:
    """Only the learner signs as the learner."""
    return person.id == meeting.learner_id and person.has(Role.LEARNER)
