"""Pages on which meetings are planned, written down, and signed."""

from portfolio.evidence.meetings.views import planning, recording, signing
from portfolio.evidence.meetings.views.blueprint import bp

__all__ = ["bp", "planning", "recording", "signing"]
