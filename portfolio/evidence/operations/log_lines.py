"""The lines of the log about evidence: of every deed on an item, and of the copies that were made of a file."""

from portfolio.evidence.models import Evidence, File
from portfolio.evidence.printed import printed, printed_page
from portfolio.evidence.rules import Kind
from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.log.deeds import Deed
from portfolio.people.models import Person
from portfolio.people.rules import Role


def record(deed: Deed, evidence: Evidence, *, by: Actor, **facts: object) -> None:
    """Write it, with the item's ref, in the present transaction."""
    db.session.flush()
    subject = f"evidence {evidence.id}"
    audit.record(deed, subject, by=by, learner_id=evidence.learner_id, ref=evidence.ref, **facts)


def record_copies(file: File) -> None:
    """Write what was found in a file and made of it, in the name of whoever sent it, in the present transaction.

    Of a film that includes its stills: their tenths of a second, and the hash over each.
    """
    db.session.flush()
    db.session.refresh(file)
    by = db.session.get_one(Person, file.owner_id)
    learner_id = by.id if by.has(Role.LEARNER) else None
    drawn = [one for one in file.drawn if one.is_picture] if file.kind == "video" else []
    stills = {"stills": [[one.number, audit.hash_of(printed_page(one))] for one in drawn]} if drawn else {}
    audit.record(
        Deed.COPIES_MADE, f"file {file.id}", by=by, learner_id=learner_id, printed_sha256=audit.hash_of(printed(file)),
        recording_sha256=audit.hash_of(printed(file, Kind.RECORDING)), **stills,
    )  # fmt: skip
