"""The audit log: one hash chain per centre, append-only, written in the same commit as the deed it tells of."""

import hashlib
import json
import re
import secrets
from collections.abc import Collection, Container, Iterator, Mapping
from typing import Any

from sqlalchemy import func, or_, select

from criteria.canonical import canonical
from portfolio.foundation.clock import now, stamp
from portfolio.foundation.db import db
from portfolio.foundation.errors import Refused
from portfolio.foundation.log.actors import Actor as Actor
from portfolio.foundation.log.actors import Terminal as Terminal
from portfolio.foundation.log.chain import GENESIS as GENESIS
from portfolio.foundation.log.chain import Break, Link, followed
from portfolio.foundation.log.chain import check as check
from portfolio.foundation.log.chain import digest as digest
from portfolio.foundation.log.chain import hash_of as hash_of
from portfolio.foundation.log.deeds import Deed
from portfolio.foundation.log.tables import Countersignature as Countersignature
from portfolio.foundation.log.tables import Event as Event
from portfolio.foundation.log.tables import LogHead as LogHead

_LEARNER = re.compile(r'"learner":(\d+)')
_BEFORE = '"before":'
"""Only lines that are filed under a learner name the line about them before."""


COMING_AND_GOING = (
    Deed.PASSWORD_SET, Deed.PASSWORD_CHANGED, Deed.SIGNED_IN, Deed.SIGNED_OUT, Deed.SIGNED_OUT_ELSEWHERE,
    Deed.SIGN_IN_FAILED,
)  # fmt: skip
"""What somebody does with their account alone."""


def open_log(centre_id: int, number: str) -> None:
    """Begin the chain of a new centre."""
    db.session.add(LogHead(centre_id=centre_id, centre=number, seq=0, hash=GENESIS))
    db.session.flush()


