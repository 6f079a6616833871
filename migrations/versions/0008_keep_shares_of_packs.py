"""What a pack holds of a learner is kept, so that nobody who did not change is read again."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is kept yet: the next pack makes it."""
    op.create_table(
        "kept_share",
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("report_sha256", sa.String(64), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["learner_id"], ["person.id"], name="fk_kept_share_learner_id_person"),
        sa.PrimaryKeyConstraint("learner_id", name="pk_kept_share"),
    )


def downgrade() -> None:
    """Take it away; it can be made again."""
    op.drop_table("kept_share")
