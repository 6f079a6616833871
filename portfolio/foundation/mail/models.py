"""The table of what is written to people."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.foundation.clock import now
from portfolio.foundation.db import Base

STATES = ("waiting", "sent", "not sent")


class Mail(Base):
    """A mail to one reader, and whether the mail server took it; address and words are made when it is sent."""

    __tablename__ = "mail"
    __table_args__ = (
        Index("ix_mail_state_due_at", "state", "due_at"),
        Index("ix_mail_centre_id_kind", "centre_id", "kind"),
        CheckConstraint(f"state IN {STATES}", name="state"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    """To whom; None for somebody who is no person of the centre, whom the kind knows by `about`."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Who asked for it; None for somebody who is no person of the centre."""
    kind: Mapped[str] = mapped_column(String(40))
    about: Mapped[str] = mapped_column(String(64), index=True)
    """What it is about, as its kind names it."""
    args: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What its kind needs to write it; plain values, nothing secret."""
    name: Mapped[str] = mapped_column(String(32), unique=True)
    """Of its Message-ID."""
    state: Mapped[str] = mapped_column(String(10), default="waiting")
    because: Mapped[str] = mapped_column(String(300), default="")
    """Why it is not sent, or not yet, in a sentence."""
    asked_at: Mapped[datetime] = mapped_column(default=now)
    due_at: Mapped[datetime] = mapped_column(default=now)
    """When it is tried next."""
    handed_at: Mapped[datetime | None]
    """When the server was given it, unless it has said no since; of a mail that is not sent: it may have gone out."""
    closed_at: Mapped[datetime | None]

    @property
    def is_waiting(self) -> bool:
        """Whether it is still to be sent."""
        return self.state == "waiting"

    @property
    def may_have_gone(self) -> bool:
        """Whether nobody knows if the server took it."""
        return self.state == "not sent" and self.handed_at is not None
