"""People are found by what their names, addresses and numbers look like, on every database alike."""

import sqlalchemy as sa
from alembic import op

from portfolio.people.rules import sought

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everybody who is there already can be found, too."""
    op.add_column("person", sa.Column("sought", sa.Text(), nullable=False, server_default=""))
    people = sa.table("person", *(sa.column(name) for name in ("id", "name", "email", "number", "sought")))
    connection = op.get_bind()
    for id, name, email, number in connection.execute(
        sa.select(people.c.id, people.c.name, people.c.email, people.c.number)
    ).all():
        found_by = sought(name, email, number)
        connection.execute(people.update().where(people.c.id == id).values(sought=found_by))


def downgrade() -> None:
    """It can be made again."""
    op.drop_column("person", "sought")
