"""What a meeting's record says by now, as a draft of the item that it becomes."""

from portfolio.evidence import content
from portfolio.evidence.content import Content
from portfolio.evidence.drafts import LENGTHS, Draft
from portfolio.evidence.meetings import queries
from portfolio.evidence.meetings.composing import compose_minutes
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.recordings import called
from portfolio.evidence.meetings.rules import minutes_of


def composed(meeting: Meeting) -> Content:
    """The item, its text composed of the minutes and converted; costs time, so before a transaction.

    Raises `TooBig` as `prose.to_html` does.
    """
    minutes = minutes_of(meeting.minutes)
    draft = Draft(
        title=meeting.title,
        happened_on=meeting.held_on,
        context=meeting.place,
        confirmer=f"{meeting.assessor.name}, assessor"[: LENGTHS["confirmer"]],
        third_parties=meeting.third_parties,
        text=compose_minutes(meeting.kind, minutes, called(queries.files_of(meeting))).text,
        files=tuple(meeting.files),
        minutes=minutes,
    )
    return content.compose(draft)
