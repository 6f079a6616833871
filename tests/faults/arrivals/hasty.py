"""The whole house, in which a recording gives way after a few seconds of the processor."""

from flask import Flask

from app import create_app
from portfolio.evidence import preparing

HASTY_HOUSE = "tests.faults.arrivals.hasty:create"
SOON = 4
"""Seconds of processor time: a short recording takes one, most of it for loading libraries."""


def create() -> Flask:
    """As servers and workers of the tests start it: settings from the environment."""
    preparing.SOON = SOON
    return create_app()
