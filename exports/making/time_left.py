"""How far a pack is and how long it will still take, in words."""

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime

from portfolio.foundation.words.sizes import filesize
from portfolio.foundation.words.text import plural

KNOWN = 2
"""Reports after which the pace is known."""
RECENT = 10
"""Reports whose pace counts: those that were made before take no time, and are not spread evenly."""


@dataclass(slots=True)
class Pace:
    """Watches reports being finished, one after the other."""

    total: int
    size: int = 0
    """Bytes of the reports so far."""
    pages: int = 0
    """Pages of the same reports."""
    moments: deque[datetime] = field(default_factory=lambda: deque(maxlen=RECENT + 1))

    def add(self, size: int, pages: int) -> None:
        """Count one more report."""
        self.size, self.pages = self.size + size, self.pages + pages

    def told(self, done: int, moment: datetime) -> str:
        """What is said when `done` reports are finished at `moment`."""
        self.moments.append(moment)
        so_far = f", {plural(self.pages, 'page')} ({filesize(self.size)}) so far" if self.size else ""
        return f"Typesetting report {done + 1} of {self.total}{so_far}{self._left(done)}"

    def _left(self, done: int) -> str:
        seen = len(self.moments) - 1
        if seen < KNOWN:
            return ""
        each = (self.moments[-1] - self.moments[0]).total_seconds() / seen
        return f", {left(each * (self.total - done))} left"


def left(seconds: float) -> str:
    """About how long, as people say it."""
    if seconds < 50:
        return "less than a minute"
    if seconds < 50 * 60:
        return f"about {plural(max(1, round(seconds / 60)), 'minute')}"
    return f"about {plural(max(1, round(seconds / 3600)), 'hour')}"
