"""The table of uploads that are not finished, or were not long ago."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.foundation.clock import now
from portfolio.foundation.db import Base


class Upload(Base):
    """A file that is arriving piece by piece."""

    __tablename__ = "upload"
    __table_args__ = (UniqueConstraint("person_id", "device_key"),)
    id: Mapped[str] = mapped_column(String(43), primary_key=True)
    """Random; the name of the file that holds the bytes."""
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    length: Mapped[int] = mapped_column(BigInteger)
    """Bytes in all."""
    begun_at: Mapped[datetime] = mapped_column(default=now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    file_id: Mapped[int | None] = mapped_column(ForeignKey("file.id"))
    """What it became."""
    device_key: Mapped[str | None] = mapped_column(String(64))
    """Under which the device knows the file: it is begun once, however often the device asks."""
