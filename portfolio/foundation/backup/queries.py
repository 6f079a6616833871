"""Which files of the store the records name."""

from sqlalchemy import select

from portfolio.foundation.db import Base, db
from portfolio.foundation.files import NAMED


def named() -> set[str]:
    """Addresses of all of them: what stands in columns that bear `files.NAMED`."""
    columns = [one for table in Base.metadata.tables.values() for one in table.columns if one.info == NAMED]
    return {sha256 for one in columns for sha256 in db.session.scalars(select(one).where(one != "").distinct())}
