"""What pages call when they show somebody else's work, or give an original away."""

from contextlib import suppress
from typing import Any

from portfolio.evidence import queries
from portfolio.evidence.models import Evidence, File
from portfolio.evidence.opening import operations
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Conflict
from portfolio.people.models import Person


def opened(*items: Evidence, by: Person) -> None:
    """These items, or something of each, are shown to `by`; nothing is noted of one's own."""
    others = [one for one in items if one.learner_id != by.id]
    known = operations.noted([_subject(one) for one in others], by=by) if others else set()
    if fresh := [one for one in others if _subject(one) not in known]:
        with suppress(Conflict), transaction():
            for one in fresh:
                operations.look(_subject(one), by=by, learner=one.learner, ref=one.ref, version=one.latest)


def _subject(evidence: Evidence) -> str:
    """How the log names an item."""
    return f"evidence {evidence.id}"


def work_opened(subject: str, learner: Person, *, by: Person, **facts: Any) -> None:
    """Work of `learner` is shown to `by`; nothing is noted of one's own."""
    if learner.id != by.id and not operations.noted([subject], by=by):
        with suppress(Conflict), transaction():
            operations.look(subject, by=by, learner=learner, **facts)


def shown(file: File, *, by: Person) -> None:
    """A copy of a file is shown to `by`; noted where nothing of that learner's work was opened today."""
    item = None if file.owner_id == by.id else queries.item_with(file)
    if item and not operations.noted([operations.work_of(item.learner)], by=by):
        opened(item, by=by)


def taken(file: File, *, by: Person) -> None:
    """An original is given to `by`."""
    subject = f"file {file.id}"
    if not operations.noted([subject], by=by):
        with suppress(Conflict), transaction():
            operations.take(subject, by=by, sha256=file.sha256, size=file.size)


def sweep() -> None:
    """Remove what is not needed any more; for the worker."""
    with transaction():
        operations.forget()
