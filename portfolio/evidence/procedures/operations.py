"""Writes about the register: a policy or procedure is registered, followed by a new version, ended, taken up again."""

from portfolio.evidence.procedures import queries
from portfolio.evidence.procedures.models import Procedure
from portfolio.evidence.procedures.rules import Stated, ensure_stated
from portfolio.foundation.clock import now
from portfolio.foundation.db import db, hold
from portfolio.foundation.errors import Incomplete, OutOfTurn
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.people.models import Centre, Person


def register(stated: Stated, centre: Centre, *, by: Person, follows: Procedure | None = None) -> Procedure:
    """Put a policy or procedure into the register of `centre`; the version that it `follows` is ended by it.

    Raises `Incomplete` as `ensure_stated` does, and for one that is there under the same title and version;
    `OutOfTurn` where another version took the place of the one that it follows, or that one was ended.
    """
    hold(centre)
    ensure_stated(stated)
    if queries.same(centre.id, stated.title, stated.version):
        raise Incomplete(f"{stated.title}, version {stated.version}, is in the register already.", ("version",))
    if follows:
        db.session.refresh(follows)
        if follows.ended_at:
            raise OutOfTurn(f"{follows.name}, was ended meanwhile. Open the register again and go on from there.")
        end(follows, by=by)
    row = Procedure(
        centre_id=centre.id, title=stated.title, version=stated.version, place=stated.place, since=stated.since,
        follows_id=follows.id if follows else None,
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    _record(
        Deed.PROCEDURE_REGISTERED, row, by=by, place=row.place,
        since=row.since.isoformat() if row.since else "", follows=row.follows_id,
    )  # fmt: skip
    return row


def end(procedure: Procedure, *, by: Person) -> None:
    """Let nobody refer to it anew; evidence that refers to it stays as it is."""
    hold(procedure)
    if procedure.ended_at is None:
        procedure.ended_at = now()
        _record(Deed.PROCEDURE_ENDED, procedure, by=by)


def resume(procedure: Procedure, *, by: Person) -> None:
    """Put an ended one back into the register.

    Raises `OutOfTurn` where a newer version took its place, or where the same was registered anew.
    """
    hold(procedure)
    if procedure.ended_at is None:
        return
    if newer := queries.follower(procedure):
        raise OutOfTurn(f"{newer.name}, took its place. End that one first.")
    if queries.same(procedure.centre_id, procedure.title, procedure.version):
        raise OutOfTurn(f"{procedure.name}, was registered anew. There is nothing to put back.")
    procedure.ended_at = None
    _record(Deed.PROCEDURE_RESUMED, procedure, by=by)


def take_back(procedure: Procedure, *, by: Person) -> None:
    """Undo its registration: it is ended, and the version that it followed is in the register again.

    Raises `OutOfTurn` as `resume` does.
    """
    end(procedure, by=by)
    if before := queries.before(procedure):
        db.session.flush()
        resume(before, by=by)


def _record(deed: Deed, procedure: Procedure, *, by: Person, **facts: object) -> None:
    db.session.flush()
    said = {"title": procedure.title, "version": procedure.version} | facts
    audit.record(deed, f"procedure {procedure.id}", by=by, learner_id=None, **said)
