"""A waveform in fewer values: what paper draws of a recording, and what the log binds of it."""

from collections.abc import Sequence
from itertools import pairwise

ON_PAPER = 200
"""Values of loudness that paper draws."""


def thinned(peaks: Sequence[float], most: int = ON_PAPER) -> tuple[float, ...]:
    """The same loudness in at most `most` values at even steps, the loudest of each group."""
    if len(peaks) <= most:
        return tuple(peaks)
    edges = [round(at * len(peaks) / most) for at in range(most + 1)]
    return tuple(max(peaks[start:end]) for start, end in pairwise(edges))
