"""What somebody found on a point lately is looked for by point and judge."""

from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing of what is there changes."""
    op.create_index("ix_judgement_point_id_by_id", "judgement", ["point_id", "by_id"])


def downgrade() -> None:
    """Look through all verdicts again."""
    op.drop_index("ix_judgement_point_id_by_id", "judgement")
