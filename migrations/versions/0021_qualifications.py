"""Qualifications in editions, and learners' programmes towards them."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is published yet; what a centre says its learners work towards stays as it is."""
    op.create_table(
        "qualification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=False),
        sa.Column("body", sa.String(length=200), nullable=False),
        sa.Column("credit", sa.Integer(), nullable=True),
        sa.Column("groups", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("length(sha256) = 64", name=op.f("ck_qualification_qualification_hashed")),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_qualification_centre_id_centre")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_qualification")),
        sa.UniqueConstraint("centre_id", "number", "edition", name=op.f("uq_qualification_centre_id_number_edition")),
    )
    op.create_table(
        "programme",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("learner_id", sa.Integer(), nullable=False),
        sa.Column("qualification_id", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name=op.f("fk_programme_centre_id_centre")),
        sa.ForeignKeyConstraint(["learner_id"], ["person.id"], name=op.f("fk_programme_learner_id_person")),
        sa.ForeignKeyConstraint(
            ["qualification_id"], ["qualification.id"], name=op.f("fk_programme_qualification_id_qualification")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
    )
    op.create_index(op.f("ix_programme_learner_id"), "programme", ["learner_id"])
    op.create_index(op.f("ix_programme_qualification_id"), "programme", ["qualification_id"])
    op.create_table(
        "programme_unit",
        sa.Column("programme_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_programme_unit_enrolment_id_enrolment")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_unit_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("programme_id", "enrolment_id", name=op.f("pk_programme_unit")),
    )
    op.create_index(op.f("ix_programme_unit_enrolment_id"), "programme_unit", ["enrolment_id"])


def downgrade() -> None:
    """Forget qualifications; the log keeps its lines."""
    op.drop_table("programme_unit")
    op.drop_table("programme")
    op.drop_table("qualification")
