"""A file is kept with what its copies do not show, so that it can be said wherever they are shown."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Of files that were prepared before, nothing is known."""
    op.add_column("file", sa.Column("remarks", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("file", "remarks")
