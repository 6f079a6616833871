"""What one absence says."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Absence:
    """One thing that is absent: where, what, and the rule that asks for it."""

    where: str
    what: str
    rule: str
    point: str = ""
    """Ref of the marking point that it is about, where it is about one."""
