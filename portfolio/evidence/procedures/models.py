"""The table of a centre's policies and procedures, a row for each version."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.foundation.clock import now
from portfolio.foundation.db import Base


class Procedure(Base):
    """One version of a policy or procedure in a centre's register; what is said of it stays as it is."""

    __tablename__ = "procedure"
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    version: Mapped[str] = mapped_column(String(40))
    place: Mapped[str] = mapped_column(String(300), default="")
    """Where it is kept: an address, or words."""
    since: Mapped[date | None]
    """The day from which it is followed."""
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("procedure.id"))
    """The version before it, which was ended by it."""
    registered_at: Mapped[datetime] = mapped_column(default=now)
    ended_at: Mapped[datetime | None]
    """When it was ended: nobody refers to it anew; what referred to it stays."""

    @property
    def name(self) -> str:
        """Title and version, as lists name it."""
        return f"{self.title}, version {self.version}"
