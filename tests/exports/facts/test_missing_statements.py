"""What an external quality assurer misses of witnesses, meetings and sources is said; what is there is not missed."""

from dataclasses import replace
from typing import Any

import pytest

from exports.facts.frozen import EvidenceFacts, SourceFacts
from exports.facts.missing import absences
from tests.exports.samples.facts import FACTS

ITEMS = {item.ref: item for item in FACTS.evidence}


def missed(item: EvidenceFacts) -> set[str]:
    """What is missed of one item that stands in the sample learner's work."""
    facts = replace(FACTS, evidence=tuple(item if one.ref == item.ref else one for one in FACTS.evidence))
    return {one.what for one in absences(facts) if one.where.startswith(f"{item.ref} ")}


def test_nothing_is_missed_of_what_was_stated_signed_and_checked() -> None:
    assert [missed(ITEMS[ref]) for ref in ("E5", "E7", "E9", "E11", "E12", "E13")] == [set()] * 6


def test_a_learner_who_does_not_agree_and_a_witness_whom_nobody_checked_are_named() -> None:
    assert missed(ITEMS["E8"]) == {
        "the learner’s agreement: I waited twenty minutes for the first coat, not ten. The rest is right."
    }
    assert missed(ITEMS["E10"]) == {"no check of the witness"}


MINUTES = ITEMS["E7"].minutes
UNTIMED = replace(MINUTES, entries=tuple(replace(one, start=None, end=None, file="") for one in MINUTES.entries))
LACKS: tuple[tuple[str, dict[str, Any], set[str]], ...] = (
    ("E5", {"signatures": (), "testimony": replace(ITEMS["E5"].testimony, signed_at="")},
     {"no signature of the witness"}),
    ("E5", {"testimony": None}, {"no witness"}),
    ("E10", {"testimony": replace(ITEMS["E10"].testimony, relationship="", contact="")},
     {"no check of the witness", "no contact of the witness", "no job or relationship of the witness"}),
    ("E7", {"signatures": ITEMS["E7"].signatures[:1]}, {"no signature of the learner"}),
    ("E7", {"signatures": ITEMS["E7"].signatures[1:]}, {"no signature of the assessor"}),
    ("E7", {"minutes": UNTIMED}, {"no index of the recording"}),
    ("E7", {"minutes": UNTIMED, "files": ()}, set()),
    ("E7", {"minutes": UNTIMED, "files": (), "plain": "", "text": ""},
     {"nothing in it", "no recording and no summary"}),
    ("E7", {"minutes": replace(MINUTES, starts="")}, {"no time at which it began"}),
    ("E7", {"happened_on": ""}, {"no date of the event"}),
    ("E7", {"minutes": None, "files": ()}, {"no minutes"}),
    ("E8", {"minutes": replace(MINUTES, entries=()), "signatures": ITEMS["E7"].signatures},
     {"no step, question or topic"}),
    ("E11", {"source": None}, {"no address of the page"}),
    ("E12", {"source": SourceFacts("", "Oils and waxes", "", "")}, {"no title or version of the document"}),
)  # fmt: skip


@pytest.mark.parametrize(("ref", "change", "said"), LACKS)
def test_each_thing_that_is_absent_is_said_and_nothing_else(ref: str, change: dict[str, Any], said: set[str]) -> None:
    assert missed(replace(ITEMS[ref], **change)) == said


def test_every_absence_has_its_rule() -> None:
    facts = replace(FACTS, evidence=tuple(replace(one, minutes=None, testimony=None, source=None, signatures=())
                                          for one in FACTS.evidence))  # fmt: skip
    told = absences(facts)
    assert {"no minutes", "no witness", "no address of the page", "no signature of the learner"} <= {
        one.what for one in told
    }
    assert all(one.rule.endswith(".") for one in told)
