"""Pages on which work is handed in, judged and decided, and on which its learner reads what was found."""

from portfolio.assessment.views import (
    by_point,
    changes,
    flaws,
    learning,
    marking,
    merging,
    overseeing,
    phrases,
    pointing,
    presence,
    responsible,
    ways_back,
)
from portfolio.assessment.views.blueprint import bp

__all__ = [
    "bp",
    "by_point",
    "changes",
    "flaws",
    "learning",
    "marking",
    "merging",
    "overseeing",
    "phrases",
    "pointing",
    "presence",
    "responsible",
    "ways_back",
]
