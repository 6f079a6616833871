"""What every test may ask for by name, whatever it tests."""

import os

from hypothesis import settings

pytest_plugins = [
    "tests.fixtures.strictness",
    "tests.fixtures.postgres",
    "tests.fixtures.bucket",
    "tests.fixtures.browser",
    "tests.fixtures.validator",
    "tests.fixtures.frugal",
    "tests.fixtures.cast",
    "tests.fixtures.house",
    "tests.fixtures.sample",
]

settings.register_profile("here", deadline=None, print_blob=True)  # a busy machine is no fault
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)  # a fault found there is found again
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")
