"""What the tests of meetings share."""

import pytest

from tests.fixtures.cast import House


@pytest.fixture
def open_house(house: House) -> House:
    """The house, whose forms need no token."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house
