"""Assessor and learner talk to each other at a place of what was handed in."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

COUNTS = ("comments", "unread_by_learner", "unread_by_assessor")
SAID = "id, conversation_id, number, words, file_id, by_id, by_name, by_learner, at"


def upgrade() -> None:
    """Nothing was said before."""
    op.create_table(
        "conversation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("locator", sa.JSON(), nullable=False),
        sa.Column("place_sha256", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["round_id"], ["round.id"], name="fk_conversation_round_id_round"),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name="fk_conversation_version_id_version"),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
        sa.UniqueConstraint(
            "round_id", "version_id", "place_sha256", name="uq_conversation_round_id_version_id_place_sha256"
        ),
        sa.UniqueConstraint("round_id", "number", name="uq_conversation_round_id_number"),
    )
    op.create_index("ix_conversation_version_id", "conversation", ["version_id"])
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("conversation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("file_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(200), nullable=False),
        sa.Column("by_learner", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversation.id"], name="fk_comment_conversation_id_conversation"
        ),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name="fk_comment_file_id_file"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_comment_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_comment"),
        sa.UniqueConstraint("conversation_id", "number", name="uq_comment_conversation_id_number"),
    )
    op.create_index("ix_comment_file_id", "comment", ["file_id"])
    _guard("conversation", "update", "UPDATE")
    _guard("conversation", "delete", "DELETE")
    _guard("comment", "update", f"UPDATE OF {SAID}")
    _guard("comment", "delete", "DELETE")
    for once in ("read_at", "taken_back_at"):
        _guard("comment", once, f"UPDATE OF {once}", f"WHEN (OLD.{once} IS NOT NULL)")
    for name in COUNTS:
        op.add_column("assessment", sa.Column(name, sa.Integer(), nullable=False, server_default="0"))


def _guard(table: str, name: str, deed: str, when: str = "") -> None:
    """Let the database refuse to change a row of it."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    act = "EXECUTE FUNCTION stays()" if postgresql else (
        f"BEGIN SELECT RAISE(ABORT, 'a row of {table} stays as it is'); END"
    )  # fmt: skip
    op.execute(f"CREATE TRIGGER {table}_stays_at_{name} BEFORE {deed} ON {table} FOR EACH ROW {when} {act}")


def downgrade() -> None:
    """Forget what was said."""
    for name in COUNTS:
        op.drop_column("assessment", name)
    op.drop_table("comment")
    op.drop_table("conversation")
