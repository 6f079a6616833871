"""What pages show of the conversations of a round, as far as whoever looks takes part in them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from criteria.canonical import canonical
from portfolio.assessment.against import Against
from portfolio.assessment.conversations import policy, queries
from portfolio.assessment.conversations.models import Comment, Conversation
from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment, Round
from portfolio.assessment.panes import Pane, pane_of
from portfolio.assessment.queries import Before, sheets, standing_rounds
from portfolio.evidence.places.grouping import Place
from portfolio.people.models import Person


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation, beside the evidence that it is about."""

    conversation: Conversation
    place: Place
    marked: bool
    """Whether the place is marked in the evidence, by its number."""
    viewer: Person

    @property
    def mine(self) -> bool:
        """Whether the viewer takes part."""
        return policy.takes_part(self.viewer, self.conversation.round.assessment)

    @property
    def waits(self) -> bool:
        """Whether anything more can be said."""
        return waits(self.conversation.round)

    @property
    def new(self) -> list[Comment]:
        """What the viewer has not said to have read."""
        return [one for one in self.conversation.comments if self.mine and self._is_new(one)]

    def may_go(self, comment: Comment) -> bool:
        """Whether the viewer can take a comment back: the last one, their own, and not read."""
        standing = [one for one in self.conversation.comments if not one.taken_back_at]
        own = self.mine and comment.by_id == self.viewer.id
        return own and self.waits and not comment.read_at and standing[-1:] == [comment]

    def _is_new(self, comment: Comment) -> bool:
        learns = self.viewer.id == self.conversation.round.assessment.enrolment.learner_id
        return comment.by_learner != learns and not comment.read_at and not comment.taken_back_at


@dataclass(slots=True)
class _At:
    """Where a conversation is, as places are grouped."""

    id: int
    version_id: int
    point_id: int
    locator: Any
    reason: str


def waits(round: Round) -> bool:
    """Whether a round is the one that waits for verdicts."""
    assessment = round.assessment
    return assessment.state == State.HANDED_IN and round.number == assessment.round and not round.taken_back_at


def talks(round: Round, panes: Sequence[Pane], *, viewer: Person) -> Mapping[int, list[Talk]]:
    """The conversations of a round about what these panes show, by version. Nothing is read where nothing was said."""
    found = defaultdict[int, list[Talk]](list)
    if not round.assessment.comments:
        return found
    shown = {pane.version.id: pane for pane in panes}
    for one in queries.conversations_in(round):
        if pane := shown.get(one.version_id):
            found[one.version_id].append(_talk(one, pane, viewer))
    return found


def said_before(assessment: Assessment, before: Before, *, viewer: Person) -> list[Talk]:
    """What was said of a version in the round in which it was handed in before."""
    rounds = [one for one in standing_rounds(assessment) if one.number == before.round] if assessment.comments else []
    panes = [pane for round in rounds for pane in panes_of(round) if pane.version.id == before.version_id]
    return talks(rounds[0], panes, viewer=viewer)[before.version_id] if panes else []


def _talk(conversation: Conversation, pane: Pane, viewer: Person) -> Talk:
    here = canonical(conversation.locator)
    marked = next((one for one in pane.places if canonical(one.claims[0].locator) == here), None)
    alone = pane_of(pane.version, [_at(conversation)], Against(), None).places[0] if marked is None else marked
    return Talk(conversation, alone, marked is not None, viewer)


def panes_of(round: Round) -> list[Pane]:
    """The evidence of a round about which something was said, with those places marked in it."""
    where = [_at(one) for one in queries.conversations_in(round)]
    about = {one.version_id for one in where}
    return [pane_of(sheet, where, Against(), None) for sheet in sheets(round) if sheet.id in about]


def _at(conversation: Conversation) -> _At:
    return _At(conversation.id, conversation.version_id, 0, conversation.locator, "")
