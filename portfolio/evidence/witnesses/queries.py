"""Reads about witnesses."""

from collections.abc import Collection

from sqlalchemy import select

from portfolio.evidence.witnesses.models import Check
from portfolio.foundation.db import db


def checks_of(version_ids: Collection[int]) -> dict[int, list[Check]]:
    """The checks of witnesses of each of these versions that has one, in their order."""
    query = select(Check).where(Check.version_id.in_(version_ids)).order_by(Check.at, Check.id)
    found = dict[int, list[Check]]()
    for one in db.session.scalars(query):
        found.setdefault(one.version_id, []).append(one)
    return found
