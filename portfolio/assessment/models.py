"""Tables of assessments: rounds with what they froze, and judgements, which are never edited."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portfolio.assessment.lifecycle import State
from portfolio.assessment.rules import Verdict
from portfolio.evidence.models import Version
from portfolio.foundation.clock import now
from portfolio.foundation.db import Base, Written
from portfolio.people.models import Person
from portfolio.units.models import EditionPoint, Enrolment
from portfolio.units.phrases.models import Phrase


class Assessment(Base):
    """One learner, one unit: where it stands. Begins with the first hand-in (or a withdrawal)."""

    __tablename__ = "assessment"
    __table_args__ = (
        Index("ix_assessment_queue", "assessor_id", "state", "handed_in_at"),
        Index("ix_assessment_centre", "centre_id", "state", "handed_in_at"),
        CheckConstraint(
            "state IN ('gathering', 'handed in', 'referred', 'achieved', 'withdrawn')",
            name="state",
        ),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centre.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolment.id"), unique=True)
    assessor_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    """As the enrolment has it; here for the queue."""
    state: Mapped[str] = mapped_column(String(20), default=State.GATHERING)
    round: Mapped[int] = mapped_column(default=0)
    """Number of the present round; 0 before the first."""
    handed_in_at: Mapped[datetime | None]
    """When the present round was handed in."""
    reopened_id: Mapped[int | None]
    """Id of the round whose award was opened again last: its verdicts and those before it are given anew."""
    phrases_changed: Mapped[datetime | None]
    """When the centre changed a sentence that verdicts of the present round say, until its assessor sees it."""
    comments: Mapped[int] = mapped_column(default=0)
    """How much was ever said in its conversations."""
    unread_by_learner: Mapped[int] = mapped_column(default=0)
    unread_by_assessor: Mapped[int] = mapped_column(default=0)
    """How much of that the other side has not said to have read."""
    enrolment: Mapped[Enrolment] = relationship(lazy="joined", innerjoin=True)
    rounds: Mapped[list["Round"]] = relationship(order_by="Round.number", back_populates="assessment")


class Round(Base):
    """One hand-in and its answer. A round that was taken back stays on record."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("assessment_id", "number", "attempt"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    number: Mapped[int]
    attempt: Mapped[int] = mapped_column(default=1)
    """Counts hand-ins of the same round after it was taken back."""
    handed_in_at: Mapped[datetime] = mapped_column(default=now)
    taken_back_at: Mapped[datetime | None]
    declaration: Mapped[str] = mapped_column(Text)
    declared_by: Mapped[str] = mapped_column(String(200))
    """The learner's name as typed under the declaration."""
    sources: Mapped[str] = mapped_column(Text, default="")
    help: Mapped[str] = mapped_column(Text, default="")
    ai_use: Mapped[str] = mapped_column(Text, default="")
    manifest_sha256: Mapped[str] = mapped_column(String(64))
    """Hash over the frozen versions and claims: what the declaration is bound to."""
    decision: Mapped[str] = mapped_column(String(20), default="")
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    authenticity: Mapped[str] = mapped_column(Text, default="")
    """How the assessor made sure that the work is the learner's own."""
    feedback: Mapped[str] = mapped_column(Text, default="")
    resting_on_own: Mapped[list[Any] | None]
    """Refs of the points that were met at the decision by what their judge observed or discussed alone; None where
    nothing is decided, or it was decided before this was noted."""
    read_at: Mapped[datetime | None]
    """When somebody other than who decided first saw the decision, or it left in a report."""
    assessment: Mapped[Assessment] = relationship(back_populates="rounds")
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])

    @property
    def stands(self) -> str:
        """The state of the unit by this round alone."""
        return self.decision or State.HANDED_IN

    versions: Mapped[list["HandedVersion"]] = relationship(order_by="HandedVersion.position")
    claims: Mapped[list["HandedClaim"]] = relationship(order_by="HandedClaim.id")
    gaps: Mapped[list["Gap"]] = relationship()


class StepTaken(Base):
    """A step that is taken for a reason: a withdrawal, a reinstatement, an award that is opened again."""

    __tablename__ = "step_taken"
    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), index=True)
    step: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(default=now)


