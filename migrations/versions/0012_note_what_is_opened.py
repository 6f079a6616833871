"""Who opened somebody else's work, and who took an original away, is on record once a day."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was noted before."""
    op.create_table(
        "opening",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_opening_person_id_person"),
        sa.PrimaryKeyConstraint("person_id", "subject", "day", name="pk_opening"),
    )


def downgrade() -> None:
    """Take it away; the log keeps its lines."""
    op.drop_table("opening")
