"""A device names each file that it sends, so that it arrives once."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """What is on its way was begun without a key."""
    with op.batch_alter_table("upload") as table:
        table.add_column(sa.Column("device_key", sa.String(64), nullable=True))
        table.create_unique_constraint("uq_upload_person_id_device_key", ["person_id", "device_key"])


def downgrade() -> None:
    """Forget the keys."""
    with op.batch_alter_table("upload") as table:
        table.drop_constraint("uq_upload_person_id_device_key", type_="unique")
        table.drop_column("device_key")
