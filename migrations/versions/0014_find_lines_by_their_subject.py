"""Lines of the log are found by what they are about: what a report prints is held against them."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lay the index."""
    op.create_index("ix_event_subject", "event", ["subject"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_event_subject", "event")
