"""The table of signatures."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.evidence.models import Version
from portfolio.foundation.clock import now
from portfolio.foundation.db import Base


class Signature(Base):
    """That somebody signed one version of an item; never changed."""

    __tablename__ = "signature"
    __table_args__ = (
        UniqueConstraint("version_id", "signer"),
        CheckConstraint("signer IN ('witness', 'learner', 'assessor')", name="signer"),
        CheckConstraint("length(sha256) = 64", name="hashed"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    sha256: Mapped[str] = mapped_column(String(64))
    """Hash of the version that was signed."""
    signer: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    """As they typed it."""
    words: Mapped[str] = mapped_column(Text)
    """The sentence that they accepted."""
    agrees: Mapped[bool] = mapped_column(default=True)
    comment: Mapped[str] = mapped_column(Text, default="")
    reached: Mapped[str] = mapped_column(String(200), default="")
    """How a witness was reached, in words; empty for people with an account."""
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """None for a witness."""
    request_id: Mapped[int | None] = mapped_column(ForeignKey("witness_request.id"))
    """To which a witness answered."""
    at: Mapped[datetime] = mapped_column(default=now)
    version: Mapped[Version] = relationship(lazy="joined", innerjoin=True)
