"""What every test may ask for by name, whatever it tests."""

import os

import pytest
from hypothesis import settings

LONG = ("tests/faults/", "tests/bench/", "tests/sample/test_demo.py", "tests/journeys/test_every_page.py")
"""They take minutes: begun first, so that nobody waits for them at the end."""

pytest_plugins = [
    "tests.fixtures.once",
    "tests.fixtures.compiled",
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


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first; otherwise the order stays as it was drawn."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))
