"""An account above persons: one password opens persons of several centres; an address is unique within a centre."""

import sqlalchemy as sa
from alembic import op

from portfolio.people.rules import sought

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

ACCOUNT = sa.table("account", *(sa.column(name) for name in ("id", "password", "made_at")))
PERSON = sa.table(
    "person", *(sa.column(name) for name in ("id", "account_id", "password", "joined_at", "name", "email", "number")),
    sa.column("sought"),
)  # fmt: skip
LONGEST = 254
"""Characters of an address."""


def upgrade() -> None:
    """An account for everybody who has a password: it takes the number of its person."""
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("password", sa.String(255), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
    )
    op.add_column("person", sa.Column("account_id", sa.Integer(), nullable=True))
    joined = sa.select(PERSON.c.id, PERSON.c.password, PERSON.c.joined_at).where(PERSON.c.password.is_not(None))
    op.execute(ACCOUNT.insert().from_select(["id", "password", "made_at"], joined))
    op.execute(PERSON.update().where(PERSON.c.password.is_not(None)).values(account_id=PERSON.c.id))
    if op.get_bind().dialect.name == "postgresql":
        op.execute("SELECT setval(pg_get_serial_sequence('account', 'id'), max(id)) FROM account HAVING max(id) > 0")
    with op.batch_alter_table("person") as person:
        person.drop_constraint("uq_person_email", type_="unique")
        person.create_unique_constraint("uq_person_centre_id_email", ["centre_id", "email"])
        person.create_foreign_key("fk_person_account_id_account", "account", ["account_id"], ["id"])
        person.create_index("ix_person_account_id", ["account_id"])
        person.drop_column("password")


def downgrade() -> None:
    """Each person has the password of their account; who shares an address with another centre has another one.

    The person who was registered first keeps it. Of the others it has their number before the @: `sam+17@example.org`
    for `sam@example.org`. Their centre can correct it.
    """
    op.add_column("person", sa.Column("password", sa.String(255), nullable=True))
    password = sa.select(ACCOUNT.c.password).where(ACCOUNT.c.id == PERSON.c.account_id).scalar_subquery()
    op.execute(PERSON.update().values(password=password))
    _tell_addresses_apart(op.get_bind())
    with op.batch_alter_table("person") as person:
        person.drop_constraint("uq_person_centre_id_email", type_="unique")
        person.drop_constraint("fk_person_account_id_account", type_="foreignkey")
        person.create_unique_constraint("uq_person_email", ["email"])
        person.drop_index("ix_person_account_id")
        person.drop_column("account_id")
    op.drop_table("account")


def _tell_addresses_apart(connection: sa.Connection) -> None:
    columns = (PERSON.c.id, PERSON.c.name, PERSON.c.email, PERSON.c.number)
    rows = connection.execute(sa.select(*columns).order_by(PERSON.c.id)).all()
    taken: set[str] = {row.email for row in rows}
    first: set[str] = set()
    for id, name, email, number in rows:
        if email not in first:
            first.add(email)
            continue
        local, _, host = email.rpartition("@")
        room = LONGEST - len(f"+{id}@{host}")
        other = f"{local[:room]}+{id}@{host}"
        if other in taken:
            other = f"person-{id}@shared.invalid"
        taken.add(other)
        changed = {"email": other, "sought": sought(name, other, number)}
        connection.execute(PERSON.update().where(PERSON.c.id == id).values(**changed))
