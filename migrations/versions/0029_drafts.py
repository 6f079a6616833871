"""What is typed and not saved is kept at the centre, too."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is kept yet; what devices keep is sent when they come back."""
    op.create_table(
        "sitting",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_sitting_person_id_person"),
        sa.PrimaryKeyConstraint("person_id", "key", name="pk_sitting"),
    )
    op.create_index("ix_sitting_person_id_place", "sitting", ["person_id", "place"])
    op.create_index("ix_sitting_at", "sitting", ["at"])


def downgrade() -> None:
    """Forget what is not saved at the centre; devices keep their own."""
    op.drop_table("sitting")
