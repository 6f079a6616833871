"""Pages on which work is handed in, judged and decided, and on which its learner reads what was found."""

from portfolio.assessment.views import flaws, learning, marking, merging, overseeing, phrases, responsible, ways_back
from portfolio.assessment.views.blueprint import bp

__all__ = ["bp", "flaws", "learning", "marking", "merging", "overseeing", "phrases", "responsible", "ways_back"]
