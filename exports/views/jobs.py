"""A page on which administrators see what the worker has in hand for their centre, and stop what takes too long."""

from dataclasses import dataclass

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from exports import operations, policy, queries
from exports.models import Export
from portfolio.evidence import preparing
from portfolio.evidence import queries as evidence
from portfolio.evidence.arrivals import operations as arrivals
from portfolio.evidence.models import File
from portfolio.foundation.db import transaction
from portfolio.foundation.mail import outbox, sending
from portfolio.foundation.work.jobs import Job
from portfolio.people import gate
from portfolio.people.models import Person

bp = Blueprint("jobs", __name__, url_prefix="/jobs")


@dataclass(frozen=True, slots=True)
class InHand:
    """An open job with what it is about."""

    job: Job
    asked_by: Person | None
    """None for somebody who is no person of the centre."""
    thing: Export | File | None

    @property
    def words(self) -> str:
        """What is done, in a few words."""
        match self.thing:
            case File():
                return f"Preparing {self.thing.name}"
            case Export(kind="pack"):
                return "Audit pack"
            case Export():
                return "Evidence report"
        return self.job.kind.capitalize()


@bp.get("")
@gate.allow(policy.may_stop_jobs)
def index() -> ResponseReturnValue:
    """What waits and what runs, with whose it is, since when, and how far."""
    found = queries.jobs_in_hand(g.person.centre_id)
    prepared = [job.args["file_id"] for job, _ in found if job.kind in preparing.KINDS]
    named = evidence.files_named(prepared)
    exports = queries.exports_by_job([job.id for job, _ in found])
    in_hand = [InHand(job, by, exports.get(job.id) or named.get(job.args.get("file_id", 0))) for job, by in found]
    return render_template("exports/jobs.html", in_hand=in_hand)


@bp.post("/<string:id>/stop")
@gate.allow(policy.may_stop_job, queries.job)
def stop(job: Job) -> ResponseReturnValue:
    """Call it off."""
    export = queries.exports_by_job([job.id]).get(job.id)
    with transaction():
        if export:
            operations.stop(export, by=g.person)
        elif job.kind in preparing.KINDS:
            id = job.args["file_id"]
            arrivals.stop_preparing(job, evidence.files_named([id])[id], by=g.person)
        elif job.kind == sending.JOB:
            outbox.stop(job, by=g.person)
    flash("Stopped.", "done")
    return redirect(url_for(".index"))
