"""Where a centre is, and with what its learners begin."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is said of either yet."""
    op.add_column("centre", sa.Column("address", sa.String(500), nullable=False, server_default=""))
    op.add_column("centre", sa.Column("beginning", sa.String(300), nullable=False, server_default=""))


def downgrade() -> None:
    """Forget both."""
    op.drop_column("centre", "beginning")
    op.drop_column("centre", "address")
