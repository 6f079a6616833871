"""A device of ada's, whose browser can be killed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.fixtures.house import Street
from tests.journeys.capture.capturing import Device


@pytest.fixture
def device(street: Street, browser: Browser, tmp_path: Path) -> Iterator[Device]:
    """The browser of this test's own device."""
    device = Device(street, tmp_path / "profile", browser.browser_type)
    yield device
    device.closed()
