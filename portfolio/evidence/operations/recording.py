"""The line of the log that every deed on an item of evidence writes."""

from portfolio.evidence.models import Evidence
from portfolio.foundation import audit
from portfolio.foundation.db import db
from portfolio.people.models import Person


def record(deed: str, evidence: Evidence, *, by: Person, **facts: object) -> None:
    """Write it, with the item's ref, in the present transaction."""
    db.session.flush()
    subject = f"evidence {evidence.id}"
    audit.record(deed, subject, by=by, learner_id=evidence.learner_id, ref=evidence.ref, **facts)
