"""What a meeting's record says by now, as a draft of the item that it becomes."""

from portfolio.evidence import content
from portfolio.evidence.content import Content
from portfolio.evidence.drafts import LENGTHS, Draft
from portfolio.evidence.meetings import queries
from portfolio.evidence.meetings.composing import text_of
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.recordings import called
from portfolio.evidence.meetings.rules import TOO_LONG, minutes_of
from portfolio.foundation.errors import TooBig
from portfolio.foundation.words import prose


def composed(meeting: Meeting) -> Content:
    """The item, its text composed of the minutes and converted; costs time, so before a transaction.

    Raises `TooBig` for more than `prose.LONGEST` characters.
    """
    minutes = minutes_of(meeting.minutes)
    text = text_of(meeting.kind, minutes, called(queries.files_of(meeting)))
    if len(text) > prose.LONGEST:
        raise TooBig(TOO_LONG.format(len(text), prose.LONGEST))
    draft = Draft(
        title=meeting.title,
        happened_on=meeting.held_on,
        context=meeting.place,
        confirmer=f"{meeting.assessor.name}, assessor"[: LENGTHS["confirmer"]],
        third_parties=meeting.third_parties,
        text=text,
        files=tuple(meeting.files),
        minutes=minutes,
    )
    return content.compose(draft)
