"""Who writes down what is said in a recording, and who reads it."""

from portfolio.evidence import policy
from portfolio.evidence import queries as evidence
from portfolio.evidence.meetings import queries as meetings
from portfolio.evidence.meetings.policy import may_lead
from portfolio.evidence.models import File
from portfolio.evidence.rules import MINUTED
from portfolio.evidence.transcripts import queries
from portfolio.evidence.transcripts.models import Transcript
from portfolio.people.models import Person


def may_word(person: Person, file: File) -> bool:
    """The learner of the item that holds it; of the record of a meeting, whoever leads the meeting."""
    item = evidence.item_with(file)
    if item is None or item.removed_at or item.centre_id != person.centre_id:
        return False
    if item.kind in MINUTED:
        meeting = meetings.about(item)
        return meeting is not None and may_lead(person, meeting)
    return policy.may_change(person, item)


def may_read(person: Person, transcript: Transcript) -> bool:
    """Whoever sees the recording; what was removed, and drafts that no captions show, only whoever may write them."""
    if transcript.state == "confirmed" and not transcript.removed_at:
        return True
    shown = queries.shown(transcript.file)
    return (shown is not None and shown.id == transcript.id) or may_word(person, transcript.file)
