"""A date of birth tells people of one name apart; who was registered by mistake can be removed."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody's is known yet, nobody is removed."""
    op.add_column("person", sa.Column("born", sa.Date(), nullable=True))
    op.add_column("person", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Forget both: who was removed stands in the lists again, without a role."""
    op.drop_column("person", "removed_at")
    op.drop_column("person", "born")
