"""A centre keeps a register of its policies and procedures."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """The register is empty."""
    op.create_table(
        "procedure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("place", sa.String(300), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("registered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name="fk_procedure_centre_id_centre"),
        sa.ForeignKeyConstraint(["follows_id"], ["procedure.id"], name="fk_procedure_follows_id_procedure"),
        sa.PrimaryKeyConstraint("id", name="pk_procedure"),
    )
    op.create_index("ix_procedure_centre_id", "procedure", ["centre_id"])


def downgrade() -> None:
    """Forget the register; evidence says itself to what it refers, and the log keeps its lines."""
    op.drop_table("procedure")
