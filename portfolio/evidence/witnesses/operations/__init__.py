"""Writes about witnesses: they are asked, answer by their link, and are checked by the assessor."""

from portfolio.evidence.witnesses.operations.answering import (
    correct,
    decline,
    ensure_answered,
    go_on,
    is_elsewhere,
    open_link,
    sign_answer,
    went_elsewhere,
    write_draft,
)
from portfolio.evidence.witnesses.operations.asking import ask, link_token, mail_again, remind, show_link, take_back
from portfolio.evidence.witnesses.operations.checking import check, move_requests
from portfolio.evidence.witnesses.operations.notifying import record_link_sent, record_link_unsent
from portfolio.evidence.witnesses.operations.tracing import (
    end_restored,
    forget_drafts,
    forget_traces,
    forget_witnesses,
    mark_of,
    note,
)

__all__ = [
    "ask",
    "check",
    "correct",
    "decline",
    "end_restored",
    "ensure_answered",
    "forget_drafts",
    "forget_traces",
    "forget_witnesses",
    "go_on",
    "is_elsewhere",
    "link_token",
    "mail_again",
    "mark_of",
    "move_requests",
    "note",
    "open_link",
    "record_link_sent",
    "record_link_unsent",
    "remind",
    "show_link",
    "sign_answer",
    "take_back",
    "went_elsewhere",
    "write_draft",
]
