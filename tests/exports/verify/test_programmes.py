"""What a learner works towards is what the log tells, and how far they are follows from their units."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from exports import verify
from exports.facts.canonical import canonical
from tests.exports.samples.pack import LEILA

Facts = dict[str, Any]


def faults(change: Callable[[Facts], object]) -> set[str]:
    """What is found in Leila's facts after a change."""
    facts = json.loads(canonical(LEILA))
    change(facts)
    return {fault.what for fault in verify.against_log(facts, verify.Counter())}


def programme(facts: Facts) -> Facts:
    one: Facts = facts["programmes"][0]
    return one


def test_nothing_is_found_where_nothing_was_changed() -> None:
    assert faults(lambda _facts: None) == set()


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (lambda one: one["units"].append("CS-304"), "the units chosen is not what the log tells"),
        (lambda one: one.update(begun_at="2025-03-02T08:00:05Z"), "when it was begun is not what the log tells"),
        (lambda one: one.update(edition=2), "the edition as it was published is not what the log tells"),
        (
            lambda one: one["qualification"].update(title="A Master’s degree"),
            "what the qualification asks for is not what the log tells",
        ),
        (
            lambda one: one["qualification"]["groups"][0].update(needed=1),
            "what the qualification asks for is not what the log tells",
        ),
        (lambda one: one["reached"].update(units=3), "how far it is does not follow from the units"),
        (lambda one: one["groups"][0].update(complete=True), "how far it is does not follow from the units"),
        (lambda one: one.update(id=99), "no line of the log tells that the learner works towards it"),
    ],
)
def test_a_changed_programme_is_named(change: Callable[[Facts], object], what: str) -> None:
    assert what in faults(lambda facts: change(programme(facts)))


def test_one_that_is_kept_quiet_is_named() -> None:
    assert faults(lambda facts: facts["programmes"].clear()) == {"is not told of, and the log tells of it"}


def test_one_that_is_told_of_twice_is_named() -> None:
    assert "one is told of more than once" in faults(lambda facts: facts["programmes"].append(programme(facts)))


def test_of_a_unit_that_was_not_chosen_nothing_counts() -> None:
    def claimed(facts: Facts) -> None:
        facts["units"][1]["state"] = "achieved"
        programme(facts)["units"].remove("CS-303")

    assert "how far it is does not follow from the units" not in faults(claimed)


@pytest.mark.parametrize(("code", "kept_quiet"), [("CS-303", True), ("CS-302", False)])
def test_a_report_of_one_unit_tells_of_what_that_unit_counts_for(code: str, kept_quiet: bool) -> None:
    facts = json.loads(canonical(LEILA)) | {"only": [code], "programmes": []}
    found = [fault.where for fault in verify.against_log(facts, verify.Counter())]
    assert (LEILA.programmes[0].qualification.number in found) == kept_quiet
