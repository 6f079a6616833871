"""Who may do what with qualifications and programmes."""

from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units.qualifications.models import Programme, QualificationEdition


def may_see_qualification(person: Person, qualification: QualificationEdition) -> bool:
    """Everybody reads the qualifications of their own centre."""
    return qualification.centre_id == person.centre_id


def may_publish_again(person: Person, qualification: QualificationEdition) -> bool:
    """Administrators publish new editions at their own centre."""
    return person.has(Role.ADMINISTRATOR) and qualification.centre_id == person.centre_id


def may_change_programme(person: Person, programme: Programme) -> bool:
    """Administrators choose the units of learners of their own centre."""
    return person.has(Role.ADMINISTRATOR) and programme.centre_id == person.centre_id
