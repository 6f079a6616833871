"""Lines of the log that are not about the learner, and bind what a report tells all the same."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from exports.facts.snapshot.units import Standing
from portfolio.evidence.models import Version
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.people.models import Centre
from portfolio.units.qualifications.models import Programme

DEEDS = (
    Deed.CENTRE_OPENED, Deed.CENTRE_CHANGED, Deed.UNIT_PUBLISHED, Deed.PERSON_REGISTERED, Deed.PERSON_CHANGED,
    Deed.COPIES_MADE, Deed.KEY_MADE, Deed.QUALIFICATION_PUBLISHED,
    Deed.CAPTIONS_ADDED, Deed.TRANSCRIPT_CONFIRMED, Deed.CAPTIONS_REMOVED,
)  # fmt: skip
_OF_WORDS = frozenset({Deed.CAPTIONS_ADDED, Deed.TRANSCRIPT_CONFIRMED, Deed.CAPTIONS_REMOVED})
"""Those that tell which words of a recording stand: the last of them does."""


def other_lines(
    records: Sequence[int],
    standings: Sequence[Standing],
    versions: Iterable[Version],
    *,
    centre: Centre,
    programmes: Iterable[Programme],
) -> Iterator[dict[str, Any]]:
    """Those of their centre, editions and qualifications, of names of staff, and of files that staff sent, in order.

    `records` are the learner's ids, whose own lines are told elsewhere. A person's are told by the first line since
    which they bear the name they have by now.
    """
    subjects = {f"centre {centre.id}", *_of_units(standings), *_of_versions(versions)}
    subjects |= {f"qualification {one.qualification_id}" for one in programmes}
    found = [line for line in audit.lines_on(centre.id, subjects, DEEDS) if line["learner_id"] not in records]
    kept: dict[tuple[str, object], dict[str, Any]] = {}
    for line in found:
        subject, named = line["subject"], line["facts"].get("name")
        kind = Deed.KEY_MADE if line["deed"] == Deed.KEY_MADE else "words" if line["deed"] in _OF_WORDS else ""
        before = kept.get((subject, kind))
        if before is None or not subject.startswith("person ") or before["facts"]["name"] != named:
            kept[subject, kind] = line
    for line in sorted(kept.values(), key=lambda line: line["seq"]):
        yield {name: value for name, value in line.items() if name != "learner_id"}


def _of_units(standings: Iterable[Standing]) -> Iterator[str]:
    for unit in standings:
        enrolment = unit.enrolment
        yield f"edition {enrolment.edition_id}"
        ids = (enrolment.assessor_id, enrolment.iqa_id, *(each.decided_by_id for each in unit.rounds))
        yield from (f"person {id}" for id in ids if id)


def _of_versions(versions: Iterable[Version]) -> Iterator[str]:
    for version in versions:
        yield from (f"file {file.id}" for file in version.files)
        if version.testimony and version.saved_by_id:
            yield f"person {version.saved_by_id}"
