"""The house in which drafts are kept."""

import pytest

from tests.fixtures.cast import House


@pytest.fixture
def open_house(house: House) -> House:
    """Without the tokens, which these tests are not about."""
    house.app.config["WTF_CSRF_ENABLED"] = False
    return house
