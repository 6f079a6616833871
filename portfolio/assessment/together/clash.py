"""Two verdicts on one point that were given without sight of each other: held against each other field by field."""

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Said:
    """What the form of a verdict says."""

    verdict: str = ""
    shown: frozenset[str] = frozenset()
    """Refs of the parts that are shown."""
    feedback: str = ""
    grounds: str = ""
    """On which places it rests, as `grounds.said` has it."""


FIELDS = tuple(one.name for one in fields(Said))


@dataclass(frozen=True, slots=True)
class Clash:
    """What somebody wants to save, and what somebody else saved since they looked."""

    mine: Said
    theirs: Said
    merged: Said
    """What the form says when it comes back: mine where I changed it, theirs where only they did."""
    differing: tuple[str, ...]
    """The fields that both changed, each otherwise."""

    @property
    def all_theirs(self) -> bool:
        """Whether nothing of mine is left to be saved."""
        return self.merged == self.theirs


def merge(base: Said, theirs: Said, mine: Said) -> Clash:
    """Hold what I would save against what stands; both of us began with `base`."""
    changed = {name for name in FIELDS if getattr(mine, name) != getattr(base, name)}
    merged = Said(**{name: getattr(mine if name in changed else theirs, name) for name in FIELDS})
    differing = tuple(
        name
        for name in FIELDS
        if name in changed and getattr(theirs, name) not in (getattr(base, name), getattr(mine, name))
    )
    return Clash(mine, theirs, merged, differing)
