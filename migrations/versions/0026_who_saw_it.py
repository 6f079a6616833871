"""Other people's words: who was asked, who signed what, how a witness was checked, meetings and their minutes."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

STAY = ("version", "signature", "witness_check")
LAID_ANEW = ("version",)
KINDS = "kind IN ('witness testimony', 'supervisor statement', 'customer feedback')"


def _id(name: str, table: str, *, nullable: bool = False) -> tuple[sa.Column[int], str, str]:
    return sa.Column(name, sa.Integer(), nullable=nullable), name, table


def _moment(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _table(name: str, *columns: object) -> None:
    """A table with its number; what `_id` made names a row of another table."""
    keys = [one for one in columns if isinstance(one, tuple)]
    op.create_table(
        name,
        sa.Column("id", sa.Integer(), nullable=False),
        *(one[0] if isinstance(one, tuple) else one for one in columns),
        *(sa.ForeignKeyConstraint([of], [f"{to}.id"], name=f"fk_{name}_{of}_{to}") for _, of, to in keys),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
    )


def upgrade() -> None:
    """Versions that were saved before have no source and no minutes, and were saved by somebody with an account."""
    op.add_column("centre", sa.Column("witness_days", sa.Integer(), nullable=False, server_default="28"))
    op.add_column("version", sa.Column("source", sa.JSON(), nullable=True))
    op.add_column("version", sa.Column("minutes", sa.JSON(), nullable=True))
    op.add_column("round", sa.Column("resting_on_own", sa.JSON(), nullable=True))
    with op.batch_alter_table("version") as version:
        version.alter_column("saved_by_id", existing_type=sa.Integer(), nullable=True)
    _requests()
    _table(
        "signature", _id("version_id", "version"), sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("signer", sa.String(20), nullable=False), sa.Column("name", sa.String(200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False), sa.Column("agrees", sa.Boolean(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False), sa.Column("reached", sa.String(200), nullable=False),
        _id("person_id", "person", nullable=True), _id("request_id", "witness_request", nullable=True),
        _moment("at", nullable=False),
        sa.UniqueConstraint("version_id", "signer", name="uq_signature_version_id_signer"),
        sa.CheckConstraint("signer IN ('witness', 'learner', 'assessor')", name="ck_signature_signer"),
        sa.CheckConstraint("length(sha256) = 64", name="ck_signature_hashed"),
    )  # fmt: skip
    _table(
        "witness_check", _id("version_id", "version"), sa.Column("how", sa.String(20), nullable=False),
        sa.Column("on", sa.Date(), nullable=False), sa.Column("means", sa.String(200), nullable=False),
        sa.Column("words", sa.Text(), nullable=False), _id("by_id", "person"),
        sa.Column("by_name", sa.String(200), nullable=False), _moment("at", nullable=False),
        sa.CheckConstraint("how IN ('known', 'contacted')", name="ck_witness_check_how"),
    )  # fmt: skip
    op.create_index("ix_witness_check_version_id", "witness_check", ["version_id"])
    _traces()
    _meetings()
    _guard(STAY if op.get_bind().dialect.name == "sqlite" else tuple(one for one in STAY if one not in LAID_ANEW))


def _requests() -> None:
    _table(
        "witness_request", _id("centre_id", "centre"), _id("learner_id", "person"), _id("by_id", "person"),
        sa.Column("kind", sa.String(40), nullable=False), sa.Column("name", sa.String(200), nullable=False),
        sa.Column("relation", sa.String(200), nullable=False), sa.Column("email", sa.String(254), nullable=False),
        sa.Column("note", sa.Text(), nullable=False), _id("about_id", "evidence", nullable=True),
        sa.Column("nonce", sa.String(32), nullable=False), sa.Column("token_sha256", sa.String(64), nullable=False),
        _moment("asked_at", nullable=False), _moment("expires_at", nullable=False), _moment("shown_at"),
        _moment("reminded_at"), _moment("opened_at"), _moment("begun_at"),
        sa.Column("draft", sa.JSON(), nullable=False), sa.Column("saved", sa.Integer(), nullable=False),
        _moment("signed_at"), _moment("declined_at"), sa.Column("reason", sa.String(500), nullable=False),
        _moment("taken_back_at"), _id("evidence_id", "evidence", nullable=True),
        sa.Column("offers", sa.JSON(), nullable=False), sa.Column("questions", sa.JSON(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.UniqueConstraint("token_sha256", name="uq_witness_request_token_sha256"),
        sa.CheckConstraint(KINDS, name="ck_witness_request_kind"),
    )  # fmt: skip
    for column in ("learner_id", "centre_id", "evidence_id"):
        op.create_index(f"ix_witness_request_{column}", "witness_request", [column])
    op.create_table(
        "request_point",
        sa.Column("request_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["request_id"], ["witness_request.id"], name="fk_request_point_request_id_witness_request"),
        sa.ForeignKeyConstraint(["point_id"], ["point.id"], name="fk_request_point_point_id_point"),
        sa.PrimaryKeyConstraint("request_id", "point_id", name="pk_request_point"),
    )


def _traces() -> None:
    _table(
        "trace", _id("person_id", "person", nullable=True), _id("request_id", "witness_request", nullable=True),
        sa.Column("sort", sa.String(10), nullable=False), sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("signing", sa.Boolean(), nullable=False), _moment("seen_at", nullable=False),
        sa.CheckConstraint("sort IN ('device', 'network')", name="ck_trace_sort"),
    )  # fmt: skip
    op.create_index("ix_trace_sort_mark", "trace", ["sort", "mark"])
    for column in ("person_id", "request_id", "seen_at"):
        op.create_index(f"ix_trace_{column}", "trace", [column])


def _meetings() -> None:
    _table(
        "meeting", _id("centre_id", "centre"), _id("learner_id", "person"), _id("assessor_id", "person"),
        sa.Column("kind", sa.String(40), nullable=False), sa.Column("title", sa.String(200), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True), sa.Column("place", sa.String(500), nullable=False),
        sa.Column("third_parties", sa.String(500), nullable=False),
        sa.Column("prepare", sa.String(2000), nullable=False), sa.Column("minutes", sa.JSON(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False), sa.Column("saved", sa.Integer(), nullable=False),
        _moment("planned_at", nullable=False), _moment("saved_at", nullable=False), _moment("begun_at"),
        sa.Column("signed", sa.Integer(), nullable=False), sa.Column("offers", sa.JSON(), nullable=False),
        _moment("called_off_at"), _moment("left_at"), sa.Column("taken_out", sa.JSON(), nullable=True),
        _id("evidence_id", "evidence", nullable=True),
        sa.CheckConstraint("kind IN ('observation', 'professional discussion')", name="ck_meeting_kind"),
    )  # fmt: skip
    for column in ("learner_id", "assessor_id", "evidence_id"):
        op.create_index(f"ix_meeting_{column}", "meeting", [column])


def _guard(tables: tuple[str, ...]) -> None:
    """Let the database refuse to change their rows; SQLite's way of altering a table has lost those of `version`."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table in tables:
        for deed in ("update", "delete"):
            act = "EXECUTE FUNCTION stays()" if postgresql else (
                f"BEGIN SELECT RAISE(ABORT, 'a row of {table} stays as it is'); END"
            )  # fmt: skip
            op.execute(f"CREATE TRIGGER {table}_stays_at_{deed} BEFORE {deed.upper()} ON {table} FOR EACH ROW {act}")


def downgrade() -> None:
    """Forget all of it; what a witness saved is told as saved by the learner, for it has to be somebody."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table in ("meeting", "trace", "witness_check", "signature", "request_point", "witness_request"):
        op.drop_table(table)
    for deed in ("update", "delete"):
        op.execute(f"DROP TRIGGER version_stays_at_{deed}" + (" ON version" if postgresql else ""))
    op.drop_column("round", "resting_on_own")
    learner = "SELECT learner_id FROM evidence WHERE evidence.id = version.evidence_id"
    op.execute(sa.text(f"UPDATE version SET saved_by_id = ({learner}) WHERE saved_by_id IS NULL"))
    with op.batch_alter_table("version") as version:
        version.alter_column("saved_by_id", existing_type=sa.Integer(), nullable=False)
        version.drop_column("minutes")
        version.drop_column("source")
    _guard(("version",))
    op.drop_column("centre", "witness_days")
