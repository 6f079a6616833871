"""What a plan and the minutes of a meeting need, in which order entries stand, and the sentences that are signed."""

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from criteria.canonical import canonical
from portfolio.evidence.drafts import NO_DAY, Minutes, MinutesEntry
from portfolio.evidence.places.within import TOLERANCE
from portfolio.evidence.rules import MOST_CLAIMS, Kind
from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.lengths import ensure_fits
from portfolio.foundation.words.text import is_blank

Pairs = tuple[tuple[str, str], ...]
"""Code of the unit and ref of each marking point."""


class Sort(StrEnum):
    """What an entry of minutes is."""

    STEP = "step"
    QUESTION = "question"
    PRODUCT = "product"
    TOPIC = "topic"


SORTS: Mapping[str, tuple[Sort, ...]] = {
    Kind.OBSERVATION: (Sort.STEP, Sort.QUESTION, Sort.PRODUCT),
    Kind.DISCUSSION: (Sort.TOPIC, Sort.QUESTION, Sort.PRODUCT),
}
"""Which entries the minutes of each kind have."""
MEDIA_OF_MEETING = ("face to face", "by telephone", "by video")
PLAN_LENGTHS = {"title": 200, "place": 500, "present": 500, "third_parties": 500, "prepare": 2_000, "planned": 5_000}
ENTRY_LENGTHS = {"words": 5_000, "answer": 5_000}
CIRCUMSTANCES_LENGTHS = {"present": 500, "third_parties": 500, "conclusion": 5_000}
MOST_ENTRIES = 200
TO_SIGN_MAIL, DISPUTED_MAIL = "record to sign", "record disputed"
"""The kinds of mail about a record that waits for the learner, or that they do not agree to."""
NO_TITLE = "Give it a title, for example: Serving customers on a Saturday."
NO_PLAN = "Say what is planned, or choose the marking points that it is about."
NO_WORDS = "Write down what happened."
NO_ANSWER = "Write down the answer."
NO_TIME = "Write the time as hours and minutes, for example 10:42."
NO_SPAN = "Write minutes and seconds, for example 1:15."
BACKWARDS = "The end must come after the beginning."
UNMEASURED = "This recording is still being prepared, so its length is not known yet. Try again in a moment."
TOO_MANY = f"One record holds at most {MOST_ENTRIES} entries. Sign this one, and plan another."
FULL = (
    "The record would have {0:,} characters with this; {1:,} is the most. Make it shorter, or sign the record as it is "
    "and plan another one for the rest."
)
TOO_LONG = "This record has {0:,} characters; {1:,} is the most. Shorten or remove entries, then sign it."
TOO_MANY_POINTS = (
    "The entries of this record name {0:,} marking points in all; {1:,} is the most. Take some of them off, then sign."
)
NOTHING = "Nothing is written down yet. Add at least one step before you sign."
NOTHING_SAID = "Nothing is written down yet. Write down a topic, a question or your conclusion before you sign."

ASSESSORS_WORDS: Mapping[str, str] = {
    Kind.OBSERVATION: (
        "I observed this learner individually, also where others were there. "
        "This is a true record of what I saw and heard myself."
    ),
    Kind.DISCUSSION: (
        "This is a true record of my discussion with this learner. What they said is told as they said it."
    ),
}
"""What the assessor signs."""
LEARNER_AGREES = "I have read this record. It is a true account of what I did and said."
LEARNER_OBJECTS = "I have read this record. I do not agree with all of it, and say below with what."

_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)
_SECONDS = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,4}):)?(\d{1,6}(?:[.,]\d{1,3})?)", re.ASCII)


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """What the learner is told before: what it is about, when and where."""

    title: str
    held_on: date | None
    place: str = ""
    medium: str = ""
    planned: str = ""
    prepare: str = ""
    third_parties: str = ""
    agreed: Pairs = ()
    present: str = ""
    """Who else is there, beside the learner and the assessor."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is said of a meeting as a whole once it was held."""

    starts: str = ""
    ends: str = ""
    present: str = ""
    third_parties: str = ""
    conclusion: str = ""


def ensure_planned(plan: MeetingPlan) -> None:
    """Raise `Incomplete` for a plan without title or day, with neither words nor points, or with too many words."""
    if is_blank(plan.title):
        raise Incomplete(NO_TITLE, ("title",))
    if plan.held_on is None:
        raise Incomplete(NO_DAY, ("held_on",))
    if is_blank(plan.planned) and not plan.agreed:
        raise Incomplete(NO_PLAN, ("planned",))
    ensure_fits(plan, PLAN_LENGTHS)


def ensure_described(said: Circumstances) -> None:
    """Raise `Incomplete` for a time that is none, or too many words."""
    for name in ("starts", "ends"):
        if getattr(said, name) and not is_time(getattr(said, name)):
            raise Incomplete(NO_TIME, (name,))
    ensure_fits(said, CIRCUMSTANCES_LENGTHS)


