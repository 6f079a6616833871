"""Who takes part in a conversation, and who reads along."""

from portfolio.assessment import policy
from portfolio.assessment.conversations import queries
from portfolio.assessment.conversations.models import Comment, Conversation
from portfolio.assessment.models import Assessment
from portfolio.evidence.models import File
from portfolio.people.models import Person
from portfolio.people.rules import Role


def takes_part(person: Person, assessment: Assessment) -> bool:
    """The learner, and whoever judges their work; IQAs and administrators read."""
    learns = person.id == assessment.enrolment.learner_id and person.has(Role.LEARNER)
    return learns or policy.may_judge(person, assessment)


def may_answer(person: Person, conversation: Conversation) -> bool:
    """Whoever takes part answers, and says that it was read."""
    return takes_part(person, conversation.round.assessment)


def may_take_back(person: Person, comment: Comment) -> bool:
    """Whoever said it, while they take part."""
    return person.id == comment.by_id and may_answer(person, comment.conversation)


def may_hear(person: Person, file: File) -> bool:
    """Whoever may see the conversation in which it was spoken, until it was taken back."""
    return any(policy.may_see(person, one) for one in queries.spoken_about(file, shown=True))


def may_hear_own(person: Person, file: File) -> bool:
    """Whether an assessor who spoke it may see every conversation that holds it; of any other file there is none."""
    return all(policy.may_see(person, one) for one in queries.spoken_about(file))
