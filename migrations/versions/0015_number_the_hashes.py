"""Say of each version which fields its hash covers."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All that was hashed before is of the first format."""
    with op.batch_alter_table("version") as table:
        table.add_column(sa.Column("hash_format", sa.Integer(), nullable=False, server_default="1"))


def downgrade() -> None:
    """Forget the numbers."""
    with op.batch_alter_table("version") as table:
        table.drop_column("hash_format")
