"""A form that is sent twice is known by its key, and is given the same answer."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No form is known yet."""
    op.create_table(
        "sent",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("address", sa.String(2000), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_sent_person_id_person"),
        sa.PrimaryKeyConstraint("person_id", "key", name="pk_sent"),
    )
    op.create_index("ix_sent_at", "sent", ["at"])


def downgrade() -> None:
    """Forget them: forms that were sent before would be done again."""
    op.drop_table("sent")
