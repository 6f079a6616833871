"""A report is kept with its edition; an export with the look that somebody asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What was made before is the full report on A4."""
    with op.batch_alter_table("report") as report:
        report.add_column(sa.Column("edition", sa.String(length=10), nullable=False, server_default="full"))
    with op.batch_alter_table("export") as export:
        export.add_column(sa.Column("edition", sa.String(length=10), nullable=False, server_default="full"))
        export.add_column(sa.Column("look", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("export") as export:
        export.drop_column("look")
        export.drop_column("edition")
    with op.batch_alter_table("report") as report:
        report.drop_column("edition")
