"""The records that were merged into a learner's, and which item came from which of them."""

import json
from collections.abc import Iterable

from exports.facts.frozen import EventFacts, MergedFacts
from portfolio.foundation.clock import stamp
from portfolio.foundation.log.deeds import Deed
from portfolio.people import queries
from portfolio.people.models import Person

Origins = dict[int, tuple[int, str]]
"""Id of an item of evidence → the record in which it was added, and its ref there."""


def merged(learner: Person) -> tuple[MergedFacts, ...]:
    """The records that were merged into a learner's, in the order in which it happened."""
    return tuple(
        MergedFacts(one.person_id, one.person.name, one.person.number, stamp(one.at), one.by_name, one.reason)
        for one in queries.merged_into(learner.id)
    )


def origins(events: Iterable[EventFacts]) -> Origins:
    """Where moved items came from, as the lines about a learner tell; of one that moved twice, the first record."""
    found = Origins()
    for event in events:
        if event.deed == Deed.RECORDS_MERGED:
            said = json.loads(event.facts)
            for id, ref, *_ in said["evidence"]:
                found.setdefault(id, (said["merged"], ref))
    return found
