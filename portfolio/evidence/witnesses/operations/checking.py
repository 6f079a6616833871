"""An assessor checks a witness; what is under way goes over to another record of the learner."""

from sqlalchemy import update

from portfolio.evidence.models import Version
from portfolio.evidence.operations.log_lines import record
from portfolio.evidence.rules import STATED
from portfolio.evidence.witnesses.models import Check, Trace, WitnessRequest
from portfolio.evidence.witnesses.rules import Checked, ensure_checked
from portfolio.foundation.clock import now, stamp, today
from portfolio.foundation.db import db
from portfolio.foundation.errors import Refused
from portfolio.foundation.log.audit import hash_of
from portfolio.foundation.log.deeds import Deed
from portfolio.people.models import Person

NO_WITNESS = "Only what a witness states is checked in this way."


def check(version: Version, checked: Checked, *, by: Person) -> Check:
    """Put on record how an assessor made sure of the witness of a version; earlier checks stay beside it.

    Raises `Incomplete` as `ensure_checked` does. Refused for evidence that no witness states.
    """
    ensure_checked(checked, today=today(by.centre.timezone))
    if version.evidence.kind not in STATED:
        raise Refused(NO_WITNESS)
    made = Check(
        version_id=version.id, how=checked.how, on=checked.on, means=checked.means, words=checked.words, by_id=by.id,
        by_name=by.name, at=now(),
    )  # fmt: skip
    db.session.add(made)
    db.session.flush()
    record(
        Deed.WITNESS_CHECKED, version.evidence, by=by, check=made.id, version=version.number, sha256=version.sha256,
        how=made.how, on=made.on.isoformat(), means_sha256=hash_of(made.means), words_sha256=hash_of(made.words),
        checked_at=stamp(made.at),
    )  # fmt: skip
    return made


def move_requests(double: Person, stays: Person) -> None:
    """Let the requests about `double`, or by them, be about who stays, and the traces theirs."""
    for column in (WitnessRequest.learner_id, WitnessRequest.by_id, Trace.person_id):
        rows = update(column.class_).where(column == double.id)
        db.session.execute(rows.values({column: stays.id}).execution_options(synchronize_session="fetch"))
