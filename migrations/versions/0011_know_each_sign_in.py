"""Sign-ins can be ended one by one; values of the house's own outlive its secret; lines are found by their subject."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Everybody signs in anew; passwords stay what they are."""
    op.create_table(
        "sign_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key_sha256", sa.String(64), nullable=False),
        sa.Column("remembered", sa.Boolean(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_sign_in_person_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_sign_in"),
        sa.UniqueConstraint("key_sha256", name="uq_sign_in_key_sha256"),
    )
    op.create_index("ix_sign_in_person_id", "sign_in", ["person_id"])
    op.create_index("ix_sign_in_begun_at", "sign_in", ["begun_at"])
    op.create_table(
        "sealed_value",
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_sealed_value"),
    )
    op.create_index("ix_event_subject", "event", ["subject"])


def downgrade() -> None:
    """Take it away. Passwords hold as long as the secret is the one that they were first kept with."""
    op.drop_index("ix_event_subject", "event")
    op.drop_table("sealed_value")
    op.drop_table("sign_in")
