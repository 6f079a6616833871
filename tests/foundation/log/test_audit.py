"""The log tells when it was touched: whatever is removed, added, changed or moved in it, the line is named."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports import verify
from portfolio.foundation.db import transaction
from portfolio.foundation.errors import Refused
from portfolio.foundation.log import audit, chain
from portfolio.foundation.log.chain import GENESIS, canonical, digest
from portfolio.foundation.log.deeds import Deed
from tests.fixtures import deeds
from tests.fixtures.cast import House
from tests.fixtures.forging import Line, rewritten

pytestmark = pytest.mark.slow

CENTRE = 1
"""Row of the cast's own centre."""
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=8)
VALUES = st.one_of(st.none(), st.booleans(), st.integers(), TEXT, st.lists(TEXT, max_size=3))
FACTS = st.dictionaries(st.sampled_from(["round", "point", "verdict", "sha256"]), VALUES, max_size=3)


def chained(facts: list[Line]) -> list[Line]:
    """A chain of lines with these facts."""
    lines: list[Line] = []
    for seq, each in enumerate(facts, start=1):
        line = {
            "centre": "1001", "seq": seq, "at": "2026-03-04T09:30:00.000000Z", "actor": "Ben Okafor", "actor_id": 5,
            "role": "assessor", "deed": "judged", "subject": "assessment 1", "facts": each,
            "prev": lines[-1]["hash"] if lines else GENESIS,
        }  # fmt: skip
        lines.append(line | {"hash": digest(line)})
    return lines


CHAINS = st.lists(FACTS, min_size=1, max_size=8).map(chained)


def end_of(lines: list[Line]) -> tuple[int, str]:
    return (lines[-1]["seq"], lines[-1]["hash"]) if lines else (0, GENESIS)


class Listed:
    """What `exports.verify` needs of a pack to check its log."""

    def __init__(self, lines: list[Line], head: tuple[int, str]) -> None:
        written = "".join(f"{canonical(line)}\n" for line in lines).encode()
        head_line = canonical({"centre": "1001", "seq": head[0], "hash": head[1]}).encode()
        self.paths = {"data/log/events.jsonl": written, "data/log/head.json": head_line}

    def blocks(self, entry: bytes) -> list[bytes]:
        return [entry]

    def read(self, path: str) -> bytes:
        return self.paths[path]


def named_by_both(lines: list[Line], head: tuple[int, str]) -> int:
    """The first line that does not hold, found alike by the house and by the auditor's own program; 0 when all hold."""
    ours = chain.check(lines, head)
    result = verify.Result("pack")
    verify.check_log(Listed(lines, head), result)  # type: ignore[arg-type]
    assert result.holds == (ours is None), (ours, result.faults)
    if ours is None:
        return 0
    where = result.faults[0].where
    assert where in (f"data/log/events.jsonl, event {ours.seq}", "data/log/events.jsonl")
    return ours.seq


@given(CHAINS)
def test_an_untouched_chain_holds(lines: list[Line]) -> None:
    assert named_by_both(lines, end_of(lines)) == 0
    assert named_by_both([json.loads(canonical(line)) for line in lines], end_of(lines)) == 0


