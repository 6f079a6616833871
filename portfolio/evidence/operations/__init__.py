"""Writes about evidence: items are added and saved as versions, places in them are claimed for marking points."""

from portfolio.evidence.operations.claiming import claim, ensure_within, loosen, remove_claim, restore_claim
from portfolio.evidence.operations.gathering import add, remove, restore, save, testify
from portfolio.evidence.operations.log_lines import record_copies
from portfolio.evidence.operations.merging import move_evidence

__all__ = [
    "add",
    "claim",
    "ensure_within",
    "loosen",
    "move_evidence",
    "record_copies",
    "remove",
    "remove_claim",
    "restore",
    "restore_claim",
    "save",
    "testify",
]
