"""Say of each version which fields its hash covers; the table is not made anew, which would lose its triggers."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All that was hashed before is of the first format."""
    op.add_column("version", sa.Column("hash_format", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Forget the numbers."""
    op.drop_column("version", "hash_format")
