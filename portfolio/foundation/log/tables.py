"""The tables of the audit log: each centre's chain, its last line, and the time stamps over it."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portfolio.foundation.db import Base
from portfolio.foundation.log.chain import GENESIS


class LogHead(Base):
    """The last line of a centre's chain; the row that writers queue for."""

    __tablename__ = "log_head"
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"), primary_key=True)
    centre: Mapped[str] = mapped_column(String(40))
    """The centre's number, as every line carries it."""
    seq: Mapped[int] = mapped_column(default=0)
    hash: Mapped[str] = mapped_column(String(64), default=GENESIS)


class Event(Base):
    """One line: who did what to what, when, with its exact facts. Names are copied in; personal content stays out."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("centre_id", "seq"),
        Index("ix_event_learner_id_seq", "learner_id", "seq"),
        Index("ix_event_subject", "subject"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("log_head.centre_id"))
    learner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """Whose work it concerns: an index for reading. The line's facts say the same, as `learner`."""
    centre: Mapped[str] = mapped_column(String(40))
    seq: Mapped[int]
    at: Mapped[str] = mapped_column(String(32))
    actor_id: Mapped[int | None]
    actor: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(80))
    deed: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(80))
    facts: Mapped[str] = mapped_column(Text)
    """Canonical JSON of the facts."""
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    def line(self) -> dict[str, Any]:
        """The line as the chain knows it, hash included."""
        names = ("centre", "seq", "at", "actor", "actor_id", "role", "deed", "subject", "prev", "hash")
        return {name: getattr(self, name) for name in names} | {"facts": json.loads(self.facts)}


class Countersignature(Base):
    """A time stamp (RFC 3161) of an authority outside the house over the hash of a line: until then nothing changed."""

    __tablename__ = "countersignature"
    __table_args__ = (UniqueConstraint("centre_id", "seq"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("log_head.centre_id"))
    seq: Mapped[int]
    """The line that was the last one then."""
    hash: Mapped[str] = mapped_column(String(64))
    """Its hash, which is what the token's message imprint holds."""
    at: Mapped[datetime]
    token: Mapped[bytes]
    """TimeStampToken in DER."""
