"""Pages on which meetings are planned, written down, and signed."""

from portfolio.evidence.meetings.views import noting, planning, recording, signing
from portfolio.evidence.meetings.views.blueprint import bp

__all__ = ["bp", "noting", "planning", "recording", "signing"]
