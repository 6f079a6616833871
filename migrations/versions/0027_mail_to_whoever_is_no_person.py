"""Mail goes to people who are no persons of the centre, too, and says when it was in the sender's hand."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """All that was written so far is to a person, and asked for by one."""
    with op.batch_alter_table("mail") as mail:
        mail.alter_column("person_id", existing_type=sa.Integer(), nullable=True)
        mail.alter_column("by_id", existing_type=sa.Integer(), nullable=True)
        mail.add_column(sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Forget what the release before cannot hold."""
    op.execute(sa.text("DELETE FROM mail WHERE person_id IS NULL OR by_id IS NULL"))
    with op.batch_alter_table("mail") as mail:
        mail.drop_column("handed_at")
        mail.alter_column("by_id", existing_type=sa.Integer(), nullable=False)
        mail.alter_column("person_id", existing_type=sa.Integer(), nullable=False)
