"""What every test may ask for by name, whatever it tests; which tests come first, and how many at once."""

import os

import pytest
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

LONG = (
    "tests/faults/", "tests/bench/", "tests/sample/test_demo.py", "tests/journeys/test_every_page.py",
    "tests/architecture/", "tests/exports/facts/test_bound.py", "tests/gate/test_fuzz.py",
    "tests/docs/test_operations.py",
)  # fmt: skip
"""They take minutes: begun first, so that nobody waits for them at the end."""
APART = ("tests/sample/test_demo.py", "tests/journeys/test_every_page.py", "tests/gate/test_fuzz.py")
"""Long tests that share little: each goes to the next process that is free, not all of a file to the same one."""
TOGETHER = "tests/architecture/"
"""Every file of ours is parsed for them: once, in one process."""
BROWSERS = {"browser", "browser_page", "chromium"}
"""Fixtures that open one."""

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
    "tests.foundation.mail.postbox",
    "tests.fixtures.sample",
]

settings.register_profile("here", deadline=None, print_blob=True)  # a busy machine is no fault
settings.register_profile("ci", settings.get_profile("here"), derandomize=True)  # a fault found there is found again
settings.load_profile("ci" if os.environ.get("CI") == "true" else "here")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long ones first; otherwise the order stays as it was drawn."""
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.hookimpl
def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what opens a browser or works on PostgreSQL, so that `make quick` can leave it out and nobody forgets to."""
    asked = set(getattr(item, "fixturenames", ()))
    if asked & BROWSERS:
        item.add_marker("browser")
    if any("postgres" in name for name in asked) or "postgresql" in item.nodeid.partition("[")[2]:
        item.add_marker("postgresql")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two processes for each processor: half of their time they wait for browsers, servers and databases."""
    return 2 * len(os.sched_getaffinity(0))


class ByFile(LoadFileScheduling):
    """All tests of a file to one process, but for those of `APART` and `TOGETHER`."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(TOGETHER):
            return TOGETHER
        return nodeid if nodeid.startswith(APART) else super()._split_scope(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    """Who does what."""
    return ByFile(config, log)
