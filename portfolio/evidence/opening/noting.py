"""What pages call when they show somebody else's work, or give an original away."""

from contextlib import suppress
from typing import Any

from portfolio.evidence import queries
from portfolio.evidence.models import Evidence, File
from portfolio.evidence.opening import operations
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Conflict
from portfolio.people.models import Person


def opened(evidence: Evidence, *, by: Person) -> None:
    """An item is shown to `by`; nothing is noted of one's own."""
    work_opened(f"evidence {evidence.id}", evidence.learner, by=by, ref=evidence.ref, version=evidence.latest)


def work_opened(subject: str, learner: Person, *, by: Person, **facts: Any) -> None:
    """Work of `learner` is shown to `by`; nothing is noted of one's own."""
    if learner.id != by.id and not operations.is_noted(subject, by=by):
        with suppress(Conflict), transaction():
            operations.look(subject, by=by, learner=learner, **facts)


def shown(file: File, *, by: Person) -> None:
    """A copy of a file is shown to `by`; noted where nothing of that learner's work was opened today."""
    item = None if file.owner_id == by.id else queries.item_with(file)
    if item and not operations.is_noted(operations.work_of(item.learner), by=by):
        opened(item, by=by)


def taken(file: File, *, by: Person) -> None:
    """An original is given to `by`."""
    subject = f"file {file.id}"
    if not operations.is_noted(subject, by=by):
        with suppress(Conflict), transaction():
            operations.take(subject, by=by, sha256=file.sha256, size=file.size)


def sweep() -> None:
    """Remove what is not needed any more; for the worker."""
    with transaction():
        operations.forget()