@given(CHAINS, st.data())
def test_a_changed_line_is_named(lines: list[Line], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    name = data.draw(st.sampled_from(sorted(set(lines[at]) - {"seq", "prev", "hash"})))
    changed = dict(lines[at]) | {name: {"forged": True} if name == "facts" else "forged"}
    assert named_by_both([*lines[:at], changed, *lines[at + 1 :]], end_of(lines)) == at + 1


@given(CHAINS, st.data())
def test_a_line_that_was_changed_and_hashed_anew_is_found_at_the_next_one(
    lines: list[Line], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    forged = dict(lines[at]) | {"deed": "forged"}
    forged["hash"] = digest(forged)
    named = named_by_both([*lines[:at], forged, *lines[at + 1 :]], end_of(lines))
    assert named == min(at + 2, len(lines))


@given(CHAINS, st.data())
def test_a_removed_line_is_named(lines: list[Line], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    named = named_by_both([*lines[:at], *lines[at + 1 :]], end_of(lines))
    assert named == min(at + 1, len(lines))


@given(CHAINS, st.data())
def test_an_inserted_line_is_named(lines: list[Line], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    strange = dict(lines[at]) | {"deed": "inserted", "seq": at + 1}
    strange["hash"] = digest(strange)
    assert named_by_both([*lines[:at], strange, *lines[at:]], end_of(lines)) in (at + 1, at + 2)


@given(CHAINS.filter(lambda lines: len(lines) > 1), st.data())
def test_lines_that_changed_places_are_named(lines: list[Line], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(lines) - 2))
    second = data.draw(st.integers(first + 1, len(lines) - 1))
    moved = list(lines)
    moved[first], moved[second] = lines[second], lines[first]
    assert named_by_both(moved, end_of(lines)) == first + 1


@given(CHAINS, st.integers(0, 7))
def test_a_log_cut_short_does_not_reach_its_head(lines: list[Line], kept: int) -> None:
    kept = min(kept, len(lines) - 1)
    assert named_by_both(lines[:kept], end_of(lines)) == len(lines)


@given(CHAINS)
def test_lines_beyond_the_head_are_found(lines: list[Line]) -> None:
    assert chain.check(lines, end_of(lines[:-1])) is not None


def test_a_line_says_who_did_what_with_their_name_as_it_was(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    deeds.judge(assessment, deeds.points(assessment)[1], deeds.PARTLY)
    with transaction():
        house.person("ben").name = "Benedict Okafor"
    line = audit.lines_about(house.person("ada").id)[-1]
    assert (line["actor"], line["role"], line["deed"]) == ("Ben Okafor", "assessor", "judged")
    assert (line["facts"]["verdict"], line["facts"]["missing"], line["facts"]["unit"]) == ("partly met", ["b"], "T-1")
    assert chain.check(audit.lines(assessment.centre_id), audit.head(assessment.centre_id)) is None


def test_what_people_wrote_stays_outside_the_log(house: House) -> None:
    assessment = deeds.handed_in(house.enrolment())
    deeds.judge_all(assessment, deeds.NOT_MET)
    deeds.refer(assessment)
    log = canonical(list(audit.lines(assessment.centre_id)))
    for words in (*deeds.SENTENCES, deeds.NOT_MET.feedback, deeds.AGREED.feedback, "The kettle", "ada@house.example"):
        assert words not in log


def test_what_is_undone_leaves_no_line(house: House) -> None:
    centre = house.person("ada").centre_id
    before = audit.head(centre)
    with suppress(Refused), transaction():
        audit.record(Deed.PERSON_CHANGED, "person 1", by=house.person("ada"))
        raise Refused("On second thoughts, no.")
    assert audit.head(centre) == before
    assert chain.check(audit.lines(centre), before) is None


def test_each_centre_has_a_chain_of_its_own(house: House) -> None:
    ada, amy = house.person("ada"), house.person("amy")
    before = audit.head(amy.centre_id)
    deeds.ready(house.enrolment())
    assert audit.head(amy.centre_id) == before
    assert {line["centre"] for line in audit.lines(ada.centre_id)} == {"1001"}


@given(CHAINS.filter(lambda lines: len(lines) > 1), st.data())
def test_no_way_of_rewriting_escapes_a_countersignature(lines: list[Line], data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(lines)))
    stamped = data.draw(st.integers(at, len(lines)))
    forged = rewritten(lines, at)
    assert chain.check(forged, end_of(forged)) is None
    found = chain.check(forged, end_of(forged), {stamped: lines[stamped - 1]["hash"]})
    assert found is not None
    assert found.seq == stamped
