"""Reads that only the sample needs."""

from sqlalchemy import select

from portfolio.evidence import preparing
from portfolio.foundation.db import db
from portfolio.foundation.work.jobs import Job


def preparations() -> list[str]:
    """Ids of the jobs that wait to make copies of files."""
    return list(db.session.scalars(select(Job.id).where(Job.kind.in_(preparing.KINDS), Job.state == "waiting")))
