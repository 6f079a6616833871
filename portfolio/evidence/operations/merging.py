"""The evidence of one record of somebody goes over to another: numbers go on, and the files follow."""

from typing import Any

from sqlalchemy import Update, update

from portfolio.evidence import queries
from portfolio.evidence.models import Claim, File
from portfolio.foundation.db import db
from portfolio.people.models import Person


def move_evidence(double: Person, stays: Person) -> dict[str, Any]:
    """Move all items, claims and files of `double` to who stays; what the line of the log says of it.

    Items take the numbers after those that are there, in their order. Each is told as its id, the ref that it had and
    the one that it has, and the number and hash of its newest version. Whoever calls it holds both people.
    """
    evidence = list[list[object]]()
    for number, item in enumerate(queries.all_items(double.id), start=queries.next_number(stays.id)):
        before, version = item.ref, queries.latest(item)
        item.learner_id, item.number, item.learner = stays.id, number, stays
        evidence.append([item.id, before, item.ref, version.number, version.sha256])
    db.session.flush()
    claims = _moved(update(Claim).where(Claim.learner_id == double.id).values(learner_id=stays.id))
    files = _moved(update(File).where(File.owner_id == double.id).values(owner_id=stays.id))
    return {"evidence": evidence, "claims": claims, "files": files}


def _moved(rows: Update) -> int:
    """How many rows it was; what was loaded of them is read afresh."""
    count: int = db.session.execute(rows.execution_options(synchronize_session="fetch")).rowcount  # type: ignore[attr-defined]
    return count