class HandedVersion(Base):
    """A version as it was handed in, with the hash it had."""

    __tablename__ = "handed_version"
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    position: Mapped[int]
    version: Mapped[Version] = relationship(lazy="joined", innerjoin=True)


class HandedClaim(Base):
    """A claim as it was handed in: the learner's later changes do not touch it."""

    __tablename__ = "handed_claim"
    __table_args__ = (Index("ix_handed_claim_round_id", "round_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    claim_id: Mapped[int] = mapped_column(ForeignKey("claim.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"))
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"))
    locator: Mapped[dict[str, Any]] = mapped_column(Written)
    reason: Mapped[str] = mapped_column(String(500), default="")
    point: Mapped[EditionPoint] = relationship()


class Gap(Base):
    """Why a point was handed in without a claim."""

    __tablename__ = "gap"
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(500))
    point: Mapped[EditionPoint] = relationship(lazy="joined", innerjoin=True)


class Judgement(Base):
    """One verdict on one point in one round. Never edited: the one with the highest number stands.

    A judgement without a verdict takes back the one before it.
    """

    __tablename__ = "judgement"
    __table_args__ = (
        UniqueConstraint("assessment_id", "point_id", "number"),
        Index("ix_judgement_point_id_by_id", "point_id", "by_id"),
        CheckConstraint(f"verdict IS NULL OR verdict IN {tuple(map(str, Verdict))}", name="verdict"),
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("point.id"))
    number: Mapped[int]
    """Counts the judgements on this point, across rounds."""
    verdict: Mapped[str | None] = mapped_column(String(20))
    missing: Mapped[list[str]] = mapped_column(default=list)
    vacsr: Mapped[list[str]] = mapped_column(default=list)
    """Which of VACSR hold: what follows from the verdict; in older ones, what stood ticked."""
    fails: Mapped[list[str] | None]
    """Which of VACSR were said not to hold of this point; None in the oldest, whose form had all five ticked."""
    reason: Mapped[str] = mapped_column(String(500), default="")
    """Why they do not; as `fails`, only in those that were given before items had flaws."""
    flaws: Mapped[list[int] | None]
    """Ids of the flaws that held then of the evidence it rests on; None in older ones, which say it in `fails`."""
    feedback: Mapped[str] = mapped_column(Text, default="")
    relied: Mapped[list[int]] = mapped_column(default=list)
    """Ids of the handed-in claims that it rests on."""
    places: Mapped[list[dict[str, Any]] | None] = mapped_column(Written)
    """Places that it rests on besides, which the assessor marked: id of the `version`, `locator`, and how it `lies` to
    those that are claimed for the point. None in older ones."""
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(default=now)
    round: Mapped[Round] = relationship()


class Presence(Base):
    """Somebody at the desk of an assessment, as their open page said last. It is no record, and gone after a day."""

    __tablename__ = "presence"
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    point_id: Mapped[int | None] = mapped_column(ForeignKey("point.id"))
    """The point in hand."""
    at: Mapped[datetime] = mapped_column(default=now)


class PhraseUse(Base):
    """That a judgement says a shared sentence, and in which wording of it."""

    __tablename__ = "phrase_use"
    judgement_id: Mapped[int] = mapped_column(ForeignKey("judgement.id"), primary_key=True)
    phrase_id: Mapped[int] = mapped_column(ForeignKey("phrase.id"), primary_key=True, index=True)
    number: Mapped[int]
    phrase: Mapped[Phrase] = relationship()


class Flaw(Base):
    """What an assessor says a version fails in, for every point that it is claimed for. Never edited: the one with the
    highest number stands.

    A flaw that fails in nothing takes back the one before it.
    """

    __tablename__ = "flaw"
    __table_args__ = (UniqueConstraint("assessment_id", "version_id", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    assessment_id: Mapped[int] = mapped_column(ForeignKey("assessment.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("version.id"), index=True)
    number: Mapped[int]
    """Counts the flaws of this version in this assessment, across rounds."""
    fails: Mapped[list[str]]
    """Which of VACSR do not hold, in the order of the word."""
    reason: Mapped[str] = mapped_column(String(500))
    by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    by_name: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime] = mapped_column(default=now)
    round: Mapped[Round] = relationship()
    version: Mapped[Version] = relationship()
