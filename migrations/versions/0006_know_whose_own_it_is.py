"""A learner's copy of their own report is known by a column, so that lists can leave it out."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was asked for before is known by its edition and its one learner."""
    with op.batch_alter_table("export") as export:
        export.add_column(sa.Column("is_own", sa.Boolean(), nullable=False, server_default=sa.false()))
    table = sa.table(
        "export", sa.column("id"), sa.column("by_id"), sa.column("edition"), sa.column("is_own"),
        sa.column("learners", sa.JSON()),
    )  # fmt: skip
    connection = op.get_bind()
    copies = connection.execute(
        sa.select(table.c.id, table.c.by_id, table.c.learners).where(table.c.edition == "learner")
    )
    own = [id for id, by_id, learners in copies if learners == [by_id]]
    connection.execute(sa.update(table).where(table.c.id.in_(own)).values(is_own=True))


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("export") as export:
        export.drop_column("is_own")
