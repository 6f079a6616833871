"""Reads the sample centres' story from `content/` and refuses one that does not hang together."""

import tomllib
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from criteria import catalogue
from criteria.qualification import GroupUnit, Qualification, UnitGroup
from portfolio.assessment.rules import Verdict
from portfolio.evidence.rules import Kind
from sample.story import others
from sample.story.facts import (
    STAGES,
    PassageClaim,
    RoundStory,
    SampleCentre,
    SampleClaim,
    SampleEnrolment,
    SampleFlaw,
    SampleItem,
    SampleLearner,
    SampleTestimony,
    SampleVerdict,
    SpanClaim,
    Staff,
    WholeClaim,
)
from sample.story.points import BrokenStory, PointRef

CONTENT = Path(__file__).parents[1] / "content"
Facts = Mapping[str, Any]
"""One table of a TOML file."""


@cache
def centres() -> tuple[SampleCentre, ...]:
    """The whole story: Harbour Street Training first, then the neighbour who must see none of it.

    Raises `BrokenStory` where a file of it contradicts another.
    """
    return tuple(_centre(path.parent) for path in sorted(CONTENT.glob("*/centre.toml")))


def learner(key: str) -> SampleLearner:
    """The learner with this key, whichever the centre. Raises `BrokenStory` when there is none."""
    for centre in centres():
        for person in centre.learners:
            if person.key == key:
                return person
    raise BrokenStory(f"No learner is called “{key}”.")


def _centre(folder: Path) -> SampleCentre:
    facts = _toml(folder / "centre.toml")
    zone = ZoneInfo(facts["timezone"])
    learners = tuple(_learner(path, zone) for path in sorted(folder.glob("learners/*.toml")))
    staff = tuple(Staff(**{**one, "roles": tuple(one["roles"])}) for one in facts["staff"])
    told = {key: facts[key] for key in ("name", "number", "timezone", "language", "qualification", "about")}
    told |= {
        "logo": facts.get("logo", ""),
        "qualifications": tuple(map(_qualification, facts.get("qualifications", ()))),
    }
    centre = SampleCentre(key=folder.name, staff=staff, learners=learners, **told)
    _ensure_staff_exist(centre)
    return centre


def _qualification(facts: Facts) -> Qualification:
    """With units as the product ships them."""
    known = {unit.code: GroupUnit(unit.code, unit.title, unit.credit) for unit in catalogue.units()}
    groups = tuple(
        UnitGroup(one["title"], tuple(known[code] for code in one["units"]), one.get("needed"))
        for one in facts["groups"]
    )
    told = {key: facts[key] for key in ("title", "number", "level", "body")}
    return Qualification(credit=None, groups=groups, **told)


def _learner(path: Path, zone: ZoneInfo) -> SampleLearner:
    facts = _toml(path)
    told = {key: facts[key] for key in ("name", "email", "number", "employer", "work")}
    person = SampleLearner(
        key=path.stem,
        stage=_one_of(STAGES, facts["stage"], path),
        enrolments=tuple(_enrolment(one, zone) for one in facts["enrolments"]),
        qualifications=tuple(facts.get("qualifications", ())),
        items=tuple(_item(one, path) for one in facts.get("items", ())),
        requests=tuple(others.request(one, zone, _texts(one, path)) for one in facts.get("requests", ())),
        meetings=tuple(others.meeting(one, zone) for one in facts.get("meetings", ())),
        **told,
    )
    _ensure_enrolled(person)
    return person


def _item(facts: Facts, path: Path) -> SampleItem:
    told = {key: facts[key] for key in ("key", "title", "happened_on", "context", "confirmer")}
    texts = tuple(_text(path.parent.parent / "texts" / name) for name in facts["texts"])
    claims = tuple(_claim(one) for one in facts.get("claims", ()))
    item = SampleItem(
        kind=_one_of(tuple(Kind), facts["kind"], path),
        texts=texts,
        media=tuple(facts.get("media", ())),
        claims=claims,
        testimony=SampleTestimony(**facts["testimony"]) if "testimony" in facts else None,
        **told,
    )
    if any(claim.version > item.versions for claim in claims):
        raise BrokenStory(f"{path.name}: a claim on “{item.title}” names a version that does not exist.")
    return item


