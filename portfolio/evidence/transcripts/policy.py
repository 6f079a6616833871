"""Who writes down what is said in a recording, and who reads it."""

from portfolio.evidence import policy
from portfolio.evidence import queries as evidence
from portfolio.evidence.meetings import queries as meetings
from portfolio.evidence.meetings.policy import may_lead
from portfolio.evidence.models import Evidence, File
from portfolio.evidence.rules import MINUTED
from portfolio.evidence.transcripts import queries
from portfolio.evidence.transcripts.models import Transcript
from portfolio.people.models import Person


def may_word(person: Person, file: File) -> bool:
    """Whoever may write what is said for every item that holds it, one at least of which was not taken out.

    For a learner's own items that is the learner; for the record of a meeting, whoever leads the meeting.
    """
    items = evidence.items_with(file)
    return any(not item.removed_at for item in items) and all(_may_word_in(person, item) for item in items)


def _may_word_in(person: Person, item: Evidence) -> bool:
    if item.centre_id != person.centre_id:
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
