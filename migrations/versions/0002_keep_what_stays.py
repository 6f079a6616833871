"""What was published, judged, handed in or told stays as it is: the database itself refuses to change it."""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = ("edition", "point", "version", "handed_version", "handed_claim", "judgement", "event")
DEEDS = ("update", "delete")


def upgrade() -> None:
    """Whoever makes one of these tables anew (SQLite's way of altering one) makes its triggers again."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    if postgresql:
        op.execute(
            "CREATE FUNCTION stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            "RAISE EXCEPTION 'a row of % stays as it is', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$"
        )
    for table in TABLES:
        for deed in DEEDS:
            act = (
                "EXECUTE FUNCTION stays()"
                if postgresql
                else f"BEGIN SELECT RAISE(ABORT, 'a row of {table} stays as it is'); END"
            )
            op.execute(f"CREATE TRIGGER {table}_stays_at_{deed} BEFORE {deed.upper()} ON {table} FOR EACH ROW {act}")


def downgrade() -> None:
    """Drop the triggers."""
    postgresql = op.get_bind().dialect.name == "postgresql"
    for table in TABLES:
        for deed in DEEDS:
            op.execute(f"DROP TRIGGER {table}_stays_at_{deed}" + (f" ON {table}" if postgresql else ""))
    if postgresql:
        op.execute("DROP FUNCTION stays()")
