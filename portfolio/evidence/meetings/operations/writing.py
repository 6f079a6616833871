"""What happens at a meeting is written down, entry by entry, with its circumstances and files, until it is signed."""

from collections.abc import Sequence
from dataclasses import asdict, replace

from portfolio.evidence import queries as evidence
from portfolio.evidence.drafts import Minutes, MinutesEntry
from portfolio.evidence.meetings import queries
from portfolio.evidence.meetings.lifecycle import MeetingStep
from portfolio.evidence.meetings.models import Meeting
from portfolio.evidence.meetings.operations.planning import STALE, ensure_room, ensure_theirs, hold_open, record, saved
from portfolio.evidence.meetings.rules import (
    MOST_ENTRIES,
    TOO_MANY,
    Circumstances,
    described,
    digest_of,
    ensure_described,
    ensure_sound,
    minutes_of,
    ordered,
    timed,
)
from portfolio.evidence.models import File
from portfolio.evidence.rules import MOST_FILES, Kind
from portfolio.foundation.clock import local_time, now
from portfolio.foundation.errors import Conflict, Missing, OutOfTurn, Refused
from portfolio.foundation.log.deeds import Deed
from portfolio.people.models import Person

SAVED_SINCE = "Something was saved since, so the entry cannot be put back. Write it down once more."
ANOTHER = (
    "This number is of another entry by now, so nothing was changed. Copy what you typed, go back to the record, "
    "and open the entry that you mean."
)
NOT_THERE = "One of the files is not there any more. Send it again."
FILES = f"One record holds at most {MOST_FILES} files."
POINTED_AT = "Entries point at parts of this recording. Change or remove those first."


def write(meeting: Meeting, entry: MinutesEntry) -> None:
    """Add an entry in its place; without a time, an entry of an observation is of now, at the centre.

    Raises `Incomplete` as `ensure_sound` and `ensure_room` do, and for a point of a unit that is not the learner's;
    `OutOfTurn` by the table. Refused for more than `MOST_ENTRIES`.
    """
    hold_open(meeting, MeetingStep.WRITE)
    minutes = minutes_of(meeting.minutes)
    if len(minutes.entries) >= MOST_ENTRIES:
        raise Refused(TOO_MANY)
    _put(meeting, minutes, (*minutes.entries, _sound(meeting, entry)))


def change_entry(meeting: Meeting, number: int, entry: MinutesEntry, *, based_on: int, seen: str) -> None:
    """Put an entry in the place of that with this `number`, counted from 0.

    Raises `Conflict` where somebody saved since `based_on`, or where the entry is none with the digest `seen`;
    `Missing` for another number, else as `write` does.
    """
    minutes = _seen(meeting, number, based_on, seen)
    others = (*minutes.entries[:number], *minutes.entries[number + 1 :])
    _put(meeting, minutes, (*others[:number], _sound(meeting, entry), *others[number:]))


def remove_entry(meeting: Meeting, number: int, *, based_on: int, seen: str) -> None:
    """Take an entry out; it can be put back until something else is saved. Raises as `change_entry` does."""
    minutes = _seen(meeting, number, based_on, seen)
    taken_out = {"number": number, "entry": asdict(minutes.entries[number])}
    _put(meeting, minutes, (*minutes.entries[:number], *minutes.entries[number + 1 :]))
    meeting.taken_out = taken_out


def restore_entry(meeting: Meeting) -> None:
    """Put the entry back that was removed last. Raises `OutOfTurn` by the table, or if something was saved since."""
    hold_open(meeting, MeetingStep.WRITE)
    if meeting.taken_out is None:
        raise OutOfTurn(SAVED_SINCE)
    number, minutes = meeting.taken_out["number"], minutes_of(meeting.minutes)
    (entry,) = minutes_of({"entries": [meeting.taken_out["entry"]]}).entries
    _put(meeting, minutes, (*minutes.entries[:number], entry, *minutes.entries[number:]))


