"""Steps that are taken for a reason, whether a decision was read, and which award was opened again."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

WITHDRAWN = """
    SELECT assessment.id AS assessment_id, assessment.withdrawn_because AS reason, event.actor_id AS by_id,
    event.actor AS by_name, event.at AS at
    FROM assessment JOIN event ON event.deed = 'withdrawn'
    AND event.subject = 'assessment ' || CAST(assessment.id AS VARCHAR(20))
    WHERE assessment.state = 'withdrawn' AND event.actor_id IS NOT NULL
"""
"""The withdrawals of before, by who withdrew and when, as the log tells it."""


def upgrade() -> None:
    """Why somebody was withdrawn moves from the assessment to the step."""
    op.create_table(
        "step_taken",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name=op.f("fk_step_taken_assessment_id_assessment")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_step_taken_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_step_taken")),
    )
    op.create_index(op.f("ix_step_taken_assessment_id"), "step_taken", ["assessment_id"])
    _move()
    op.drop_column("assessment", "withdrawn_because")
    op.add_column("assessment", sa.Column("reopened_id", sa.Integer(), nullable=True))
    op.add_column("round", sa.Column("read_at", sa.DateTime(timezone=True), nullable=True))


def _move() -> None:
    taken = sa.table(
        "step_taken",
        *(sa.column(name) for name in ("assessment_id", "step", "reason", "by_id", "by_name")),
        sa.column("at", sa.DateTime(timezone=True)),
    )
    rows = [dict(row) | {"step": "withdraw"} for row in op.get_bind().execute(sa.text(WITHDRAWN)).mappings()]
    for row in rows:
        row["at"] = datetime.fromisoformat(row["at"])
    if rows:
        op.bulk_insert(taken, rows)


def downgrade() -> None:
    """Only the last reason is kept."""
    op.drop_column("round", "read_at")
    op.drop_column("assessment", "reopened_id")
    op.add_column(
        "assessment", sa.Column("withdrawn_because", sa.String(length=500), nullable=False, server_default="")
    )
    op.execute(
        "UPDATE assessment SET withdrawn_because = (SELECT reason FROM step_taken WHERE assessment_id = assessment.id "
        "ORDER BY id DESC LIMIT 1) WHERE state = 'withdrawn' AND EXISTS (SELECT 1 FROM step_taken "
        "WHERE assessment_id = assessment.id)"
    )
    op.drop_table("step_taken")
