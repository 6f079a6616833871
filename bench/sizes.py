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
    pictures: int = 200
    """Pages of the document that is drawn."""
    spoken: int = 8
    """Times that a text of forty seconds is read aloud and written down."""
    packed: int = 100
    """Learners of the large pack, with five originals each."""
    original: int = 1_120_000
    """Bytes of each of those."""
    sparse: int = 20 * 1000**3
    """Bytes of the pack that is to be taken in bounded memory."""
    proved: int = 8
    """Learners whose reports several workers make."""
    crews: tuple[int, ...] = (1, 2, 4)
    """Worker processes side by side."""
    shown: int = 100
    """Learners in the page that opens from a memory stick."""
    events: int = 1_000_000
    """Lines of the log that is walked."""
    more: int = 40
    """Accounts beyond the usual in the portfolio whose report is made."""
    ordinary: int = 20
    """The same for a report of forty pages, and"""
    long: int = 430
    """for one of some six hundred and forty."""
    units: int = 300
    """Units of a centre whose siblings are found."""


FULL = Sizes()
QUICK = Sizes(
    centres=(3,),
    rounds=1,
    seconds=0.1,
    saves=3,
    upload=6 * 1000**2,
    more=1,
    ordinary=1,
    long=2,
    pictures=4,
    spoken=1,
    packed=2,
    original=10_000,
    sparse=4 * 1000**2,
    proved=1,
    crews=(1, 2),
    shown=2,
    events=500,
    units=5,
)