def _texts(facts: Facts, path: Path) -> dict[str, str]:
    """The text that a request names, by the name of its file."""
    names = [facts["text"]] if "text" in facts else []
    return {name: _text(path.parent.parent / "texts" / name) for name in names}


def _claim(facts: Facts) -> SampleClaim:
    points = tuple(PointRef.of(text) for text in facts["points"])
    reason, version = facts.get("reason", ""), facts.get("version", 1)
    if "quote" in facts:
        return PassageClaim(facts["quote"], points, reason, version)
    if "span" in facts:
        start, end = facts["span"]
        return SpanClaim(float(start), float(end), points, reason, version)
    return WholeClaim(points, reason, version)


def _enrolment(facts: Facts, zone: ZoneInfo) -> SampleEnrolment:
    unit = facts["unit"]
    return SampleEnrolment(
        unit=unit,
        assessor=facts["assessor"],
        iqa=facts["iqa"],
        rounds=tuple(_round(number, one, unit, zone) for number, one in enumerate(facts.get("rounds", ()), start=1)),
        gaps=tuple((PointRef(unit, ref), why) for ref, why in facts.get("gaps", {}).items()),
        withdrawn=facts.get("withdrawn", ""),
        withdrawn_at=_moment(facts["withdrawn_at"], zone) if "withdrawn_at" in facts else None,
    )


def _round(number: int, facts: Facts, unit: str, zone: ZoneInfo) -> RoundStory:
    decided = facts.get("decided_at")
    return RoundStory(
        number=number,
        handed_in_at=_moment(facts["handed_in_at"], zone),
        sources=facts["sources"],
        help=facts["help"],
        ai_use=facts["ai_use"],
        flaws=tuple(SampleFlaw(one["item"], tuple(one["fails"]), one["reason"]) for one in facts.get("flaws", ())),
        verdicts=tuple(_verdict(one, unit) for one in facts.get("verdicts", ())),
        decision=facts.get("decision", ""),
        decided_at=_moment(decided, zone) if decided else None,
        feedback=facts.get("feedback", ""),
    )


def _verdict(facts: Facts, unit: str) -> SampleVerdict:
    return SampleVerdict(
        point=PointRef(unit, facts["point"]),
        verdict=_one_of(tuple(Verdict), facts["verdict"], unit),
        feedback=facts["feedback"],
        missing=tuple(facts.get("missing", ())),
    )


def _ensure_staff_exist(centre: SampleCentre) -> None:
    for enrolment in (one for person in centre.learners for one in person.enrolments):
        if "assessor" not in centre.person(enrolment.assessor).roles:
            raise BrokenStory(f"{enrolment.assessor} judges {enrolment.unit} but is no assessor.")
        if "iqa" not in centre.person(enrolment.iqa).roles:
            raise BrokenStory(f"{enrolment.iqa} verifies {enrolment.unit} but is no IQA.")


def _ensure_enrolled(person: SampleLearner) -> None:
    units = {enrolment.unit for enrolment in person.enrolments}
    for point in (p for item in person.items for claim in item.claims for p in claim.points):
        if point.unit not in units:
            raise BrokenStory(f"{person.name} claims {point.unit}.{point.ref} without being enrolled on it.")


def _moment(local: datetime, zone: ZoneInfo) -> datetime:
    return local.replace(tzinfo=zone)


def _one_of(allowed: tuple[str, ...], word: str, where: object) -> str:
    if word not in allowed:
        raise BrokenStory(f"{where}: “{word}” is none of {', '.join(allowed)}.")
    return word


def _toml(path: Path) -> Facts:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _text(path: Path) -> str:
    if not path.is_file():
        raise BrokenStory(f"{path} is missing.")
    return path.read_text(encoding="utf-8")
