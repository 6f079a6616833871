"""Who may ask witnesses, and who sees what came of it."""

from portfolio.evidence import policy
from portfolio.evidence.models import Evidence, Version
from portfolio.evidence.rules import STATED
from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.people.rules import Role


def may_ask(person: Person, learner: Person) -> bool:
    """The learner, and their assessors."""
    own = person.id == learner.id and policy.may_gather(person)
    return own or policy.may_testify_for(person, learner)


def may_see_requests(person: Person, learner: Person) -> bool:
    """Whoever may see the learner's work."""
    return policy.may_see_work(person, learner)


def may_handle(person: Person, request: WitnessRequest) -> bool:
    """Who asked is shown the link, as long as they may ask for that learner."""
    return person.id == request.by_id and may_ask(person, request.learner)


def may_remind(person: Person, request: WitnessRequest) -> bool:
    """Who asked; and once that was an assessor who may not any more, the learner's other assessors."""
    if may_handle(person, request):
        return True
    of_learner = request.by_id == request.learner_id
    gone = not (request.by.active and may_ask(request.by, request.learner))
    return gone and not of_learner and policy.may_testify_for(person, request.learner)


def may_take_back(person: Person, request: WitnessRequest) -> bool:
    """Whoever may remind, and the learner, whoever asked: it is about their work."""
    return may_remind(person, request) or (person.id == request.learner_id and may_ask(person, request.learner))


def may_open(person: Person, request: WitnessRequest) -> bool:
    """Whoever may take it back sees what was asked: the note, and the points."""
    return may_take_back(person, request)


def may_check(person: Person, version: Version) -> bool:
    """The learner's assessors check the witness of what they may see."""
    evidence = version.evidence
    stated = evidence.kind in STATED
    return stated and policy.may_testify_for(person, evidence.learner) and policy.may_see_version(person, version)


def may_see_questions(person: Person, learner: Person) -> bool:
    """The learner's assessors, and the centre's IQAs; never the learner."""
    if person.id == learner.id or not policy.may_see_work(person, learner):
        return False
    return person.has(Role.IQA) or policy.may_testify_for(person, learner)


def may_read_checks(person: Person, learner: Person) -> bool:
    """Whoever may see the work, but for the learner, reads what an assessor wrote about a check of a witness."""
    return person.id not in people.records_of(learner.id) and policy.may_see_work(person, learner)


def may_claim_offers(person: Person, evidence: Evidence) -> bool:
    """The learner, in what a witness signed."""
    return evidence.kind in STATED and policy.may_change(person, evidence)


def may_see_all(person: Person) -> bool:
    """IQAs and administrators see the witnesses of the whole centre."""
    return person.has(Role.IQA, Role.ADMINISTRATOR)
