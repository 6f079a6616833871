"""The log's head, countersigned once a day by a time-stamp authority: the past cannot be rewritten."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from exports import verify
from exports.signing import time_stamps
from portfolio.foundation.clock import now
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Conflict
from portfolio.foundation.log import audit
from portfolio.foundation.settings import current
from portfolio.people import queries as people

DAY = timedelta(hours=23)
"""Hours until the next time stamp; an hour short of a day, because the worker looks once an hour."""


def countersign() -> int:
    """Have every centre's log time-stamped that moved since its last time stamp, a day ago; returns how many were.

    Does nothing where no authority is set. Raises `time_stamps.Unstamped` where it does not answer.
    """
    authority = time_stamps.authority(current())
    if authority is None:
        return 0
    done = 0
    for centre, end in list(_moved()):
        token = authority.token(bytes.fromhex(end[1]))
        try:
            with transaction():
                audit.keep_countersignature(centre, end=end, token=token)
        except Conflict:
            continue  # another worker did it meanwhile
        done += 1
    return done


def _moved() -> Iterator[tuple[int, tuple[int, str]]]:
    """Centres whose log moved, and its head."""
    for centre in people.centres():
        end, past = audit.head(centre.id), audit.countersignatures(centre.id)
        due = not past or (now() - past[-1].at > DAY and end[0] > past[-1].seq)
        if due and end[0]:
            yield centre.id, end


def stamped(centre_id: int) -> tuple[dict[int, str], list[str]]:
    """What the authority saw: number of the line → its hash; and a sentence for each time stamp that does not hold."""
    seen, wrong = dict[int, str](), list[str]()
    for row in audit.countersignatures(centre_id):
        try:
            verify.stamped(row.token)
        except ValueError as reason:
            wrong.append(f"{reason}: the one over line {row.seq}")
            continue
        seen[row.seq] = verify.imprint(row.token)
    return seen, wrong


def left(pack: Path) -> tuple[str, dict[int, str]]:
    """A centre's number and what a pack that left the house says of its log: number of a line → its hash.

    Raises `ValueError` for a file that is no pack, or does not hold.
    """
    told = verify.check(pack)
    if told.faults or told.kind != "audit pack":
        raise ValueError(f"{pack} is not a pack that holds: {told.faults[0].what if told.faults else told.kind}")
    with pack.open("rb") as file:
        held = verify.Pack(file, pack.stat().st_size)
        head = json.loads(held.read("data/log/head.json"))
        stamps = json.loads(held.read("data/log/countersignatures.json"))
    return head["centre"], {row["seq"]: row["hash"] for row in (*stamps, head)}
