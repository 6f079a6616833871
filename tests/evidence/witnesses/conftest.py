"""A browser for tests of witnesses."""

import pytest

from tests.evidence.witnesses.holding import Browser
from tests.fixtures.cast import House


@pytest.fixture
def browser(house: House) -> Browser:
    """A browser of somebody, whose forms need no token."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house.browser
