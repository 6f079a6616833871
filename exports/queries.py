"""Reads about exports. Whatever takes a `viewer` shows only the viewer's own centre."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select

from exports.models import Export, KeptShare, Report, Taking
from exports.rules import TAKEN_WITHIN
from portfolio.foundation.clock import now
from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.work.jobs import OPEN, Job
from portfolio.people import queries as people
from portfolio.people.models import Person
from portfolio.units.queries import who_learns

MANY = 200
"""Exports that are looked through for those that failed."""
AT_ONCE = 500
"""Learners of one query: databases bound how many values they are given."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """A learner's share of a pack as it is kept, and what the register says of the report that it names."""

    learner: int
    fingerprint: str
    report_sha256: str
    sha256: str
    content: bytes
    size: int
    pages: int | None
    unstamped: bool


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that signs, or signed, for a centre."""

    sha256: str
    der: str
    """In base64 (RFC 4648)."""
    since: str
    because: str

    @property
    def pem(self) -> str:
        """As a PEM file (RFC 7468)."""
        body = "\n".join(self.der[at : at + 64] for at in range(0, len(self.der), 64))
        return f"-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n"

    @property
    def fingerprint(self) -> str:
        """Its SHA-256 in groups, to be read out."""
        return " ".join(self.sha256[at : at + 4] for at in range(0, 64, 4))


def export(id: int, *, viewer: Person) -> Export | None:
    """An export of the viewer's centre."""
    query = select(Export).where(Export.id == id, Export.centre_id == viewer.centre_id)
    return db.session.scalars(query).one_or_none()


def exports_of(centre_id: int) -> Select[Export]:
    """A centre's exports, the newest first, without those that learners made for themselves."""
    query = select(Export).where(Export.centre_id == centre_id, Export.is_own.is_(False))
    return query.order_by(Export.asked_at.desc(), Export.id.desc())


def own_exports(person_id: int) -> Select[Export]:
    """What a learner made for themselves, by whichever of their records, the newest first."""
    return (
        select(Export).where(Export.by_id.in_(people.records_of(person_id)), Export.is_own).order_by(Export.id.desc())
    )


def job(id: str, *, viewer: Person) -> Job | None:
    """A job of the viewer's centre."""
    return db.session.scalars(select(Job).where(Job.id == id, Job.centre_id == viewer.centre_id)).one_or_none()


def jobs_in_hand(centre_id: int, *, limit: int = 200) -> list[tuple[Job, Person | None]]:
    """A centre's jobs that wait or run, with the person who asked: those that run first, then the longest waiting."""
    query = select(Job, Person).outerjoin(Person, Person.id == Job.person_id)
    query = query.where(Job.centre_id == centre_id, Job.state.in_(OPEN)).order_by(Job.state, Job.created_at, Job.id)
    return [(job, person) for job, person in db.session.execute(query.limit(limit))]


def exports_by_job(ids: Collection[str]) -> dict[str, Export]:
    """The exports that these jobs make, by the job's id."""
    query = select(Export).where(Export.job_id.in_(ids))
    return {export.job_id or "": export for export in db.session.scalars(query)}


def takings(export: Export) -> list[Taking]:
    """Who took an export's file away, the last first; each person once, with the last time."""
    last = select(func.max(Taking.id)).where(Taking.export_id == export.id).group_by(Taking.by_id)
    return list(db.session.scalars(select(Taking).where(Taking.id.in_(last)).order_by(Taking.id.desc())))


def has_taken(export: Export, person: Person) -> bool:
    """Whether somebody took, or began to take, an export's file before."""
    query = select(Taking.id).where(Taking.export_id == export.id, Taking.by_id == person.id)
    return db.session.scalars(query.limit(1)).first() is not None


def report(centre_id: int, made_of_sha256: str) -> Report | None:
    """The finished report of exactly this input."""
    query = select(Report).where(Report.centre_id == centre_id, Report.made_of_sha256 == made_of_sha256)
    return db.session.scalars(query).one_or_none()


def remembered(learners: Sequence[int]) -> list[Remembered]:
    """What is kept of these learners' shares of a pack, where the register still has the report that they name."""
    columns = (KeptShare.learner_id, KeptShare.fingerprint, KeptShare.report_sha256, KeptShare.sha256)
    query = select(*columns, KeptShare.content, Report.size, Report.pages, Report.unstamped).join(
        Report, (Report.sha256 == KeptShare.report_sha256) & (Report.learner_id == KeptShare.learner_id)
    )
    rows: list[Remembered] = []
    for first in range(0, len(learners), AT_ONCE):
        some = query.where(KeptShare.learner_id.in_(learners[first : first + AT_ONCE]))
        rows += (Remembered(*row) for row in db.session.execute(some))
    return rows


def unstamped(sha256s: Collection[str]) -> int:
    """How many of these reports lack the time stamp that was asked for."""
    query = select(func.count()).select_from(Report).where(Report.sha256.in_(sha256s), Report.unstamped)
    return db.session.scalar(query) or 0


def certificates(centre_id: int) -> list[Certificate]:
    """The certificates that signed for a centre, as its log tells of them, the present one last."""
    lines = audit.lines_on(centre_id, {f"centre {centre_id}"}, {Deed.KEY_MADE})
    return [
        Certificate(
            line["facts"]["certificate_sha256"], line["facts"]["certificate"], line["at"], line["facts"]["because"]
        )
        for line in lines
    ]


def has_signed(centre_id: int) -> bool:
    """Whether anything was ever signed for a centre."""
    return db.session.scalar(select(Report.id).where(Report.centre_id == centre_id).limit(1)) is not None


def failed(centre_id: int, most: int) -> list[Export]:
    """The exports of a centre that could not be made, and were not asked for again since, the newest first."""
    newest, found = set[tuple[str, tuple[int, ...]]](), list[Export]()
    for one in db.session.scalars(exports_of(centre_id).limit(MANY)):
        asked = one.kind, tuple(one.learners)
        if asked not in newest and one.job and one.job.state == "failed":
            found.append(one)
        newest.add(asked)
    return found[:most]


def ready(centre_id: int, most: int) -> list[Export]:
    """The exports of a centre that can be taken and that nobody has taken, the newest first."""
    untaken = ~exists().where(Taking.export_id == Export.id)
    query = exports_of(centre_id).where(Export.finished_at > now() - TAKEN_WITHIN, untaken)
    return list(db.session.scalars(query.limit(most)))


def learners(centre_id: int) -> list[Person]:
    """All learners of a centre by name, also those who left: a shut account ends no more than signing in."""
    query = select(Person).where(Person.centre_id == centre_id, who_learns())
    return list(db.session.scalars(query.order_by(Person.name, Person.id)))


def has_learners(centre_id: int) -> bool:
    """Whether a centre has any of them."""
    query = select(Person.id).where(Person.centre_id == centre_id, who_learns()).limit(1)
    return db.session.scalars(query).first() is not None


def person(id: int) -> Person:
    """A person by id, for a job; of a record that was merged, the person whose record has its work."""
    (now,) = people.records_now([id])
    return db.session.get_one(Person, now)
