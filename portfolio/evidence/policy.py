"""Who may do what with evidence."""

from collections.abc import Callable

from portfolio.evidence import queries
from portfolio.evidence.models import Claim, Evidence, File, FilePage, Version
from portfolio.evidence.rules import Kind
from portfolio.people.models import Person
from portfolio.people.rules import Role
from portfolio.units import queries as units

HELD_ELSEWHERE: list[Callable[[Person, File], bool]] = []
"""Of rooms that hold files before these stand in an item: whether an assessor who sent one may see what holds it."""

SHOWN_ELSEWHERE: list[Callable[[Person, File], bool]] = []
"""Of rooms that show files beside items: whether somebody may see one there."""


def may_gather(person: Person) -> bool:
    """Learners gather evidence."""
    return person.has(Role.LEARNER)


def may_add(person: Person, _kind: Kind) -> bool:
    """Learners add evidence of every kind that is theirs to add."""
    return may_gather(person)


def may_see_work(person: Person, learner: Person) -> bool:
    """The learner; the assessor of one of their units; the centre's IQAs and administrators; each while they are it."""
    if learner.centre_id != person.centre_id:
        return False
    if person.has(Role.IQA, Role.ADMINISTRATOR) or (person.id == learner.id and may_gather(person)):
        return True
    return person.has(Role.ASSESSOR) and units.is_allocated(person.id, learner.id)


def may_see(person: Person, evidence: Evidence) -> bool:
    """Whoever may see its newest version."""
    return _may_see(person, queries.latest(evidence))


def may_see_version(person: Person, version: Version) -> bool:
    """Whoever may see the learner's work. Of an item that was taken out, others see what was handed in, and no more."""
    return _may_see(person, version)


def may_change(person: Person, evidence: Evidence) -> bool:
    """Only the learner claims places in their evidence, takes it out and puts it back."""
    return person.id == evidence.learner_id and person.has(Role.LEARNER)


def may_edit(person: Person, evidence: Evidence) -> bool:
    """The learner, as long as nobody else wrote it or signed it."""
    return may_change(person, evidence) and queries.is_own(evidence) and not queries.is_signed(evidence)


def may_change_claim(person: Person, claim: Claim) -> bool:
    """Only the learner changes their claims."""
    return person.id == claim.learner_id and person.has(Role.LEARNER)


def may_see_file(person: Person, file: File) -> bool:
    """Whoever sent it, and whoever may see an item that holds it, or what shows it elsewhere."""
    if _sent(person, file) or any(_may_see(person, version) for version in queries.versions_with(file)):
        return True
    return any(may_see(person, file) for may_see in SHOWN_ELSEWHERE)


def may_see_page(person: Person, page: FilePage) -> bool:
    """Whoever may see the document."""
    return may_see_file(person, page.file)


def may_prepare(person: Person, file: File) -> bool:
    """Whoever sent it, and the administrators of the centre, ask once more for what could not be prepared."""
    return person.centre_id == file.centre_id and (_sent(person, file) or person.has(Role.ADMINISTRATOR))


def may_testify_for(person: Person, learner: Person) -> bool:
    """The learner's assessor types in what a witness said."""
    return person.id != learner.id and person.has(Role.ASSESSOR) and may_see_work(person, learner)


def _sent(person: Person, file: File) -> bool:
    """A learner who sent it; an assessor who sent it, while they may see all that holds it by now."""
    if person.id != file.owner_id:
        return False
    allowed = (_may_see(person, version) for version in queries.versions_with(file))
    if may_gather(person):
        return True
    return person.has(Role.ASSESSOR) and all(allowed) and all(may_see(person, file) for may_see in HELD_ELSEWHERE)


def _may_see(person: Person, version: Version) -> bool:
    evidence = version.evidence
    if not may_see_work(person, evidence.learner):
        return False
    return evidence.removed_at is None or may_change(person, evidence) or queries.is_handed_in(version)
