"""Who may take proof out of the house."""

from exports.models import Export
from portfolio.foundation.work.jobs import Job
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units import queries as units


def may_export(person: Person) -> bool:
    """IQAs and administrators make reports and packs of their centre."""
    return person.has(Role.IQA, Role.ADMINISTRATOR)


def may_export_learner(person: Person, learner: Person) -> bool:
    """Of learners at their own centre, and of whoever was one and has units."""
    if not may_export(person) or learner.centre_id != person.centre_id:
        return False
    return learner.has(Role.LEARNER) or bool(units.enrolments_of(learner.id))


def may_have_own(person: Person) -> bool:
    """Learners take a copy of their own report."""
    return person.has(Role.LEARNER)


def may_see(person: Person, export: Export) -> bool:
    """Exports stay within their centre; what learners asked for themselves stays theirs alone."""
    if export.is_own:
        return export.by_id in people.records_of(person.id) and may_have_own(person)
    return may_export(person) and export.centre_id == person.centre_id


def may_stop_jobs(person: Person) -> bool:
    """Administrators see what the worker has in hand."""
    return person.has(Role.ADMINISTRATOR)


def may_stop_job(person: Person, job: Job) -> bool:
    """And stop it, within their centre."""
    return may_stop_jobs(person) and job.centre_id == person.centre_id
