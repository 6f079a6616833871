"""What an assessor writes down where there is no line, before it stands in a record: kept as a draft of theirs.

The page on which it is written knows no learner and no meeting, so that a device may keep it.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime

from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.queries import Course
from portfolio.evidence.meetings.rules import SORTS
from portfolio.foundation.drafts import operations, queries
from portfolio.foundation.drafts.models import Sitting
from portfolio.foundation.drafts.rules import KEPT, Turn
from portfolio.foundation.requests.sent import new_key
from portfolio.people.models import Person

PLACE = "noted"
"""Under which such words lie among the drafts of a person."""


@dataclass(frozen=True, slots=True)
class Noted:
    """What was seen or said, of whom, and when; times as they were typed."""

    whom: str
    sort: str
    words: str
    answer: str = ""
    day: str = ""
    at: str = ""
    begins: str = ""
    ends: str = ""


@dataclass(frozen=True, slots=True)
class WaitingNote:
    """Words that wait for their meeting; `key` is that of their sitting."""

    key: str
    noted: Noted
    until: datetime
    """When it is thrown away, unless it stands in a record by then."""


def keep(noted: Noted, *, by: Person) -> None:
    """Keep it until it stands in a record, for as long as drafts are kept. Refused as drafts are."""
    words = json.dumps(asdict(noted), ensure_ascii=False)
    operations.keep(PLACE, Turn(new_key(), 1), words, person_id=by.id)


def waiting(person: Person) -> list[WaitingNote]:
    """What a person wrote down and did not put into a record, in the order in which it came."""
    return [_read(one) for one in reversed(queries.drafts(person.id, [PLACE]))]


def note(key: str, *, viewer: Person) -> WaitingNote | None:
    """One of the viewer's own that still waits."""
    found = queries.sitting(viewer.id, key)
    return _read(found) if found and found.place == PLACE and not found.ended else None


def throw_away(note: WaitingNote, *, by: Person) -> None:
    """Nobody wants it any more."""
    operations.end([Turn(note.key)], person_id=by.id)


def fitting(noted: Noted, courses: Iterable[Course]) -> list[Meeting]:
    """The meetings whose record can hold it."""
    return [one.meeting for one in courses if noted.sort in SORTS[one.meeting.kind]]


def for_record(noted: Noted, held_on: date | None, *, index: bool) -> Noted:
    """As the form of a record takes it: what that has no field for stands before the words, so that nothing is lost."""
    span = "–".join(filter(None, (noted.begins, noted.ends)))
    another_day = noted.day if held_on is None or noted.day != held_on.isoformat() else ""
    told = ", ".join(filter(None, (another_day, noted.at if index else span)))
    words = f"{told}: {noted.words}" if told else noted.words
    return replace(noted, words=words)


def _read(one: Sitting) -> WaitingNote:
    return WaitingNote(one.key, Noted(**json.loads(one.words)), one.at + KEPT)