def ensure_sound(entry: MinutesEntry, kind: str, durations: Mapping[str, float | None]) -> None:
    """Raise `Incomplete` for an entry that is none of `kind`, lacks its words or its answer, has a time that is none or
    too many words, or whose seconds do not lie in its recording. `durations` gives seconds by a recording's SHA-256.
    """
    if entry.sort not in SORTS[kind]:
        raise Incomplete("Choose what it is.", ("sort",))
    if is_blank(entry.words):
        raise Incomplete(NO_WORDS, ("words",))
    if entry.sort == Sort.QUESTION and is_blank(entry.answer):
        raise Incomplete(NO_ANSWER, ("answer",))
    if entry.at and not is_time(entry.at):
        raise Incomplete(NO_TIME, ("at",))
    ensure_fits(entry, ENTRY_LENGTHS)
    if entry.start is not None or entry.end is not None:
        _ensure_span(entry, durations)


def _ensure_span(entry: MinutesEntry, durations: Mapping[str, float | None]) -> None:
    if entry.start is None or entry.end is None:
        raise Incomplete(NO_SPAN, ("begins" if entry.start is None else "ends",))
    if not 0 <= entry.start < entry.end:
        raise Incomplete(BACKWARDS, ("ends",))
    if entry.file not in durations:
        raise Incomplete("Attach the recording first, then mark its parts.", ("begins",))
    lasts = durations[entry.file]
    if lasts is None:
        raise Incomplete(UNMEASURED, ("ends",))
    if entry.end > lasts + TOLERANCE:
        raise Incomplete(f"The recording ends at {clocked(lasts)}.", ("ends",))


def ensure_signable(kind: str, minutes: Minutes) -> None:
    """Raise `Incomplete` for an observation without an entry, a discussion with neither entry nor conclusion, or more
    marking points, counted in each entry, than can be claimed in one item.
    """
    named = sum(len(entry.points) for entry in minutes.entries)
    if named > MOST_CLAIMS:
        raise Incomplete(TOO_MANY_POINTS.format(named, MOST_CLAIMS))
    if not minutes.entries and kind == Kind.OBSERVATION:
        raise Incomplete(NOTHING)
    if not minutes.entries and is_blank(minutes.conclusion):
        raise Incomplete(NOTHING_SAID)


def ordered(entries: Iterable[MinutesEntry], starts: str = "", files: Sequence[str] = ()) -> tuple[MinutesEntry, ...]:
    """Entries by their recording, in the order of `files` (SHA-256), and their seconds in it; then by the time of the
    day; what has neither stands at the end. A time more than twelve hours before `starts` is of the next day.
    """
    place = {sha256: number for number, sha256 in reversed(list(enumerate(files)))}
    return tuple(sorted(entries, key=lambda entry: _order(entry, starts, place)))


def _order(entry: MinutesEntry, starts: str, place: Mapping[str, int]) -> tuple[int, int, float]:
    if entry.start is not None:
        return (0, place.get(entry.file, len(place)), entry.start)
    if not entry.at:
        return (2, 0, 0)
    early = starts and _minutes(starts) - _minutes(entry.at) > 12 * 60
    return (1, 0, _minutes(entry.at) + (24 * 60 if early else 0))


def is_time(text: str) -> bool:
    """Whether it is a time of the day: `10:42`."""
    return _TIME.fullmatch(text) is not None


def timed(text: str) -> str:
    """A time of the day in two digits each, `9:05` as `09:05`; anything else as it is."""
    return text.zfill(5) if is_time(text) else text


def _minutes(at: str) -> int:
    hours, _, minutes = at.partition(":")
    return int(hours) * 60 + int(minutes)


def seconds(text: str) -> float | None:
    """Seconds from `1:15.3`, `1:02:03`, `75` or `75,5`, to a tenth; None for anything else."""
    found = _SECONDS.fullmatch(text.strip())
    if not found:
        return None
    hours, minutes, rest = found.groups()
    return round(int(hours or 0) * 3600 + int(minutes or 0) * 60 + float(rest.replace(",", ".")), 1)


def clocked(value: float) -> str:
    """Seconds as they are typed: `1:15.3`, `1:02:03.0`."""
    tenths = round(value * 10)
    hours, minutes, rest = tenths // 36_000, tenths // 600 % 60, tenths % 600
    tail = f"{rest // 10:02}.{rest % 10}"
    return f"{hours}:{minutes:02}:{tail}" if hours else f"{minutes}:{tail}"


def digest_of(entry: MinutesEntry) -> str:
    """SHA-256 of all that an entry says: what tells it from another one that stands in its place later."""
    return hashlib.sha256(canonical(asdict(entry)).encode()).hexdigest()


def minutes_of(said: Mapping[str, Any]) -> Minutes:
    """Minutes from their JSON; fields that are not there are empty."""
    entries = tuple(MinutesEntry(**one | {"points": pairs(one.get("points", ()))}) for one in said.get("entries", ()))
    return Minutes(**dict(said) | {"agreed": pairs(said.get("agreed", ())), "entries": entries})


def pairs(written: Iterable[Sequence[Any]]) -> Pairs:
    """Codes and refs from their JSON, each once."""
    return tuple(dict.fromkeys((str(code), str(ref)) for code, ref in written))


def planned_into(plan: MeetingPlan, minutes: Minutes) -> Minutes:
    """The minutes with what the plan says."""
    return replace(
        minutes, medium=plan.medium, planned=plan.planned, agreed=plan.agreed, present=plan.present
    )  # fmt: skip


def described(said: Circumstances, minutes: Minutes) -> Minutes:
    """The minutes with what is said of the meeting as a whole."""
    starts, ends = timed(said.starts), timed(said.ends)
    return replace(minutes, starts=starts, ends=ends, present=said.present, conclusion=said.conclusion)
