"""Two records of one person are merged: which record has whose work now."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody's records were merged yet."""
    op.create_table(
        "merged_record",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_merged_record_person_id_person")),
        sa.ForeignKeyConstraint(["into_id"], ["person.id"], name=op.f("fk_merged_record_into_id_person")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_merged_record_by_id_person")),
        sa.CheckConstraint("into_id <> person_id", name=op.f("ck_merged_record_into_another")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_merged_record")),
    )
    op.create_index(op.f("ix_merged_record_into_id"), "merged_record", ["into_id"])


def downgrade() -> None:
    """Forget which records were merged; the log still tells of it."""
    op.drop_table("merged_record")
