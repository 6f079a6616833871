"""The logo of a centre: which file of the store it is."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No centre has one yet."""
    op.add_column("centre", sa.Column("logo_sha256", sa.String(64), nullable=False, server_default=""))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("centre", "logo_sha256")
