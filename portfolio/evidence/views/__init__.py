"""Pages on which learners gather evidence and point at the places that prove their marking points."""

from portfolio.evidence.views import claiming, gathering, testifying
from portfolio.evidence.views.blueprint import bp

__all__ = ["bp", "claiming", "gathering", "testifying"]
