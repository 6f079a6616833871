"""Passwords go up into accounts and come back to their persons, and addresses that two centres share are told apart."""

import pytest

from portfolio.foundation.db import db, transaction
from portfolio.people import operations, queries
from portfolio.people.models import Account, Person
from portfolio.people.rules import Registration, Role
from tests.fixtures.cast import House
from tests.foundation.test_migrations import turned

pytestmark = pytest.mark.slow

ANN = "ann@freelance.example"


def rows() -> dict[str, tuple[str, str | None]]:
    """Name of each person → address and password, as the tables before accounts have them."""
    found = db.session.execute(db.text("SELECT name, email, password FROM person")).all()
    return {row.name: (row.email, row.password) for row in found}


def test_everybody_has_the_password_they_had_and_shared_addresses_are_told_apart(house: House) -> None:
    with transaction():
        shared = db.session.get_one(Account, house.person("dee").account_id).password
        for by, name in (("dee", "Ann Frey"), ("dot", "Ann Frey of Fell")):
            centre = house.person(by).centre
            person = operations.register(Registration(name, ANN, (Role.IQA,)), centre, by=house.person(by))
            person.account_id = house.person("dee").account_id
        bo = operations.register(
            Registration("Bo Lind", "bo@house.example", (Role.IQA,)), house.person("dee").centre, by=house.person("dee")
        )
        long = f"{'a' * 200}@{'b' * 45}.example"
        for by in ("dee", "dot"):
            who = house.person(by)
            operations.register(Registration(f"Long of {by}", long, (Role.IQA,)), who.centre, by=who)
        assert not bo.has_joined
    second = queries.people_by_email(ANN)[1].id
    turned(house, "0020", back=True)
    kept = rows()
    assert kept["Ann Frey"] == (ANN, shared)
    assert kept["Ann Frey of Fell"] == (f"ann+{second}@freelance.example", shared)
    assert kept["Bo Lind"] == ("bo@house.example", None)
    assert kept["Long of dee"][0] == long
    assert kept["Long of dot"][0] != long
    assert len(kept["Long of dot"][0]) <= 254
    assert len({email for email, _ in kept.values()}) == len(kept)
    turned(house, "head")
    ann = queries.person_by_email(f"ann+{second}@freelance.example")
    assert ann is not None
    assert ann.name == "Ann Frey of Fell"
    assert db.session.get_one(Account, ann.account_id).password == shared
    joined = [one for one in db.session.query(Person) if one.has_joined]
    assert len(joined) == len({one.account_id for one in joined}) == db.session.query(Account).count()
    with transaction():
        db.session.add(Account(password="one more"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_step_after_which_a_row_would_name_nobody_is_not_kept(house: House, caplog: pytest.LogCaptureFixture) -> None:
    dee = house.person("dee").id
    db.session.remove()
    with db.engine.connect() as connection:
        given = connection.connection.driver_connection
        assert given is not None
        given.execute("PRAGMA foreign_keys=OFF")
        given.execute(f"UPDATE person SET centre_id = 999 WHERE id = {dee}")
        given.execute("PRAGMA foreign_keys=ON")
    with pytest.raises(SystemExit):
        turned(house, "0020", back=True)
    assert "A row of person names one of centre that is not there." in caplog.text
    assert db.session.get_one(Person, dee).has_joined
    db.session.rollback()
    with db.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
