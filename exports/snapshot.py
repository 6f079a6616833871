"""Rows of one learner → frozen facts; the only reader of rows in this storey.

The facts change when something of the learner's changes and at no other time: they are *as at* the learner's last line
in the log, so that an unchanged learner keeps their report.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from portfolio import VERSION
from portfolio.assessment import queries as assessments
from portfolio.assessment.models import Assessment, Judgement, Round
from portfolio.evidence import locators
from portfolio.evidence import queries as evidence
from portfolio.evidence.models import File, Version
from portfolio.foundation import audit
from portfolio.foundation.clock import stamp
from portfolio.people.models import Person
from portfolio.units import queries as units
from portfolio.units.models import Enrolment

from exports import facts

SOFTWARE = f"Markwell {VERSION}"
PEAKS = 200
"""Steps of loudness on paper."""


@dataclass(slots=True)
class _Shelf:
    """The versions that a report shows, each under its own ref."""

    versions: dict[int, Version] = field(default_factory=dict)

    def put(self, versions: Iterable[Version]) -> None:
        """Add versions that are claimed or were handed in."""
        for version in versions:
            self.versions.setdefault(version.id, version)

    def ref(self, version: Version) -> str:
        """`E3`, or `E3 v1` for an older version beside a newer one of the same item."""
        same = [other.number for other in self.versions.values() if other.evidence_id == version.evidence_id]
        item = version.evidence.ref
        return item if version.number == max(same, default=version.number) else f"{item} v{version.number}"

    def in_order(self) -> list[Version]:
        """By item, the newest version of each first."""
        return sorted(self.versions.values(), key=lambda one: (one.evidence.number, -one.number))


@dataclass(frozen=True, slots=True)
class _Unit:
    """One enrolment with its rows read."""

    enrolment: Enrolment
    assessment: Assessment | None
    rounds: Sequence[Round]
    judgements: Sequence[Judgement]
    claims: Sequence[object]
    """Those of the present round, or the live ones while nothing is handed in."""


def facts_of(learner: Person, *, codes: Collection[str] = ()) -> facts.Facts:
    """All facts of one learner, or of some of their units only."""
    live = evidence.claims_of(learner.id)
    chosen = [one for one in units.enrolments_of(learner.id) if not codes or one.edition.code in codes]
    read = [_read(enrolment, live) for enrolment in chosen]
    shelf = _Shelf()
    for unit in read:
        shelf.put(_versions(unit))
    events = tuple(_event(line) for line in audit.lines_about(learner.id))
    centre = learner.centre
    return facts.Facts(
        centre=facts.Centre(centre.id, centre.name, centre.number, centre.timezone, centre.language),
        learner=facts.Person(learner.id, learner.name, "learner", learner.number),
        qualification=centre.qualification,
        units=tuple(_unit(unit) for unit in read),
        evidence=tuple(_evidence(version, shelf) for version in shelf.in_order()),
        claims=_claims(read, shelf),
        judgements=tuple(fact for unit in read for fact in _judgements(unit)),
        events=events,
        head=facts.LogHead(events[-1].seq, events[-1].hash) if events else facts.LogHead(0, audit.GENESIS),
        as_at=events[-1].at if events else stamp(learner.joined_at),
        software=SOFTWARE,
    )


def _read(enrolment: Enrolment, live: Sequence[object]) -> _Unit:
    assessment = assessments.assessment_of(enrolment)
    if assessment is None:
        return _Unit(enrolment, None, (), (), _of_edition(live, enrolment))
    rounds = [round for round in assessments.rounds_of(assessment) if round.taken_back_at is None]
    claims = assessments.claims_in(rounds[-1]) if rounds else _of_edition(live, enrolment)
    return _Unit(enrolment, assessment, rounds, assessments.judgements(assessment), claims)


def _of_edition(claims, enrolment: Enrolment):  # type: ignore[no-untyped-def]
    return [claim for claim in claims if claim.point.edition_id == enrolment.edition_id]


def _versions(unit: _Unit) -> Iterable[Version]:
    if unit.rounds:
        return [handed.version for handed in assessments.handed(unit.rounds[-1])]
    return [claim.version for claim in unit.claims]  # type: ignore[attr-defined]


def _unit(unit: _Unit) -> facts.Unit:
    edition, enrolment = unit.enrolment.edition, unit.enrolment
    standing = assessments.standing(unit.judgements)
    return facts.Unit(
        code=edition.code,
        title=edition.title,
        level=edition.level,
        edition=edition.number,
        edition_sha256=edition.sha256,
        state=unit.assessment.state if unit.assessment else "gathering",
        assessor=enrolment.assessor.name if enrolment.assessor else "",
        iqa=enrolment.iqa.name if enrolment.iqa else "",
        points=tuple(
            facts.Point(
                ref=point.ref,
                text=point.text,
                parts=tuple(part["text"] for part in point.parts),
                methods=tuple(point.methods),
                verdict=(standing[point.id].verdict or "") if point.id in standing else "",
            )
            for point in edition.points
        ),
        rounds=tuple(_round(round) for round in unit.rounds),
        gaps=tuple((gap.point.ref, gap.reason) for gap in unit.rounds[-1].gaps) if unit.rounds else (),
    )


def _round(round: Round) -> facts.Round:
    handed = assessments.handed(round)
    return facts.Round(
        number=round.number,
        handed_in_at=stamp(round.handed_in_at),
        declaration=round.declaration,
        declared_by=round.declared_by,
        sources=round.sources,
        help=round.help,
        ai_use=round.ai_use,
        decision=round.decision,
        decided_at=stamp(round.decided_at) if round.decided_at else "",
        decided_by=round.decided_by.name if round.decided_by else "",
        feedback=round.feedback,
        versions=tuple((one.version.evidence.ref, one.version.number, one.sha256) for one in handed),
    )


def _evidence(version: Version, shelf: _Shelf) -> facts.Evidence:
    return facts.Evidence(
        id=version.evidence_id,
        ref=shelf.ref(version),
        title=version.title,
        kind=version.evidence.kind,
        happened_on=version.happened_on.isoformat() if version.happened_on else "",
        received_at=stamp(version.saved_at),
        context=version.context,
        confirmer=version.confirmer,
        version=version.number,
        sha256=version.sha256,
        text=version.text,
        html=version.html,
        plain=version.plain,
        files=tuple(_file(file, version) for file in version.files),
        testimony=_testimony(version),
    )


def _file(file: File, version: Version) -> facts.File:
    picture = None
    if file.picture_sha256:
        picture = facts.Picture(
            file.picture_sha256, "image/jpeg", file.picture_width or 1, file.picture_height or 1, _alt(file, version)
        )
    return facts.File(
        name=file.name,
        kind=file.kind,
        media_type=file.media_type,
        size=file.size,
        sha256=file.sha256,
        crc32=file.crc32,
        duration=file.duration,
        picture=picture,
        peaks=_fewer(file.peaks, PEAKS),
    )


def _alt(file: File, version: Version) -> str:
    kind = "Frame of the recording" if file.kind == "video" else "Picture"
    return f"{kind} “{file.name}”, part of “{version.title}”"


def _testimony(version: Version) -> facts.Testimony | None:
    said = version.testimony
    if not said:
        return None
    words = (said["witness"], said["job"], said["employer"], said["relationship"], said["contact"])
    return facts.Testimony(*words, said["expert"], said["knows_standards"], entered_by=version.saved_by.name)


def _claims(read: Sequence[_Unit], shelf: _Shelf) -> tuple[facts.Claim, ...]:
    """All claims, numbered through the report in the order of the evidence and of the places in it."""
    found = [(unit, claim) for unit in read for claim in unit.claims]
    order = {version.id: at for at, version in enumerate(shelf.in_order())}

    def place(pair):  # type: ignore[no-untyped-def]
        claim = pair[1]
        where = locators.read(claim.locator)
        return (order[claim.version_id], getattr(where, "start", -1), getattr(where, "end", -1), claim.id)

    refs = {point.id: point.ref for unit in read for point in unit.enrolment.edition.points}
    return tuple(
        facts.Claim(
            id=claim.id,
            number=number,
            unit=unit.enrolment.edition.code,
            point=refs[claim.point_id],
            evidence=shelf.ref(shelf.versions[claim.version_id]),
            locator=locators.read(claim.locator),
            reason=claim.reason,
        )
        for number, (unit, claim) in enumerate(sorted(found, key=place), start=1)
    )


def _judgements(unit: _Unit) -> Iterable[facts.Judgement]:
    standing = {one.id for one in assessments.standing(unit.judgements).values()}
    points = {point.id: point for point in unit.enrolment.edition.points}
    for one in unit.judgements:
        if one.verdict is None:
            continue
        point = points[one.point_id]
        yield facts.Judgement(
            id=one.id,
            unit=unit.enrolment.edition.code,
            point=point.ref,
            round=one.round.number,
            verdict=one.verdict,
            missing=tuple(part["text"] for part in point.parts if part["ref"] in one.missing),
            vacsr=tuple(one.vacsr),
            reason=one.reason,
            feedback=one.feedback,
            assessor=one.by_name,
            at=stamp(one.at),
            current=one.id in standing,
        )


def _event(line: dict[str, object]) -> facts.Event:
    said = {name: line[name] for name in ("seq", "at", "actor", "role", "deed", "subject", "hash")}
    return facts.Event(**said, facts=audit.canonical(line["facts"]))  # type: ignore[arg-type]


def _fewer(peaks: Sequence[float], steps: int) -> tuple[float, ...]:
    """The loudest of each stretch, so that `steps` values are left."""
    if len(peaks) <= steps:
        return tuple(peaks)
    cuts = [round(at * len(peaks) / steps) for at in range(steps + 1)]
    return tuple(max(peaks[start:end]) for start, end in pairwise(cuts))