def record(deed: Deed, subject: str, *, by: Actor, learner_id: int | None = None, **facts: Any) -> Event:
    """Write one line about `subject` (`assessment 12`) to the log of the actor's centre, in the present transaction.

    Facts about a learner say whom, and which line about them came `before` (0: none): none can be left out unseen. The
    `salt` is random: who has a line's hash alone cannot find out by trying what it tells.
    """
    head = db.session.execute(
        select(LogHead)
        .where(LogHead.centre_id == by.centre_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).scalar_one()
    if learner_id is not None:
        facts |= {"learner": learner_id, "before": _last_about(learner_id)}
    facts["salt"] = secrets.token_hex(16)
    line: dict[str, Any] = {
        "centre": head.centre,
        "seq": head.seq + 1,
        "at": stamp(now()),
        "actor": by.name,
        "actor_id": by.id,
        "role": ", ".join(by.role_names),
        "deed": deed.value,
        "subject": subject,
        "facts": json.loads(canonical(facts)),
        "prev": head.hash,
    }
    line["hash"] = head.hash = digest(line)
    head.seq = line["seq"]
    event = Event(**line | {"facts": canonical(facts)}, centre_id=by.centre_id, learner_id=learner_id)
    db.session.add(event)
    db.session.flush()
    return event


def name_of(centre_id: int) -> str:
    """What every line of a centre's log calls it: the number with which it was opened, also when it has another."""
    return db.session.scalars(select(LogHead.centre).where(LogHead.centre_id == centre_id)).one()


def has_acted(person_id: int) -> bool:
    """Whether somebody did anything but come in and go."""
    query = select(Event.id).where(Event.actor_id == person_id, Event.deed.not_in(COMING_AND_GOING))
    return db.session.scalars(query.limit(1)).first() is not None


def lines(centre_id: int) -> Iterator[dict[str, Any]]:
    """Every line of a centre's chain in order, in bounded memory."""
    query = select(Event).where(Event.centre_id == centre_id).order_by(Event.seq)
    with db.session.scalars(query.execution_options(yield_per=1000)) as events:  # a reader may stop at a broken line
        for event in events:
            yield event.line()
            db.session.expunge(event)


def last_about(learner_id: int, centre_id: int) -> int:
    """Number of the last line about a learner; until the transaction ends nobody else writes another."""
    db.session.execute(select(LogHead.seq).where(LogHead.centre_id == centre_id).with_for_update())
    return _last_about(learner_id)


def lines_about(*learner_ids: int) -> list[dict[str, Any]]:
    """The lines that concern one learner, by whichever of their records, in order."""
    query = select(Event).where(Event.learner_id.in_(learner_ids)).order_by(Event.seq)
    return [event.line() for event in db.session.scalars(query)]


def lines_on(centre_id: int, subjects: Collection[str], deeds: Collection[str]) -> list[dict[str, Any]]:
    """The lines of a centre about some subjects that tell of some deeds, in order; each with its `learner_id`."""
    query = select(Event).where(Event.centre_id == centre_id, Event.subject.in_(subjects), Event.deed.in_(deeds))
    return [one.line() | {"learner_id": one.learner_id} for one in db.session.scalars(query.order_by(Event.seq))]


def subjects(centre_id: int, deed: Deed) -> set[str]:
    """What the lines of a centre tell of that deed about: `person 7`."""
    return set(db.session.scalars(select(Event.subject).where(Event.centre_id == centre_id, Event.deed == deed)))


def unfiled(learner: int, centre_id: int) -> int | None:
    """Number of the first line that tells of a learner after all that are filed under them; None where there is none.

    Lines say who they are about, and which came before; only the last can be unfiled without a gap among them.
    """
    tells = or_(*(Event.facts.contains(f'"learner":{learner}{end}', autoescape=True) for end in ",}"))
    later = select(func.min(Event.seq)).where(Event.centre_id == centre_id, Event.seq > _last_about(learner), tells)
    return db.session.scalar(later)


def _last_about(learner_id: int) -> int:
    return db.session.scalar(select(func.max(Event.seq)).where(Event.learner_id == learner_id)) or 0


def head(centre_id: int) -> tuple[int, str]:
    """Sequence number and hash of the last line; (0, GENESIS) for an empty log."""
    row = db.session.execute(select(LogHead.seq, LogHead.hash).where(LogHead.centre_id == centre_id)).one_or_none()
    return (row.seq, row.hash) if row else (0, GENESIS)


def heads() -> dict[str, tuple[int, str]]:
    """Number of every centre → number and hash of the last line of its log."""
    rows = db.session.execute(select(LogHead.centre, LogHead.seq, LogHead.hash))
    return {row.centre: (row.seq, row.hash) for row in rows}


def logs() -> dict[int, str]:
    """Every log: its centre's id → its number."""
    return {row.centre_id: row.centre for row in db.session.execute(select(LogHead.centre_id, LogHead.centre))}


def countersignatures(centre_id: int) -> list[Countersignature]:
    """The time stamps over a centre's log, the oldest first."""
    query = select(Countersignature).where(Countersignature.centre_id == centre_id).order_by(Countersignature.seq)
    return list(db.session.scalars(query))


def keep_countersignature(centre_id: int, *, end: tuple[int, str], token: bytes) -> Countersignature:
    """Put a time stamp over the head `end` on record, in the present transaction."""
    row = Countersignature(centre_id=centre_id, seq=end[0], hash=end[1], at=now(), token=token)
    db.session.add(row)
    db.session.flush()
    return row


def check_kept(centre_id: int, stamped: Mapping[int, str] | None = None) -> Break | None:
    """The first line of a centre's log in the database that does not hold, or None; in bounded memory."""
    last = select(func.max(Event.seq)).where(Event.centre_id == centre_id).scalar_subquery()
    end = select(LogHead.seq, LogHead.hash, last).where(LogHead.centre_id == centre_id)
    if (head := db.session.execute(end).one_or_none()) is None:
        return Break(0, "the record of where the log ends is gone")
    if (head[2] or 0) > head.seq:
        return Break(head.seq + 1, f"line {head.seq + 1} stands beyond the end of the log")
    return followed(_links(centre_id, head.seq), (head.seq, head.hash), stamped or {})


def written(centre_id: int, last: int, whole: Container[int]) -> Iterator[bytes]:
    """The lines up to `last` in order, each as its canonical JSON (see `chain`), in bounded memory.

    Those in `whole`, and those about the centre's keys, are told, their facts as they stand in the table, so that a
    changed one cannot be made right on the way; of every other its number, its hash and that of the line before.
    Refused for a line that is filed under another learner than it tells of.
    """
    text = json.encoder.encode_basestring
    for (seq, prev, own, head, tail), filed in _bodies(centre_id, last):
        if not _fits(head, filed):
            raise Refused(f"Line {seq} of the log is not filed under the learner it tells of (flask audit verify).")
        if seq in whole or f',"deed":"{Deed.KEY_MADE}",' in head:
            yield f'{head}"hash":{text(own)},{tail}'.encode()
        else:
            yield f'{{"hash":{text(own)},"prev":{text(prev)},"seq":{seq}}}'.encode()


def _links(centre_id: int, last: int) -> Iterator[Link]:
    """A line that is filed under another learner than it tells of counts as changed."""
    for (seq, prev, own, head, tail), filed in _bodies(centre_id, last):
        yield Link(seq, prev, own, hashlib.sha256((head + tail).encode()).hexdigest() if _fits(head, filed) else "")


def _fits(head: str, filed: int | None) -> bool:
    """Whether a line is filed under the learner that it tells of."""
    told = _LEARNER.search(head) if _BEFORE in head else None
    return told is None or int(told[1]) == filed


def _bodies(centre_id: int, last: int) -> Iterator[tuple[tuple[int, str, str, str, str], int | None]]:
    """The lines up to `last`, from plain columns: no object is made of a line, and its facts are not read as JSON.

    Each as its number, the hash before it, its own, and its canonical JSON before and after the place of its own; and
    the learner under whom it is filed.
    """
    names = (
        "actor",
        "actor_id",
        "at",
        "centre",
        "deed",
        "facts",
        "prev",
        "role",
        "seq",
        "subject",
        "hash",
        "learner_id",
    )
    query = select(*(getattr(Event, name) for name in names)).where(Event.centre_id == centre_id, Event.seq <= last)
    text = json.encoder.encode_basestring
    with db.session.execute(query.order_by(Event.seq).execution_options(yield_per=5000)) as rows:
        for actor, actor_id, at, centre, deed, facts, prev, role, seq, subject, own, filed in rows:
            head = (
                f'{{"actor":{text(actor)},"actor_id":{"null" if actor_id is None else actor_id},"at":{text(at)},'
                f'"centre":{text(centre)},"deed":{text(deed)},"facts":{facts},'
            )
            tail = f'"prev":{text(prev)},"role":{text(role)},"seq":{seq},"subject":{text(subject)}}}'
            yield (seq, prev, own, head, tail), filed
