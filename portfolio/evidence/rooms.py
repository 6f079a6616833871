"""The blueprints of this storey, for the application to register."""

from portfolio.evidence import views
from portfolio.evidence.captures import views as captures
from portfolio.evidence.meetings import views as meetings
from portfolio.evidence.procedures import views as procedures
from portfolio.evidence.transcripts import views as transcripts
from portfolio.evidence.views import downloads, logos, pages, uploads
from portfolio.evidence.witnesses.views import bp, holder

ROOMS = (
    views.bp, uploads.bp, downloads.bp, pages.bp, transcripts.bp, logos.bp, captures.bp, procedures.bp, meetings.bp,
    holder, bp,
)  # fmt: skip
