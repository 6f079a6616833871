"""The table of sign-ins."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.foundation.clock import now
from portfolio.foundation.db import Base


class SignIn(Base):
    """One time that somebody signed in: what its cookies hold opens nothing once it has ended."""

    __tablename__ = "sign_in"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    key_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the key in the session's cookie, and in the one that remembers."""
    remembered: Mapped[bool] = mapped_column(default=False)
    """On a device where its person stays signed in."""
    begun_at: Mapped[datetime] = mapped_column(default=now, index=True)
    ended_at: Mapped[datetime | None]
