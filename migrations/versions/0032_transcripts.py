"""The words of recordings are kept with their times."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No recording has words yet; where a model of speech is set, the worker writes drafts."""
    with op.batch_alter_table("file") as file:
        file.add_column(sa.Column("listening", sa.String(10), nullable=False, server_default=""))
        file.add_column(sa.Column("unheard", sa.String(300), nullable=False, server_default=""))
        file.add_column(sa.Column("transcripts", sa.Integer(), nullable=False, server_default="0"))
        file.create_check_constraint("ck_file_listening", "listening IN ('', 'waiting', 'ready', 'stopped')")
    op.create_table(
        "transcript",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
        sa.Column("model", sa.String(100), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("cues", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("confirmed_by_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_as", sa.String(200), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("origin IN ('file', 'machine')", name="ck_transcript_origin"),
        sa.CheckConstraint("state IN ('draft', 'confirmed')", name="ck_transcript_state"),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name="fk_transcript_file_id_file"),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name="fk_transcript_made_by_id_person"),
        sa.ForeignKeyConstraint(["confirmed_by_id"], ["person.id"], name="fk_transcript_confirmed_by_id_person"),
        sa.ForeignKeyConstraint(["removed_by_id"], ["person.id"], name="fk_transcript_removed_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_transcript"),
        sa.UniqueConstraint("file_id", "number", name="uq_transcript_file_id_number"),
    )


def downgrade() -> None:
    """Forget the words."""
    op.drop_table("transcript")
    with op.batch_alter_table("file") as file:
        file.drop_constraint("ck_file_listening", type_="check")
        file.drop_column("transcripts")
        file.drop_column("unheard")
        file.drop_column("listening")
