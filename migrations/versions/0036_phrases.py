"""Sentences for feedback are shared, each person finds their own again, and verdicts know which they used."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is shared yet, and no verdict of before is known to use anything."""
    _phrases()
    _own()
    op.create_table(
        "phrase_use",
        sa.Column("judgement_id", sa.Integer(), nullable=False),
        sa.Column("phrase_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["judgement_id"], ["judgement.id"], name="fk_phrase_use_judgement_id_judgement"),
        sa.ForeignKeyConstraint(["phrase_id"], ["phrase.id"], name="fk_phrase_use_phrase_id_phrase"),
        sa.PrimaryKeyConstraint("judgement_id", "phrase_id", name="pk_phrase_use"),
    )
    op.create_index("ix_phrase_use_phrase_id", "phrase_use", ["phrase_id"])
    for table in ("phrase_wording", "phrase_use"):
        _guard(table)
    op.add_column("assessment", sa.Column("phrases_changed", sa.DateTime(timezone=True), nullable=True))
    kept = sa.Column("phrase_keepers", sa.String(20), nullable=False, server_default="administrators")
    op.add_column("centre", kept)


def _phrases() -> None:
    op.create_table(
        "phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("point", sa.String(20), nullable=False),
        sa.Column("gone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name="fk_phrase_centre_id_centre"),
        sa.PrimaryKeyConstraint("id", name="pk_phrase"),
    )
    op.create_index("ix_phrase_centre_id_unit", "phrase", ["centre_id", "unit"])
    op.create_table(
        "phrase_wording",
        sa.Column("phrase_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("by_name", sa.String(200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["phrase_id"], ["phrase.id"], name="fk_phrase_wording_phrase_id_phrase"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_phrase_wording_by_id_person"),
        sa.PrimaryKeyConstraint("phrase_id", "number", name="pk_phrase_wording"),
    )


def _own() -> None:
    op.create_table(
        "own_phrase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("point", sa.String(20), nullable=False),
        sa.Column("words", sa.String(500), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_own_phrase_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_own_phrase"),
    )
    op.create_index("ix_own_phrase_person_id_unit", "own_phrase", ["person_id", "unit"])
    op.create_table(
        "words_saved",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_words_saved_person_id_person"),
        sa.PrimaryKeyConstraint("person_id", name="pk_words_saved"),
    )


def _guard(table: str) -> None:
    """Let the database refuse to change a row of it."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for deed in ("update", "delete"):
        act = "EXECUTE FUNCTION stays()" if postgresql else (
            f"BEGIN SELECT RAISE(ABORT, 'a row of {table} stays as it is'); END"
        )  # fmt: skip
        op.execute(f"CREATE TRIGGER {table}_stays_at_{deed} BEFORE {deed.upper()} ON {table} FOR EACH ROW {act}")


def downgrade() -> None:
    """Forget the sentences; feedback says them still."""
    op.drop_column("centre", "phrase_keepers")
    op.drop_column("assessment", "phrases_changed")
    for table in ("phrase_use", "words_saved", "own_phrase", "phrase_wording", "phrase"):
        op.drop_table(table)
