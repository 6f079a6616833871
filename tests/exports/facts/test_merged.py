"""Whatever was done under two records: of the one that they became everything holds, and every forgery is named."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest

from exports import verify
from exports.editions.redacting import redact
from exports.editions.withholding import Words
from exports.facts.canonical import canonical
from exports.facts.snapshot import facts_of
from portfolio.people.models import Person
from tests.assessment.doubles import enrol, faults, merge, second
from tests.fixtures import deeds
from tests.fixtures.cast import House

Facts = dict[str, Any]
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def told(learner: Person) -> Facts:
    """The facts of a learner, all versions, as an auditor has them."""
    facts: Facts = json.loads(canonical(facts_of(learner, older=True)))
    return facts


def said(facts: Facts) -> str:
    """What an auditor finds in them."""
    result = verify.Result("")
    verify.versions_hashed(facts, result, "")
    found = [*result.faults, *verify.against_log(facts, Counter())]
    return "\n".join(f"{one.where}: {one.what}" for one in found)


def lines(facts: Facts, deed: str = "records merged") -> Iterator[dict[str, Any]]:
    """The lines of a deed that facts quote."""
    return (event for event in facts["events"] if event["deed"] == deed)


def rewritten(facts: Facts, change: Callable[[dict[str, Any]], object], deed: str = "records merged") -> Facts:
    """The facts with the last line of a deed rewritten, under the hash that it has then."""
    forged = deepcopy(facts)
    *_, line = lines(forged, deed)
    own = json.loads(line["facts"])
    change(own)
    line["facts"] = verify.canonical(own).decode()
    body = {name: value for name, value in line.items() if name != "hash"} | {"facts": own}
    line["hash"] = verify.hash_of(body)
    if forged["head"]["seq"] == line["seq"]:
        forged["head"]["hash"] = line["hash"]
    return forged


LINE: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "another name": (lambda own: own.update(name="Abe Noland"), "the name in the line of the merge"),
    "another number": (lambda own: own.update(number="L-zoe"), "the number in the line of the merge"),
    "another record": (lambda own: own.update(merged=own["merged"] + 1), "is about another learner"),
    "into another": (lambda own: own.update(learner=own["learner"] + 1), "is about another learner"),
    "another end": (lambda own: own.update(last=own["last"] - 1), "which it merged, is left out"),
    "another hash": (lambda own: own["evidence"][0].__setitem__(4, "0" * 64), "as it was moved"),
    "another version": (lambda own: own["evidence"][0].__setitem__(3, 7), "as it was moved"),
    "another ref": (lambda own: own["evidence"][0].__setitem__(2, "E9"), "the kind and the number"),
    "another ref before": (lambda own: own["evidence"][0].__setitem__(1, "E9"), "which record it came from"),
    "an item less": (lambda own: own["evidence"].pop(), "no line of the log tells how it came from another record"),
    "a unit less": (lambda own: own["enrolments"].clear(), "no line of the log tells how it came from another record"),
    "another reason": (lambda own: own.update(reason_sha256="0" * 64), "why it was merged"),
    "another moment": (lambda own: own.update(merged_at="2026-01-01T00:00:00.000000Z"), "when it was merged"),
}
TOLD: dict[str, tuple[Callable[[Facts], object], str]] = {
    "name": (lambda facts: facts["merged"][0].update(name="Zoe"), "the name of the record"),
    "number": (lambda facts: facts["merged"][0].update(number="7"), "the number of the record"),
    "id": (lambda facts: facts["merged"][0].update(id=999), "which records were merged"),
    "none": (lambda facts: facts["merged"].clear(), "which records were merged"),
    "twice": (lambda facts: facts["merged"].append(facts["merged"][0]), "which records were merged"),
    "by": (lambda facts: facts["merged"][0].update(by="Dot Ferry"), "who merged it"),
    "at": (lambda facts: facts["merged"][0].update(at="2026-01-01T00:00:00.000000Z"), "when it was merged"),
    "reason": (lambda facts: facts["merged"][0].update(reason="So."), "why it was merged"),
    "record": (lambda facts: facts["evidence"][-1].update(record=0), "which record it came from"),
    "ref there": (lambda facts: facts["evidence"][-1].update(record_ref="E4"), "which record it came from"),
    "older": (lambda facts: facts.update(format=4), "is older than the lines that are quoted"),
}


@pytest.fixture
def merged(house: House) -> Facts:
    """Facts of ada, who was abe as well and worked as both."""
    deeds.handed_in(house.enrolment())
    deeds.ready(enrol(house, "abe", second(house)))
    assert merge(house).status_code == 302
    facts = told(house.person("ada"))
    assert said(facts) == ""
    return facts


@on_sqlite
@pytest.mark.parametrize("forgery", LINE)
def test_a_forged_line_of_a_merge_is_named(merged: Facts, forgery: str) -> None:
    change, fault = LINE[forgery]
    assert fault in said(rewritten(merged, change))
    crude = deepcopy(merged)
    (line,) = lines(crude)
    own = json.loads(line["facts"])
    change(own)
    line["facts"] = verify.canonical(own).decode()
    assert f"event {line['seq']}: is not told as it was written" in said(crude), "with the hash that it had"


@on_sqlite
@pytest.mark.parametrize("forgery", TOLD)
def test_what_is_told_of_a_merge_and_is_not_so_is_named(merged: Facts, forgery: str) -> None:
    change, fault = TOLD[forgery]
    change(merged)
    assert fault in said(merged)


@on_sqlite
def test_a_line_about_either_record_that_is_left_out_is_named(merged: Facts) -> None:
    for event in merged["events"][:-1]:
        without = merged | {"events": [one for one in merged["events"] if one is not event]}
        assert "left out" in said(without) or "about another learner" in said(without), event["deed"]


@on_sqlite
def test_lines_of_another_learner_without_a_line_that_merges_them_are_named(house: House) -> None:
    deeds.write(house.person("zoe"))
    deeds.ready(house.enrolment())
    facts, strange = told(house.person("ada")), told(house.person("zoe"))
    both = [*facts["events"], *strange["events"]]
    facts["events"] = sorted(both, key=lambda event: event["seq"])
    facts["evidence"] += [one | {"ref": "E2"} for one in strange["evidence"]]
    found = said(facts)
    assert "is about another learner, and no line tells that the records were merged" in found
    assert "E2: no line of the log tells how it came from another record" in found


@on_sqlite
def test_a_line_about_the_double_after_the_merge_is_named(merged: Facts) -> None:
    late = rewritten(merged, lambda own: own.update(learner=merged["merged"][0]["id"], before=0))
    assert "is about another learner" in said(late)


def test_nothing_else_of_the_house_is_touched(house: House) -> None:
    deeds.ready(enrol(house, "abe", second(house)))
    deeds.handed_in(enrol(house, "zoe"))
    zoe = told(house.person("zoe"))
    assert merge(house).status_code == 302
    assert told(house.person("zoe")) == zoe
    assert faults() == []


@on_sqlite
def test_a_redacted_edition_withholds_the_name_of_the_other_record_everywhere(house: House) -> None:
    deeds.ready(enrol(house, "abe", second(house)))
    assert merge(house, reason="Abe Nolan is Ada Marsh.").status_code == 302
    withheld = [Words("Abe Nolan", "A name"), Words("L-abe", "A number")]
    shown = redact(facts_of(house.person("ada")), withheld).facts
    assert b"Nolan" not in canonical(shown)
    assert b"L-abe" not in canonical(shown)
    assert "is Ada Marsh." in shown.merged[0].reason