def describe(meeting: Meeting, said: Circumstances, *, based_on: int) -> None:
    """Say when it began and ended, who was there, and what it came to; nothing is saved where nothing changed.

    Raises `Conflict` where somebody saved since `based_on`, `Incomplete` as `ensure_described` and `ensure_room` do,
    `OutOfTurn`.
    """
    hold_open(meeting, MeetingStep.WRITE)
    if meeting.saved != based_on:
        raise Conflict(STALE)
    ensure_described(said)
    minutes = minutes_of(meeting.minutes)
    changed = described(said, minutes)
    if (changed, said.third_parties) == (minutes, meeting.third_parties):
        return
    _put(meeting, changed, changed.entries, name="conclusion")
    meeting.third_parties = said.third_parties


def attach(meeting: Meeting, ids: Sequence[int], *, by: Person) -> None:
    """Attach files that `by` sent. Raises `OutOfTurn` by the table, `Incomplete` as `ensure_room` does. Refused for too
    many, or one that is not there.
    """
    hold_open(meeting, MeetingStep.WRITE)
    fresh = tuple(dict.fromkeys(id for id in ids if id not in meeting.files))
    found = evidence.files(fresh, owner=by)
    if len(found) != len(fresh):
        raise Refused(NOT_THERE)
    if len(meeting.files) + len(fresh) > MOST_FILES:
        raise Refused(FILES)
    ensure_room(meeting, minutes_of(meeting.minutes), [*queries.files_of(meeting), *found], name="uploads")
    if fresh:
        meeting.files = [*meeting.files, *fresh]
        _begun(meeting)


def detach(meeting: Meeting, file: File) -> None:
    """Take a file off. Raises `OutOfTurn` by the table. Refused where an entry points at a part of it."""
    hold_open(meeting, MeetingStep.WRITE)
    if any(entry.file == file.sha256 for entry in minutes_of(meeting.minutes).entries):
        raise Refused(POINTED_AT)
    if file.id in meeting.files:
        meeting.files = [id for id in meeting.files if id != file.id]
        _begun(meeting)


def leave(meeting: Meeting, *, by: Person) -> None:
    """Let go of all that was changed since the assessor signed; where nothing was, and the learner does not agree, let
    it stay so, which the log tells. Raises `OutOfTurn` by the table.
    """
    hold_open(meeting, MeetingStep.LEAVE)
    if meeting.saved == meeting.signed:
        meeting.left_at = now()
        record(Deed.MEETING_LEFT, meeting, by=by)
        return
    assert meeting.evidence is not None, "the table leaves only what was signed"
    version = evidence.latest(meeting.evidence)
    meeting.title, meeting.held_on, meeting.place = version.title, version.happened_on, version.context
    meeting.third_parties, meeting.minutes = version.third_parties, version.minutes or {}
    meeting.files = [file.id for file in version.files]
    saved(meeting)
    meeting.signed = meeting.saved


def _seen(meeting: Meeting, number: int, based_on: int, seen: str) -> Minutes:
    """The minutes as whoever changes an entry has seen them."""
    hold_open(meeting, MeetingStep.WRITE)
    if meeting.saved != based_on:
        raise Conflict(STALE)
    minutes = minutes_of(meeting.minutes)
    if not 0 <= number < len(minutes.entries):
        raise Missing
    if digest_of(minutes.entries[number]) != seen:
        raise Conflict(ANOTHER)
    return minutes


def _sound(meeting: Meeting, entry: MinutesEntry) -> MinutesEntry:
    """The entry, if all of it holds: with a time where it needs one, and an answer only where it is a question."""
    if not entry.at and meeting.kind == Kind.OBSERVATION:
        entry = replace(entry, at=local_time(meeting.learner.centre.timezone))
    entry = replace(entry, at=timed(entry.at), answer=entry.answer if entry.sort == "question" else "")
    recordings = {file.sha256: file.duration for file in queries.recordings_of(meeting)}
    ensure_sound(entry, meeting.kind, recordings)
    ensure_theirs(entry.points, meeting.learner)
    return entry


def _put(meeting: Meeting, minutes: Minutes, entries: Sequence[MinutesEntry], *, name: str = "words") -> None:
    files = queries.files_of(meeting)
    minutes = replace(minutes, entries=ordered(entries, minutes.starts, [file.sha256 for file in files]))
    ensure_room(meeting, minutes, files, name=name)
    meeting.minutes = asdict(minutes)
    _begun(meeting)


def _begun(meeting: Meeting) -> None:
    meeting.begun_at = meeting.begun_at or now()
    saved(meeting)
