"""What tests of conversations share: something is said, each through the real operation in a transaction of its own."""

from portfolio.assessment import queries
from portfolio.assessment.conversations import operations
from portfolio.assessment.conversations.models import Comment, Conversation
from portfolio.assessment.conversations.queries import conversations_in
from portfolio.assessment.models import Assessment
from portfolio.evidence.places.locators import Locator, Whole
from portfolio.evidence.places.within import found
from portfolio.foundation.db import db, transaction
from portfolio.people.models import Person
from tests.fixtures import deeds


def version_of(assessment: Assessment) -> int:
    """The id of the first version that waits."""
    return queries.handed(deeds.the_round(assessment))[0].version_id


def claimed_place(assessment: Assessment, at: int = 0) -> Locator:
    """A place that the learner claimed."""
    round = deeds.the_round(assessment)
    return found(queries.claims_in(round)[at].locator, queries.handed(round)[0].version)


def say(assessment: Assessment, words: str = "What did he say?", *, place: Locator | None = None) -> Comment:
    """The assessor says something, of the whole item where no place is named."""
    with transaction():
        return operations.comment(
            assessment, version_of(assessment), place or Whole(), words, by=deeds.assessor_of(assessment)
        )


def answer(conversation: Conversation, words: str, *, by: Person) -> Comment:
    """Somebody answers."""
    with transaction():
        return operations.answer(conversation, words, by=by)


def read(conversation: Conversation, *, by: Person) -> None:
    """Somebody says that they read it."""
    with transaction():
        operations.mark_read(conversation, by=by)


def take_back(comment: Comment, *, by: Person) -> None:
    """Somebody takes back what they said."""
    with transaction():
        operations.take_comment_back(comment, by=by)


def said(assessment: Assessment) -> list[tuple[str, str, bool]]:
    """What is on record of the present round: who, what, whether it was read."""
    db.session.rollback()
    round = deeds.the_round(assessment)
    return [
        (one.by_name, one.words, one.read_at is not None) for talk in conversations_in(round) for one in talk.comments
    ]
