"""What evidence fails in is said once for an item, and a verdict keeps which of that held."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Verdicts of before keep what they say themselves."""
    op.create_table(
        "flaw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fails", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_flaw_assessment_id_assessment"),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_flaw_round_id_round"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_flaw_version_id_version"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_flaw_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_flaw"),
        sa.UniqueConstraint("assessment_id", "version_id", "number", name="uq_flaw_assessment_id_version_id_number"),
    )
    op.create_index("ix_flaw_version_id", "flaw", ["version_id"])
    _guard("flaw")
    op.add_column("judgement", sa.Column("flaws", sa.JSON(), nullable=True))


def _guard(table: str) -> None:
    """Let the database refuse to change a row of it."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for deed in ("update", "delete"):
        act = "EXECUTE FUNCTION stays()" if postgresql else (
            f"BEGIN SELECT RAISE(ABORT, 'a row of {table} stays as it is'); END"
        )  # fmt: skip
        op.execute(f"CREATE TRIGGER {table}_stays_at_{deed} BEFORE {deed.upper()} ON {table} FOR EACH ROW {act}")


def downgrade() -> None:
    """Forget what items fail in."""
    op.drop_column("judgement", "flaws")
    op.drop_index("ix_flaw_version_id", "flaw")
    op.drop_table("flaw")
