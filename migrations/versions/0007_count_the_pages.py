"""A report is kept with the number of its pages, so that progress and lists can tell it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of reports that were made before, the number is not known."""
    with op.batch_alter_table("report") as report:
        report.add_column(sa.Column("pages", sa.Integer(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("report") as report:
        report.drop_column("pages")
