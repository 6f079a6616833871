"""Who may take proof out of the house."""

from exports.models import Export
from portfolio.people.models import Person
from portfolio.people.rules import Role


def may_export(person: Person) -> bool:
    """IQAs and administrators make reports and packs of their centre."""
    return person.has(Role.IQA, Role.ADMINISTRATOR)


def may_export_learner(person: Person, learner: Person) -> bool:
    """Of learners at their own centre."""
    return may_export(person) and learner.centre_id == person.centre_id and learner.has(Role.LEARNER)


def may_see(person: Person, export: Export) -> bool:
    """Exports stay within their centre."""
    return may_export(person) and export.centre_id == person.centre_id
