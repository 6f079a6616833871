"""Tables of evidence: items, their versions and files, and the claims that point into them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.evidence.places import calling
from portfolio.evidence.rules import PDF
from portfolio.foundation import files
from portfolio.foundation.clock import now
from portfolio.foundation.db import Base, Written
from portfolio.people.models import Person
from portfolio.units.models import EditionPoint


class Evidence(Base):
    """An item in a learner's portfolio; what it says is in its versions."""

    __tablename__ = "evidence"
    __table_args__ = (
        UniqueConstraint("learner_id", "number"),
        Index("ix_evidence_learner_id_removed_at", "learner_id", "removed_at"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    number: Mapped[int]
    """Counts a learner's items: E1, E2, …"""
    kind: Mapped[str] = mapped_column(String(40))
    latest: Mapped[int] = mapped_column(default=1)
    """Number of the newest version."""
    added_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]
    """Taken out of the portfolio; what was handed in stays readable."""
    learner: Mapped[Person] = relationship(foreign_keys=[learner_id])
    versions: Mapped[list["Version"]] = relationship(order_by="Version.number", back_populates="evidence")

    @property
    def ref(self) -> str:
        """How people call it: E1."""
        return f"E{self.number}"


class Version(Base):
    """What an item says at one time; never overwritten."""

    __tablename__ = "version"
    __table_args__ = (
        UniqueConstraint("evidence_id", "number"),
        CheckConstraint("length(sha256) = 64", name="hashed"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"))
    number: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    happened_on: Mapped[date | None]
    context: Mapped[str] = mapped_column(String(500), default="")
    confirmer: Mapped[str] = mapped_column(String(300), default="")
    """Who can confirm it."""
    third_parties: Mapped[str] = mapped_column(String(500), default="")
    """Who else is seen or named in it, and whether they agreed."""
    text: Mapped[str] = mapped_column(Text, default="")
    html: Mapped[str] = mapped_column(Text, default="")
    plain: Mapped[str] = mapped_column(Text, default="")
    testimony: Mapped[dict[str, Any] | None]
    """What a witness stated of themselves: the fields of `drafts.Statement`."""
    source: Mapped[dict[str, Any] | None]
    """Where it comes from, outside the portfolio: the fields of `drafts.Source`."""
    minutes: Mapped[dict[str, Any] | None]
    """What is written down of a meeting: the fields of `drafts.Minutes`."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Hash of what a person said above and of the files: see `content.version_hash`."""
    hash_format: Mapped[int] = mapped_column(default=1, server_default="1")
    """The number under `content.HASHED` that says which fields it covers."""
    saved_at: Mapped[datetime] = mapped_column(default=now)
    saved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """None for a witness, who is no person of the centre and signed what they wrote."""
    evidence: Mapped[Evidence] = relationship(back_populates="versions", lazy="joined", innerjoin=True)
    saved_by: Mapped[Person | None] = relationship(foreign_keys=[saved_by_id])
    files: Mapped[list["File"]] = relationship(
        secondary="version_file", order_by="VersionFile.position", lazy="selectin"
    )

    def document(self, sha256: str = "") -> "File | None":
        """The document of that hash among its files; without a hash the only one there is."""
        documents = [file for file in self.files if file.kind == "document" and file.pages]
        chosen = [file for file in documents if file.sha256 == sha256] if sha256 else documents
        return chosen[0] if chosen and (sha256 or len(chosen) == 1) else None


class File(Base):
    """An original as received, and what was made from it to be shown."""

    __tablename__ = "file"
    __table_args__ = (
        Index("ix_file_sha256", "sha256"),
        CheckConstraint("length(sha256) = 64", name="hashed"),
        CheckConstraint("prepared IN ('waiting', 'ready', 'failed')", name="prepared"),
        CheckConstraint("drawing IN ('', 'waiting', 'ready', 'stopped')", name="drawing"),
        CheckConstraint("listening IN ('', 'waiting', 'ready', 'stopped')", name="listening"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    """Who sent it."""
    name: Mapped[str] = mapped_column(String(255))
    media_type: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(20))
    size: Mapped[int] = mapped_column(BigInteger)
    sha256: Mapped[str] = mapped_column(String(64), info=files.NAMED)
    crc32: Mapped[int] = mapped_column(BigInteger)
    received_at: Mapped[datetime] = mapped_column(default=now)
    prepared: Mapped[str] = mapped_column(String(10), default="waiting")
    note: Mapped[str] = mapped_column(String(300), default="")
    """Why it could not be prepared."""
    remarks: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")
    """What its copies do not show, or not as it was: sentences."""
    duration: Mapped[float | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    pages: Mapped[int | None]
    peaks: Mapped[list[Any]] = mapped_column(default=list)
    shown_sha256: Mapped[str] = mapped_column(String(64), default="", info=files.NAMED)
    shown_type: Mapped[str] = mapped_column(String(100), default="")
    picture_sha256: Mapped[str] = mapped_column(String(64), default="", info=files.NAMED)
    picture_width: Mapped[int | None]
    picture_height: Mapped[int | None]
    drawing: Mapped[str] = mapped_column(String(10), default="", server_default="")
    """Whether the pages of a document are drawn; empty while nobody asked for it."""
    listening: Mapped[str] = mapped_column(String(10), default="", server_default="")
    """Whether a machine wrote down what is said in a recording; empty while nobody asked for it."""
    unheard: Mapped[str] = mapped_column(String(300), default="", server_default="")
    """Why the machine wrote nothing down, or up to where it did where that is not the end."""
    transcripts: Mapped[int] = mapped_column(default=0, server_default="0")
    """How many transcripts there are of it, removed ones too."""
    drawn: Mapped[list["FilePage"]] = relationship(order_by="FilePage.number", back_populates="file")
    """Those of its pages that are done."""

    @property
    def is_text(self) -> bool:
        """Whether it is a document of which the words are shown, and no pictures of pages."""
        return self.kind == "document" and self.media_type != PDF

    def called(self, page: int) -> str:
        """The label of one of its pages; empty where that is its number."""
        return calling.label(self.words_of(page) or "") if self.is_text else ""

    def page(self, number: int) -> "FilePage | None":
        """One of its pages; None while that page is not done."""
        return next((one for one in self.drawn if one.number == number), None)

    def words_of(self, page: int) -> str | None:
        """The words of one of its pages, as read by machine; None while that page is not done."""
        done = self.page(page)
        return done.text if done else None

    def said(self, kind: str = "") -> list[str]:
        """What is said of it wherever it is shown, in an item of this kind: why there is no copy, what one lacks."""
        said = [*filter(None, [self.note]), *self.remarks]
        if kind == "recording" and self.prepared != "waiting" and self.kind not in ("audio", "video") and not self.note:
            said.append("This file is no recording that can be played here.")
        return said


class FilePage(Base):
    """A page of a document: its picture, and its words as read by machine; of some documents, words alone.

    Of a film, the picture that it shows at the beginning of a claimed rectangle.
    """

    __tablename__ = "file_page"
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    """Counts the pages of the document from 1; of a film, tenths of a second from 0."""
    picture_sha256: Mapped[str] = mapped_column(String(64), default="", info=files.NAMED)
    """A JPEG; of a document that `is_text` its words in UTF-8, as `text`; empty where `note` says why."""
    size: Mapped[int] = mapped_column(default=0)
    """Bytes of that."""
    crc32: Mapped[int] = mapped_column(BigInteger, default=0)
    width: Mapped[int] = mapped_column(default=0)
    """Pixels; 0 where there is no picture."""
    height: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(Text, default="", deferred=True)
    note: Mapped[str] = mapped_column(String(300), default="")
    file: Mapped[File] = relationship(back_populates="drawn")

    @property
    def is_picture(self) -> bool:
        """Whether there is a picture of it."""
        return bool(self.picture_sha256 and self.width)

    @property
    def called(self) -> str:
        """What it is called, in English, within a sentence: `page 3`, `slide 3`."""
        return calling.told(self.file.called(self.number), self.number)


class VersionFile(Base):
    """Which files a version consists of, in order."""

    __tablename__ = "version_file"
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("file.id"), primary_key=True, index=True)
    position: Mapped[int]


class Claim(Base):
    """This place in this version of this evidence is offered for this marking point."""

    __tablename__ = "claim"
    __table_args__ = (Index("ix_claim_learner_id_removed_at", "learner_id", "removed_at"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    learner_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    evidence_id: Mapped[int] = mapped_column(ForeignKey("evidence.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), index=True)
    locator: Mapped[dict[str, Any]] = mapped_column(Written)
    """A W3C selector; `locators.read` makes a place of it."""
    reason: Mapped[str] = mapped_column(String(500), default="")
    loose: Mapped[bool] = mapped_column(default=False)
    """The newest version no longer holds the place; the claim still points into the version where it was."""
    made_at: Mapped[datetime] = mapped_column(default=now)
    removed_at: Mapped[datetime | None]
    evidence: Mapped[Evidence] = relationship()
    version: Mapped[Version] = relationship()
    point: Mapped[EditionPoint] = relationship(lazy="joined", innerjoin=True)
