"""People are found by what names look like in Arabic and Greek letters, too: what they are found by is made anew."""

import sqlalchemy as sa
from alembic import op

from portfolio.people.rules import sought

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make what everybody is found by anew."""
    people = sa.table("person", *(sa.column(name) for name in ("id", "name", "email", "number", "sought")))
    connection = op.get_bind()
    columns = (people.c.id, people.c.name, people.c.email, people.c.number)
    for id, name, email, number in connection.execute(sa.select(*columns)).all():
        found_by = sought(name, email, number)
        connection.execute(people.update().where(people.c.id == id).values(sought=found_by))


def downgrade() -> None:
    """What an older release finds people by is made by itself when they are changed."""
