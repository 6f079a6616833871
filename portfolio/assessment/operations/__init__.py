"""Writes about assessments: handing in, judging, deciding. Each deed reads the state afresh under the lock."""

from portfolio.assessment.operations.deciding import allocate, award, hand_over, refer, take_up, withdraw
from portfolio.assessment.operations.handing_in import claims_for, hand_in, manifest, take_back
from portfolio.assessment.operations.judging import Superseded, judge, unjudge

__all__ = [
    "Superseded",
    "allocate",
    "award",
    "claims_for",
    "hand_in",
    "hand_over",
    "judge",
    "manifest",
    "refer",
    "take_back",
    "take_up",
    "unjudge",
    "withdraw",
]
