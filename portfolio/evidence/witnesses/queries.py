"""Reads about witnesses. Whatever takes a `viewer` shows only the viewer's own centre."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from portfolio.evidence.models import Evidence, Version
from portfolio.evidence.rules import MINUTED, STATED
from portfolio.evidence.witnesses.models import Check, Trace, WitnessRequest
from portfolio.foundation.db import db
from portfolio.people.models import Person


def checks_of(version_ids: Collection[int]) -> dict[int, list[Check]]:
    """The checks of witnesses of each of these versions that has one, in their order."""
    query = select(Check).where(Check.version_id.in_(version_ids)).order_by(Check.at, Check.id)
    found = dict[int, list[Check]]()
    for one in db.session.scalars(query):
        found.setdefault(one.version_id, []).append(one)
    return found


def checks_about(evidence_ids: Collection[int]) -> dict[int, list[Check]]:
    """The checks of witnesses of any version of each of these items, in their order."""
    if not evidence_ids:
        return {}
    query = select(Check).join(Version, Check.version_id == Version.id).where(Version.evidence_id.in_(evidence_ids))
    found = dict[int, list[Check]]()
    for one in db.session.scalars(query.order_by(Check.at, Check.id)):
        found.setdefault(one.version.evidence_id, []).append(one)
    return found


def request(id: int, *, viewer: Person) -> WitnessRequest | None:
    """A request at the viewer's centre."""
    query = select(WitnessRequest).where(WitnessRequest.id == id, WitnessRequest.centre_id == viewer.centre_id)
    return db.session.scalars(query).one_or_none()


def by_token(token_sha256: str) -> WitnessRequest | None:
    """The request whose link has the token of this hash."""
    return db.session.scalars(select(WitnessRequest).where(WitnessRequest.token_sha256 == token_sha256)).one_or_none()


def by_subject(subject: str) -> WitnessRequest:
    """The request that a line of the log, or a mail, is about: `request 12`."""
    return db.session.get_one(WitnessRequest, int(subject.removeprefix("request ")), populate_existing=True)


def requests_of(learner_id: int) -> list[WitnessRequest]:
    """The requests about a learner, the newest first."""
    query = select(WitnessRequest).where(WitnessRequest.learner_id == learner_id)
    return list(db.session.scalars(query.options(joinedload(WitnessRequest.by)).order_by(WitnessRequest.id.desc())))


def waiting(at: datetime) -> list[WitnessRequest]:
    """All requests whose witness may still answer at a moment."""
    answered = (WitnessRequest.signed_at, WitnessRequest.declined_at, WitnessRequest.taken_back_at)
    query = select(WitnessRequest).where(WitnessRequest.expires_at > at, *(one.is_(None) for one in answered))
    return list(db.session.scalars(query.order_by(WitnessRequest.centre_id, WitnessRequest.id)))


def requests_behind(evidence_ids: Collection[int]) -> dict[int, WitnessRequest]:
    """The request of which each of these items came that came of one."""
    found = db.session.scalars(select(WitnessRequest).where(WitnessRequest.evidence_id.in_(evidence_ids)))
    return {one.evidence_id: one for one in found if one.evidence_id}


def free_behind(evidence_ids: Collection[int]) -> Sequence[WitnessRequest]:
    """The requests of which these items came, read afresh and held; but for those that somebody else holds."""
    query = select(WitnessRequest).where(WitnessRequest.evidence_id.in_(evidence_ids)).order_by(WitnessRequest.id)
    free = query.with_for_update(of=WitnessRequest, skip_locked=True, key_share=True)
    return db.session.scalars(free.execution_options(populate_existing=True)).all()


def version(id: int, *, viewer: Person) -> Version | None:
    """A version by its id, at the viewer's centre."""
    query = select(Version).join(Evidence, Version.evidence_id == Evidence.id)
    return db.session.scalars(query.where(Version.id == id, Evidence.centre_id == viewer.centre_id)).one_or_none()


def versions(ids: Collection[int]) -> list[Version]:
    """The versions of these ids that others stated something in."""
    query = select(Version).join(Evidence, Version.evidence_id == Evidence.id)
    return list(db.session.scalars(query.where(Version.id.in_(ids), Evidence.kind.in_(STATED))))


def count_asked(person_id: int, since: datetime) -> int:
    """How many requests somebody made since a moment."""
    query = select(func.count(WitnessRequest.id)).where(WitnessRequest.by_id == person_id)
    return db.session.scalar(query.where(WitnessRequest.asked_at > since)) or 0


def trace(sort: str, mark: str, *, person_id: int | None, request_id: int | None, signing: bool) -> Trace | None:
    """The trace of a learner, or of the holder of a link, with this mark."""
    query = select(Trace).where(Trace.sort == sort, Trace.mark == mark, Trace.signing == signing)
    whose = Trace.person_id == person_id if person_id else Trace.request_id == request_id
    return db.session.scalars(query.where(whose)).first()


def shared_traces(request_id: int, person_ids: Collection[int], since: datetime) -> set[tuple[str, bool]]:
    """What the holder of a link and somebody of these people had in common since a moment: `device` or `network`, and
    whether it was signed there.
    """
    theirs = select(Trace.mark).where(Trace.person_id.in_(person_ids), Trace.seen_at >= since)
    query = select(Trace.sort, Trace.signing).where(Trace.request_id == request_id, Trace.mark.in_(theirs)).distinct()
    return {(sort, signing) for sort, signing in db.session.execute(query)}


def own_texts(learner_ids: Collection[int], most: int) -> list[str]:
    """The words of a learner's own items, of the newest versions first; of at most `most` items."""
    own = (Evidence.kind.not_in((*STATED, *MINUTED)), Version.plain != "")
    query = _newest().where(Evidence.learner_id.in_(learner_ids), *own)
    return [version.plain for version in db.session.scalars(query.order_by(Version.id.desc()).limit(most))]


def words_about_others(centre_id: int, learner_ids: Collection[int], most: int) -> list[Version]:
    """What witnesses signed about other learners of a centre, the newest first; at most `most`."""
    query = _newest().join(WitnessRequest, WitnessRequest.evidence_id == Evidence.id)
    query = query.where(WitnessRequest.centre_id == centre_id, Evidence.learner_id.not_in(learner_ids))
    return list(db.session.scalars(query.order_by(Version.id.desc()).limit(most)))


def testimonies_of(learner_id: int) -> list[Version]:
    """The newest versions of what others stated of a learner, by item; of items that are in the portfolio."""
    query = _newest().where(Evidence.learner_id == learner_id, Evidence.kind.in_(STATED), Evidence.removed_at.is_(None))
    return list(db.session.scalars(query.order_by(Evidence.number)))


def testimonies_at(centre_id: int) -> Select[Version]:
    """The same of all learners of a centre, the newest first."""
    here = (Evidence.centre_id == centre_id, Evidence.kind.in_(STATED), Evidence.removed_at.is_(None))
    return _newest().where(*here).options(joinedload(Version.evidence).joinedload(Evidence.learner)).order_by(
        Version.id.desc()
    )  # fmt: skip


def all_testimonies_at(centre_id: int) -> list[Version]:
    """All of them."""
    return list(db.session.scalars(testimonies_at(centre_id)))


def _newest() -> Select[Version]:
    return select(Version).join(Evidence, Version.evidence_id == Evidence.id).where(Version.number == Evidence.latest)
