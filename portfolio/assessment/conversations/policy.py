"""Who takes part in a conversation, and who reads along."""

from portfolio.assessment import policy
from portfolio.assessment.conversations.models import Comment, Conversation
from portfolio.assessment.models import Assessment
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
