"""Houses of the bench: an instance folder with a filled centre, and what is asked for in it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import flask_migrate
from flask import Flask
from sqlalchemy import func, select

from app import create_app
from bench.filled_centre import filling
from portfolio.assessment import queries
from portfolio.assessment.lifecycle import State
from portfolio.assessment.models import Assessment, Judgement
from portfolio.foundation import settings
from portfolio.foundation.db import db
from portfolio.people.models import Person
from portfolio.units.models import Edition, Enrolment

SECRET = "a secret of the bench, which nobody else has: 7f3kq9zv2xw8"  # noqa: S105
SHOWN = 24
"""Different marking views that are asked for in turn."""


@dataclass(frozen=True, slots=True, eq=False)
class House:
    """A filled house: how many learners, and where."""

    learners: int
    folder: Path
    database: str = ""
    """SQLAlchemy URL; empty for SQLite in the folder."""
    further: Mapping[str, str] = field(default_factory=dict)
    """More settings: where its files are."""

    @property
    def environment(self) -> dict[str, str]:
        """The settings under which its programs run: production, without HTTPS."""
        told = {"MARKWELL_INSTANCE": str(self.folder), "MARKWELL_SECRET": SECRET, "MARKWELL_HTTPS": "0"}
        return told | {"MARKWELL_DEMO": "", "MARKWELL_DATABASE": self.database, **self.further}

    @contextmanager
    def open(self) -> Iterator[Flask]:
        """The application on this house, in this process."""
        app = create_app(settings.read(self.environment))
        with app.app_context():
            yield app
            db.session.remove()
            db.engine.dispose()


def built(
    learners: int, folder: Path, *, more: int = 0, database: str = "", further: Mapping[str, str] | None = None
) -> House:
    """A new house with so many learners, the first with `more` accounts than usual."""
    house = House(learners, folder, database, further or {})
    with house.open():
        flask_migrate.upgrade()
        filling.fill(learners, more=more)
    return house


def waiting(email: str, *, limit: int = SHOWN) -> list[int]:
    """Ids of the assessments of the main unit that wait longest for somebody; within `House.open`."""
    query = (
        select(Assessment.id)
        .join(Enrolment, Enrolment.id == Assessment.enrolment_id)
        .join(Edition, Edition.id == Enrolment.edition_id)
        .join(Person, Person.id == Assessment.assessor_id)
        .where(Person.email == email, Edition.code == filling.MAIN, Assessment.state == State.HANDED_IN)
        .order_by(Assessment.handed_in_at, Assessment.id)
        .limit(limit)
    )
    return list(db.session.scalars(query))


def points_of(assessment_id: int) -> dict[int, int]:
    """Ids of the points of an assessment, each with the number of its last judgement (0: none)."""
    assessment = db.session.get_one(Assessment, assessment_id)
    judged = select(Judgement.point_id, Judgement.number).where(Judgement.assessment_id == assessment_id)
    last = dict(db.session.execute(judged.order_by(Judgement.number)).all())
    return {point.id: last.get(point.id, 0) for point in assessment.enrolment.edition.points}


def words_of(assessment_id: int) -> list[bytes]:
    """What the marking view of an assessment must hold: every point and every claimed place."""
    assessment = db.session.get_one(Assessment, assessment_id)
    points = [f'data-verdict-for="{point.id}"' for point in assessment.enrolment.edition.points]
    claims = [claim for round in assessment.rounds for claim in round.claims]
    places = [f'data-go="{claim.version_id}"' for claim in claims]
    return [word.encode() for word in (*points, *places)]


def open_points(email: str) -> list[int]:
    """Ids of the points of the main unit that learners of somebody wait for."""
    person = db.session.scalars(select(Person).where(Person.email == email)).one()
    return [one.id for one in queries.open_points(person) if one.code == filling.MAIN]


def queue_length(email: str) -> int:
    """How many wait for somebody."""
    query = select(func.count(Assessment.id)).join(Person, Person.id == Assessment.assessor_id)
    return db.session.scalar(query.where(Person.email == email, Assessment.state == State.HANDED_IN)) or 0
