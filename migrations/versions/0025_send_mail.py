"""What is written to people stands in a table until the mail server took it."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing is to be sent yet."""
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("centre_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("by_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("about", sa.String(64), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("because", sa.String(300), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("state IN ('waiting', 'sent', 'not sent')", name="ck_mail_state"),
        sa.ForeignKeyConstraint(["centre_id"], ["centre.id"], name="fk_mail_centre_id_centre"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_mail_person_id_person"),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name="fk_mail_by_id_person"),
        sa.PrimaryKeyConstraint("id", name="pk_mail"),
        sa.UniqueConstraint("name", name="uq_mail_name"),
    )
    op.create_index("ix_mail_state_due_at", "mail", ["state", "due_at"])
    op.create_index("ix_mail_centre_id_kind", "mail", ["centre_id", "kind"])
    op.create_index("ix_mail_person_id", "mail", ["person_id"])
    op.create_index("ix_mail_about", "mail", ["about"])


def downgrade() -> None:
    """Forget what was sent, and do not send what waits: no worker of the release before knows these jobs."""
    op.execute(sa.text("DELETE FROM job WHERE kind = 'mail'"))
    op.drop_table("mail")
