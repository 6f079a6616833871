"""A verdict says on which places it rests, also on such as the assessor marked."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Verdicts of before rest on all that was claimed."""
    op.add_column("judgement", sa.Column("places", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Forget what assessors marked."""
    op.drop_column("judgement", "places")
