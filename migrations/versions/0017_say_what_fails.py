"""What an assessor says against evidence; the table is not made anew, which would lose its triggers."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Judgements of before have none: all five were ticked in advance."""
    op.add_column("judgement", sa.Column("fails", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Forget it; what stood ticked is kept beside."""
    op.drop_column("judgement", "fails")
