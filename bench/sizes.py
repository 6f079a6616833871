"""How much is measured: what the contract asks for, or very little to see that all of it runs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sizes:
    """Counts and lengths of one run."""

    centres: tuple[int, ...] = (30, 1000, 5000)
    """Learners in each centre."""
    rounds: int = 5
    """How often the yardstick and our pages take turns; the median of the ratios counts."""
    seconds: float = 1.5
    """Length of one turn."""
    saves: int = 120
    upload: int = 500 * 1000**2
    """Bytes."""
    more: int = 40
    """Accounts beyond the usual in the portfolio whose report is made."""


FULL = Sizes()
QUICK = Sizes(centres=(3,), rounds=1, seconds=0.1, saves=3, upload=6 * 1000**2, more=1)
