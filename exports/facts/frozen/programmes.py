"""A qualification that a learner works towards, as it is frozen: what it asks for, and how far they are."""

from dataclasses import dataclass

from criteria.qualification import Qualification, Reached


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """One programme of a learner."""

    id: int
    qualification: Qualification
    edition: int
    sha256: str
    """Of what the edition says: criteria.qualification tells over what."""
    begun_at: str
    units: tuple[str, ...]
    """Codes of the units that were chosen."""
    reached: Reached
    """Of all units of the learner, also where a report tells of some of them."""
    groups: tuple[Reached, ...]
    """The same for each group of the qualification."""
