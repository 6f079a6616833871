"""The lines of the log about requests to witnesses; none names a witness."""

from portfolio.evidence.witnesses.models import WitnessRequest
from portfolio.foundation.db import db
from portfolio.foundation.log import audit
from portfolio.foundation.log.actors import Actor
from portfolio.foundation.log.deeds import Deed


def record_request(deed: Deed, request: WitnessRequest, *, by: Actor, **facts: object) -> None:
    """Write it, filed under the learner, in the present transaction."""
    db.session.flush()
    audit.record(deed, f"request {request.id}", by=by, learner_id=request.learner_id, **facts)
