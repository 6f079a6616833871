"""Who is at a desk now, and whose words a draft holds that was handed on."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody is told of yet; every draft is its person's own."""
    op.create_table(
        "presence",
        sa.Column("assessment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessment.id"], name="fk_presence_assessment_id_assessment"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_presence_person_id_person"),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name="fk_presence_point_id_point"),
        sa.PrimaryKeyConstraint("assessment_id", "person_id", name="pk_presence"),
    )
    op.add_column("sitting", sa.Column("whose", sa.String(200), nullable=True))


def downgrade() -> None:
    """Forget who is where; what was handed on becomes its reader's own."""
    op.drop_column("sitting", "whose")
    op.drop_table("presence")
