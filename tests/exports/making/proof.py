"""What proves the work of ada: whether her records are what the log tells, and the bytes of her pack."""

from collections import Counter

from exports.facts.snapshot import log_check
from exports.pack import bag, inventory
from portfolio.foundation.db import db
from tests.exports.making.test_checking import made
from tests.fixtures.cast import House


def found(house: House) -> list[str]:
    """What the records' check against the log finds."""
    db.session.expire_all()
    return list(log_check.differing(house.person("ada"), Counter()))


def packed(house: House) -> bytes:
    """A pack of ada, asked for and done by the worker."""
    export = made(house)
    assert export.job
    assert (export.job.state, export.job.error) == ("done", "")
    return b"".join(bag.stream(inventory.members(export.plan_sha256)))
