"""The rows that the people and things of one centre's story have become, by their names in the story."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from portfolio.evidence.models import Evidence
from portfolio.people.models import Centre, Person
from portfolio.units.models import Edition, EditionPoint, Enrolment
from portfolio.units.qualifications.models import QualificationEdition
from sample.originals import SampleOriginal
from sample.story.facts import SampleCentre
from sample.story.points import PointRef


@dataclass(frozen=True, slots=True)
class DatedDeed:
    """Something that somebody does, and when."""

    at: datetime
    do: Callable[[], object]


@dataclass(slots=True)
class Cast:
    """The rows of one centre, filled as its story is told."""

    story: SampleCentre
    originals: Mapping[str, SampleOriginal]
    """Files in the store, by name."""
    centre: Centre
    people: dict[str, Person] = field(default_factory=dict)
    """By key: staff and learners."""
    editions: dict[str, Edition] = field(default_factory=dict)
    qualifications: dict[str, QualificationEdition] = field(default_factory=dict)
    """By number."""
    enrolments: dict[tuple[str, str], Enrolment] = field(default_factory=dict)
    """By the learner's key and the unit's code."""
    evidence: dict[tuple[str, str], Evidence] = field(default_factory=dict)
    """By the learner's key and the item's."""

    @property
    def administrator(self) -> Person:
        """Who registers, enrols and allocates."""
        return next(self.people[one.key] for one in self.story.staff if "administrator" in one.roles)

    def points(self, refs: Iterable[PointRef]) -> list[EditionPoint]:
        """The rows of these points."""
        return [self.point(ref) for ref in refs]

    def point(self, ref: PointRef) -> EditionPoint:
        """The row of a point."""
        return next(point for point in self.editions[ref.unit].points if point.ref == ref.ref)
