"""The whole house, in which a recording gives way after a few seconds of the processor."""

import os
import resource
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from app import create_app
from portfolio.evidence import media, preparing

HASTY_HOUSE = "tests.faults.arrivals.hasty:create"
SOON = "TESTS_SOON"
"""In the environment: seconds of processor time after which a recording gives way."""


def create() -> Flask:
    """As servers and workers of the tests start it: settings from the environment."""
    preparing.SOON = int(os.environ[SOON])
    return create_app()


def several_times(recording: Path) -> int:
    """Four times the seconds of processor time that a recording takes on this machine, and four at least."""
    before = _used()
    with TemporaryDirectory() as folder:
        media.prepare(recording, Path(folder))
    return max(4, ceil(4 * (_used() - before)))


def _used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
