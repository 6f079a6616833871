"""Who took the file of an export away, and when."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One row a transfer."""
    op.create_table(
        "taking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_taking_by_id_person")),
        sa.ForeignKeyConstraint(["export_id"], ["export.id"], name=op.f("fk_taking_export_id_export")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taking")),
    )
    op.create_index(op.f("ix_taking_export_id"), "taking", ["export_id"])


def downgrade() -> None:
    """Forget it."""
    op.drop_index(op.f("ix_taking_export_id"), "taking")
    op.drop_table("taking")
