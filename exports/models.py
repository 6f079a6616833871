"""Tables of what left the house: finished reports by what they were made from, and exports as people asked for them."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from exports.rules import expires_at
from portfolio.foundation import files
from portfolio.foundation.clock import now
from portfolio.foundation.db import Base
from portfolio.foundation.work.jobs import Job
from portfolio.people.models import Person


class Report(Base):
    """A finished evidence report in the file store, kept under the hash of all that went into it."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("centre_id", "made_of_sha256"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    made_of_sha256: Mapped[str] = mapped_column(String(64))
    """Facts, templates, fonts and typesetter: the same input is never typeset twice."""
    facts_sha256: Mapped[str] = mapped_column(String(64))
    unsigned_sha256: Mapped[str] = mapped_column(String(64))
    """The same for the same input, on any machine."""
    sha256: Mapped[str] = mapped_column(String(64), index=True, info=files.NAMED)
    """Of the signed file: what the register is asked for."""
    size: Mapped[int] = mapped_column(BigInteger)
    pages: Mapped[int | None]
    """None for one that was made before pages were counted."""
    crc32: Mapped[int] = mapped_column(BigInteger)
    withheld: Mapped[list[str]] = mapped_column(default=list)
    """Refs of evidence whose text could not be typeset."""
    level: Mapped[str] = mapped_column(String(4), default="B-B")
    """Of its signature (ETSI EN 319 142-1): `B-B`, `B-T` with a time stamp, `B-LT` with proof of no revocation."""
    unstamped: Mapped[bool] = mapped_column(default=False)
    """The time-stamp authority was asked and gave nothing; it is asked again when the report is asked for again."""
    edition: Mapped[str] = mapped_column(String(10), default="full")
    """A value of `editions.look.ReportEdition`."""
    made_at: Mapped[datetime] = mapped_column(default=now)


class KeptShare(Base):
    """A learner's share of a pack as it was last made, under the fingerprint of all that it was made from.

    A cache: without the row the same share is made anew.
    """

    __tablename__ = "kept_share"
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    """Of the rows and the programs that it was made from."""
    report_sha256: Mapped[str] = mapped_column(String(64))
    """Of the signed report that it names: where the register no longer has it, it holds no more."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Of `content` and the columns above, as `shares.seal` makes it: one that was changed is not believed."""
    content: Mapped[bytes] = mapped_column(LargeBinary)
    """See `shares.packed`."""


class Export(Base):
    """What somebody asked for: one report or an audit pack, and what came of it."""

    __tablename__ = "export"
    __table_args__ = (
        Index("ix_export_centre_id_asked_at", "centre_id", "asked_at"),
        CheckConstraint("kind IN ('report', 'pack')", name="kind"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    kind: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    job_id: Mapped[str | None] = mapped_column(ForeignKey("job.id"))
    learners: Mapped[list[int]]
    """Ids; one for a report."""
    codes: Mapped[list[str]]
    """Units of a report; empty for all."""
    edition: Mapped[str] = mapped_column(String(10), default="full")
    """Of a report: a value of `editions.look.ReportEdition`; empty for a pack."""
    is_own: Mapped[bool] = mapped_column(default=False)
    """A learner's copy of their own report, which they asked for themselves: nobody else's to see."""
    look: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Edition, paper and what is withheld: `editions.look.read_look` reads it; empty for the plain full one."""
    name: Mapped[str] = mapped_column(String(200), default="")
    """File name, once finished."""
    sha256: Mapped[str] = mapped_column(String(64), default="")
    """Of the report's file, or of the pack's tag manifest, which vouches for all of it."""
    plan_sha256: Mapped[str] = mapped_column(String(64), default="", info=files.NAMED)
    """SHA-256 of a pack's inventory in the store: see `pack.inventory`."""
    size: Mapped[int] = mapped_column(BigInteger, default=0)
    failures: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Learner's id → why they have no report in the pack."""
    unstamped: Mapped[int] = mapped_column(default=0)
    """Signatures in it for which the time-stamp authority was asked and gave nothing."""
    asked_at: Mapped[datetime] = mapped_column(default=now)
    finished_at: Mapped[datetime | None]
    job: Mapped[Job | None] = relationship(lazy="joined")
    by: Mapped[Person] = relationship(foreign_keys=[by_id], lazy="joined", innerjoin=True)

    @property
    def expires_at(self) -> datetime | None:
        """When its file can no longer be taken; None while it is not finished."""
        return expires_at(self.finished_at) if self.finished_at else None

    @property
    def is_expired(self) -> bool:
        """Whether its file can no longer be taken."""
        return self.expires_at is not None and self.expires_at <= now()


class Taking(Base):
    """Somebody took an export's file away: one row a transfer, however many ranges it took."""

    __tablename__ = "taking"
    id: Mapped[int] = mapped_column(primary_key=True)
    export_id: Mapped[int] = mapped_column(ForeignKey("export.id"), index=True)
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[Person] = relationship(foreign_keys=[by_id], lazy="joined", innerjoin=True)
