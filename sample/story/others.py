"""What others say of a learner's work in the story: requests to witnesses, and meetings with the assessor."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sample.media.scripts import Script
from sample.story.points import PointRef


@dataclass(frozen=True, slots=True)
class SampleCheck:
    """That an assessor, by key, made sure of a witness."""

    by: str
    how: str
    means: str
    on: date
    at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """What a witness signed."""

    at: datetime
    happened_on: date
    context: str
    text: str
    job: str
    employer: str
    contact: str
    expert: bool
    knows_standards: bool
    check: SampleCheck | None = None


@dataclass(frozen=True, slots=True)
class SampleRequest:
    """Somebody is asked for what they saw; without address by a link that the learner hands over."""

    kind: str
    name: str
    relation: str
    email: str
    note: str
    points: tuple[PointRef, ...]
    asked_at: datetime
    opened_at: datetime | None = None
    answer: SampleAnswer | None = None
    declined_at: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """One entry of minutes; of a recording the turns of its script that it is about, the first and the last."""

    sort: str
    words: str
    answer: str = ""
    at: str = ""
    turns: tuple[int, int] | None = None
    points: tuple[PointRef, ...] = ()

    def span(self, told: Script) -> tuple[float, float] | None:
        """Its seconds in the recording; None where it names no turns."""
        return (told.turns[self.turns[0]].start, told.turns[self.turns[1]].end) if self.turns else None


@dataclass(frozen=True, slots=True)
class SampleMeeting:
    """An observation or a professional discussion, from the plan to both signatures."""

    kind: str
    title: str
    assessor: str
    planned_at: datetime
    held_on: date
    place: str
    prepare: str
    planned: str
    agreed: tuple[PointRef, ...]
    starts: str
    ends: str
    present: str
    conclusion: str
    entries: tuple[SampleEntry, ...]
    signed_at: datetime
    learner_signed_at: datetime
    medium: str = ""
    third_parties: str = ""
    comment: str = ""
    media: str = ""
    """Name of the recording; empty for none."""


Told = Mapping[str, Any]
"""One table of a TOML file."""


def request(told: Told, zone: ZoneInfo, texts: Mapping[str, str]) -> SampleRequest:
    """A request as it stands in the story; `texts` by the name of their file."""
    named = {name: told[name] for name in ("kind", "name", "relation", "email", "note")}
    return SampleRequest(
        points=_points(told["points"]), asked_at=told["asked_at"].replace(tzinfo=zone),
        opened_at=_moment(told, "opened_at", zone), answer=_answer(told, zone, texts),
        declined_at=_moment(told, "declined_at", zone), reason=told.get("reason", ""), **named,
    )  # fmt: skip


def meeting(told: Told, zone: ZoneInfo) -> SampleMeeting:
    """A meeting as it stands in the story."""
    moments = {name: told[name].replace(tzinfo=zone) for name in ("planned_at", "signed_at", "learner_signed_at")}
    rest = {name: value for name, value in told.items() if name not in (*moments, "agreed", "entries")}
    return SampleMeeting(agreed=_points(told["agreed"]), entries=tuple(map(_entry, told["entries"])), **moments, **rest)


def _answer(told: Told, zone: ZoneInfo, texts: Mapping[str, str]) -> SampleAnswer | None:
    if "signed_at" not in told:
        return None
    names = ("happened_on", "context", "job", "employer", "contact", "expert", "knows_standards")
    named = {name: told[name] for name in names}
    checked = told.get("checked")
    check = SampleCheck(**checked | {"at": checked["at"].replace(tzinfo=zone)}) if checked else None
    return SampleAnswer(at=told["signed_at"].replace(tzinfo=zone), text=texts[told["text"]], check=check, **named)


def _entry(told: Told) -> SampleEntry:
    named = {name: told[name] for name in ("sort", "words", "answer", "at") if name in told}
    turns = (told["turns"][0], told["turns"][1]) if "turns" in told else None
    return SampleEntry(turns=turns, points=_points(told.get("points", ())), **named)


def _points(texts: list[str]) -> tuple[PointRef, ...]:
    return tuple(map(PointRef.of, texts))


def _moment(told: Told, name: str, zone: ZoneInfo) -> datetime | None:
    return told[name].replace(tzinfo=zone) if name in told else None
