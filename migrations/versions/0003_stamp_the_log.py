"""The log's head is countersigned by an authority outside; a signature says how much it proves."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

DEEDS = ("update", "delete")


def upgrade() -> None:
    """A countersignature stays as it is, like the lines that it is for."""
    op.create_table(
        "countersignature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("token", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["centre_id"], ["log_head.centre_id"], name=op.f("fk_countersignature_centre_id_log_head")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_countersignature")),
        sa.UniqueConstraint("centre_id", "seq", name=op.f("uq_countersignature_centre_id_seq")),
    )
    postgresql = op.get_bind().dialect.name == "postgresql"
    for deed in DEEDS:
        act = (
            "EXECUTE FUNCTION stays()"
            if postgresql
            else "BEGIN SELECT RAISE(ABORT, 'a row of countersignature stays as it is'); END"
        )
        op.execute(
            f"CREATE TRIGGER countersignature_stays_at_{deed} BEFORE {deed.upper()} ON countersignature "
            f"FOR EACH ROW {act}"
        )
    with op.batch_alter_table("report") as report:
        report.add_column(sa.Column("level", sa.String(length=4), nullable=False, server_default="B-B"))
        report.add_column(sa.Column("unstamped", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("export") as export:
        export.add_column(sa.Column("unstamped", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Take it all away."""
    with op.batch_alter_table("export") as export:
        export.drop_column("unstamped")
    with op.batch_alter_table("report") as report:
        report.drop_column("unstamped")
        report.drop_column("level")
    op.drop_table("countersignature")
