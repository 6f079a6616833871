"""An upgrade loses nothing, can be taken back, and ends with the very tables that the programs expect."""

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from exports import operations, queries
from exports.editions.look import Look, ReportEdition
from portfolio.foundation.db import db, transaction
from portfolio.foundation.log import audit
from tests.fixtures.cast import MIGRATIONS, House

pytestmark = pytest.mark.slow


def turned(house: House, revision: str, *, back: bool = False) -> None:
    """Bring the house's database to `revision`, in a request of its own."""
    db.session.remove()
    with house.app.app_context():
        (flask_migrate.downgrade if back else flask_migrate.upgrade)(directory=str(MIGRATIONS), revision=revision)
        db.session.remove()


@pytest.mark.usefixtures("house")
def test_the_migrated_tables_are_those_that_the_programs_name() -> None:
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_server_default": False})
        assert compare_metadata(context, db.metadata) == []


def test_everything_is_there_after_a_way_back_and_forth(house: House) -> None:
    with transaction():
        ada, dee = house.person("ada"), house.person("dee")
        own = operations.ask_report(ada, look=Look(ReportEdition.LEARNER), by=ada).id
        theirs = operations.ask_report(ada, look=Look(ReportEdition.LEARNER), by=dee).id
    turned(house, "0005", back=True)
    turned(house, "head")
    ada = house.person("ada")
    assert [export.id for export in db.session.scalars(queries.own_exports(ada.id))] == [own]
    assert [export.id for export in db.session.scalars(queries.exports_of(ada.centre_id))] == [theirs]
    assert audit.check_kept(ada.centre_id) is None


def test_the_first_tables_can_be_reached_and_left_again(house: House) -> None:
    turned(house, "0001", back=True)
    turned(house, "head")
    assert audit.check_kept(house.person("ada").centre_id) is None
