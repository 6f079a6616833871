"""Tables of centres, accounts, persons, their roles and invitations, and of records that were merged."""

from datetime import date, datetime

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from portfolio.foundation import files
from portfolio.foundation.clock import now
from portfolio.foundation.db import Base
from portfolio.people.library import LibraryRole, LibraryUser
from portfolio.people.rules import KEEPERS, STAFF, Role, sought


class Centre(Base):
    """One organisation with its people and their work; nothing of it is seen from another centre."""

    __tablename__ = "centre"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    number: Mapped[str] = mapped_column(String(40), unique=True)
    """The number the awarding organisation gave it."""
    timezone: Mapped[str] = mapped_column(String(60), default="Europe/London")
    language: Mapped[str] = mapped_column(String(12), default="en-GB")
    """Of its documents, by BCP 47; the pages are in English."""
    qualification: Mapped[str] = mapped_column(String(200), default="")
    """What its learners work towards, named in reports of those who work on no published qualification."""
    address: Mapped[str] = mapped_column(String(500), default="", server_default="")
    beginning: Mapped[str] = mapped_column(String(300), default="", server_default="")
    """With what learners are told to begin who have no evidence yet; empty for the words that fit every trade."""
    logo_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="", info=files.NAMED)
    """The PNG that was made of its logo; empty for none."""
    witness_days: Mapped[int] = mapped_column(default=28, server_default="28")
    """How long the link of a request to a witness lasts."""
    phrase_keepers: Mapped[str] = mapped_column(String(20), default=KEEPERS, server_default=KEEPERS)
    """Who may edit the sentences for feedback that its staff share: a name in `PHRASE_KEEPERS`."""


person_role = Table(
    "person_role",
    Base.metadata,
    Column("person_id", Integer, ForeignKey("person.id"), primary_key=True),
    Column("role_id", Integer, ForeignKey("role.id"), primary_key=True),
)


class RoleRow(Base, LibraryRole):
    """A role by name; one row for each value of `Role`."""

    __tablename__ = "role"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(20), unique=True)


class Account(Base):
    """What a human signs in with: one password, and the persons that it opens, each at a centre of its own.

    The address is each person's, as their centre knows it. One address may have several accounts: no centre's link
    sets the password of another centre's person.
    """

    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    password: Mapped[str] = mapped_column(String(255))
    """Its hash."""
    made_at: Mapped[datetime] = mapped_column(default=now)


class Person(Base, LibraryUser):
    """Somebody at one centre."""

    __tablename__ = "person"
    __table_args__ = (
        Index("ix_person_centre_id_name", "centre_id", "name"),
        UniqueConstraint("centre_id", "email"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    number: Mapped[str] = mapped_column(String(40), default="")
    """Registration number of a learner; empty for others."""
    work: Mapped[str] = mapped_column(String(200), default="")
    """Job and employer in a line."""
    sought: Mapped[str] = mapped_column(Text, default="", server_default="")
    """By what the person is found: `rules.sought` of name, address and number, whenever one of them is set."""
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"), index=True)
    """With which the person signs in; None until they joined."""
    active: Mapped[bool] = mapped_column(default=True)
    born: Mapped[date | None]
    """Date of birth; it tells people of one name apart and stands on no report."""
    removed_at: Mapped[datetime | None]
    """When somebody who was registered by mistake, or twice, was taken out: in no list, and their address is free."""
    fs_uniquifier: Mapped[str] = mapped_column(String(64), unique=True)
    joined_at: Mapped[datetime] = mapped_column(default=now)
    centre: Mapped[Centre] = relationship(lazy="joined")
    account: Mapped[Account | None] = relationship()
    roles: Mapped[list[RoleRow]] = relationship(secondary=person_role, lazy="selectin", order_by=RoleRow.id)

    @validates("name", "email", "number")
    def _found_by(self, column: str, value: str) -> str:
        said = {"name": self.name or "", "email": self.email or "", "number": self.number or "", column: value}
        self.sought = sought(**said)
        return value

    @property
    def role_names(self) -> tuple[str, ...]:
        """Roles by name, in a fixed order."""
        return tuple(role.name for role in self.roles)

    def has(self, *roles: Role) -> bool:
        """Whether the person has one of `roles`."""
        return any(role.name in roles for role in self.roles)

    @property
    def has_joined(self) -> bool:
        """Whether the person has an account: until then nobody can sign in as them."""
        return self.account_id is not None

    def can_act_as(self, role: Role) -> bool:
        """Whether the person can do the work of `role` now: they joined, the account is open, and the role is held."""
        return self.active and self.has_joined and self.has(role)

    @property
    def is_staff(self) -> bool:
        """Whether the person works for the centre."""
        return self.has(*STAFF)


class Invitation(Base):
    """A one-time link by which a person joins or chooses a password; only the hash of its token is kept."""

    __tablename__ = "invitation"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    token_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class MergedRecord(Base):
    """A second record of somebody whose work stands in another one now; its row and its lines of the log stay."""

    __tablename__ = "merged_record"
    __table_args__ = (CheckConstraint("into_id <> person_id", name="into_another"),)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    into_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    """The record that has its work; when that one is merged as well, the one that has it then."""
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(default=now)
    person: Mapped[Person] = relationship(foreign_keys=[person_id], lazy="joined", innerjoin=True)
