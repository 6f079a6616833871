"""Pages of documents are drawn as pictures, and their words are read."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """No page is drawn yet; the worker asks for those of the documents that are here."""
    with op.batch_alter_table("file") as file:
        file.add_column(sa.Column("drawing", sa.String(10), nullable=False, server_default=""))
        file.create_check_constraint("ck_file_drawing", "drawing IN ('', 'waiting', 'ready', 'stopped')")
    op.create_table(
        "file_page",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("picture_sha256", sa.String(64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("crc32", sa.BigInteger(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("note", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(["file_id"], ["file.id"], name="fk_file_page_file_id_file"),
        sa.PrimaryKeyConstraint("file_id", "number", name="pk_file_page"),
    )


def downgrade() -> None:
    """Forget the pages; they can be drawn again from the originals."""
    op.drop_table("file_page")
    with op.batch_alter_table("file") as file:
        file.drop_constraint("ck_file_drawing", type_="check")
        file.drop_column("drawing")
