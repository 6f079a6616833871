"""A line of the log is told on paper in a few words, whatever it holds."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.document import log_lines
from exports.facts.frozen import EventFacts

pytestmark = pytest.mark.slow


def event(deed, subject, facts):
    return EventFacts(1, "2026-03-02T08:00:00Z", "Ben", "assessor", deed, subject, json.dumps(facts), "0" * 64)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            event("judged", "assessment 1", {"unit": "U1", "point": "3", "verdict": "met", "round": 1, "vacsr": ["x"]}),
            "judged, U1/3: met, round 1",
        ),
        (
            event("place claimed", "evidence 2", {"ref": "E1", "points": [["U1", "1"], ["U1", "2"]], "selector": {}}),
            "place claimed, E1: for U1/1, 2",
        ),
        (
            event("evidence added", "evidence 2", {"ref": "E1", "kind": "account", "version": 1, "sha256": "ab" * 32}),
            "evidence added, E1: account, version 1, abababababab",
        ),
        (event("handed in", "assessment 1", {"unit": "U1", "claims": 1, "versions": ["a", "b"]}),
         "handed in, U1: 1 place, 2 items handed in"),
        (event("account shut", "person 3", {}), "account shut, person 3"),
        (event("withdrawn", "assessment 1", {"unit": "U1", "reason": "x" * 900}), "withdrawn, U1"),
    ],
)  # fmt: skip
def test_a_line_of_the_log_is_told_by_its_deed_its_subject_and_its_short_facts(line, said):
    assert log_lines.told(line) == said


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
)


@given(st.dictionaries(st.sampled_from([*log_lines._SHORT, "ref", "unit", "point", "other"]), JSON) | JSON)
def test_whatever_a_line_holds_it_is_told(facts):
    assert log_lines.told(event("judged", "assessment 1", facts)).startswith("judged, ")
