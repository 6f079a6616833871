"""What the points of an edition mean is kept once a model of sentences has read them."""

import sqlalchemy as sa
from alembic import op

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was read yet: the worker reads in its next hour, and letters serve until then."""
    op.create_table(
        "edition_meanings",
        sa.Column("edition_id", sa.Integer(), nullable=False),
        sa.Column("model", sa.String(60), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["edition.id"], name="fk_edition_meanings_edition_id_edition"),
        sa.PrimaryKeyConstraint("edition_id", name="pk_edition_meanings"),
    )


def downgrade() -> None:
    """Forget what was read; letters serve."""
    op.drop_table("edition_meanings")
