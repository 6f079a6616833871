"""Pages about witnesses: that of the holder of a link, and those of learners, assessors and the office."""

from portfolio.evidence.witnesses.views import answering, asking, checking, correcting
from portfolio.evidence.witnesses.views.blueprints import bp, holder

__all__ = ["answering", "asking", "bp", "checking", "correcting", "holder"]
