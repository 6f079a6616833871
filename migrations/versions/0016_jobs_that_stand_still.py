"""When each job last moved, so that one that stands still can say so."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Jobs of before moved when they began."""
    op.add_column("job", sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Forget when."""
    op.drop_column("job", "moved_at")
