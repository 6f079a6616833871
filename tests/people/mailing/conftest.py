"""The people of these tests."""

import pytest

from portfolio.foundation.db import transaction
from portfolio.people import operations
from portfolio.people.rules import Registration, Role
from tests.fixtures.cast import House
from tests.foundation.mail.postbox import SENDER, Postbox
from tests.people.mailing.desk import ADDRESS, Desk


@pytest.fixture
def street(house: House, postbox: Postbox) -> House:
    """The house with a mail server, and three learners who have no password."""
    house.sets(mail=postbox.url, mail_from=SENDER, address="http://markwell.example")
    with transaction():
        for nick in ("ann", "bea", "cas"):
            stated = Registration(f"{nick.capitalize()} Doe", ADDRESS.format(nick), (Role.LEARNER,))
            operations.register(stated, house.person("dee").centre, by=house.person("dee"))
    return house


@pytest.fixture
def dee(street: House) -> Desk:
    return Desk(street)
