"""What lines tell of the verdicts of a unit, and of what was said against its evidence."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from exports import verify
from exports.facts.frozen import BY_EXCEPTION, Facts, FlawFacts

Told = dict[str, Any]
FLAWS = (
    FlawFacts(1, "CS-301", "E3", 1, 2, ("reliable",), "Only one hand kept the tally; the log bears it out.", "Ben Adeyemi",
              "2026-04-20T12:58:00Z", True),
)  # fmt: skip


def without_flaws(facts: Facts) -> Facts:
    """The facts as they were told before items had flaws: a verdict says itself what fails."""
    given = (
        replace(one, vacsr_form=BY_EXCEPTION if one.flaws else one.vacsr_form, flaws=()) for one in facts.judgements
    )
    return replace(facts, flaws=(), judgements=tuple(given))


def lines(facts: Told, unit: Told) -> Iterator[tuple[str, str, str, Told]]:
    """When, who, which deed and the facts: for each flaw and each verdict of `unit`, as plain facts tell them."""
    for one in (one for one in facts["flaws"] if one["unit"] == unit["code"]):
        yield one["at"], one["assessor"], "flaw noted", _noted(facts, unit, one)
    for one in (one for one in facts["judgements"] if one["unit"] == unit["code"]):
        yield one["at"], one["assessor"], "judged", _given(one)


def _noted(facts: Told, unit: Told, one: Told) -> Told:
    handed = next(each for each in unit["rounds"] if each["number"] == one["round"])["versions"]
    sha256 = next(sha for ref, number, sha in handed if (ref, number) == (one["evidence"], one["version"]))
    item = next(each["id"] for each in facts["evidence"] if each["ref"] == one["evidence"])
    return {
        "unit": one["unit"], "state": "handed in", "round": one["round"], "flaw": one["id"], "number": 1, "item": item,
        "version": one["version"], "version_sha256": sha256, "fails": one["fails"], "noted_at": one["at"],
        "reason_sha256": verify.hash_of(one["reason"]),
    }  # fmt: skip


def _given(one: Told) -> Told:
    given = {
        "unit": one["unit"], "state": "handed in", "round": one["round"], "point": one["point"], "relied": [],
        "verdict": one["verdict"], "missing": ["a"] * len(one["missing"]), "vacsr": one["vacsr"],
        "missing_sha256": verify.hash_of(one["missing"]), "reason_sha256": verify.hash_of(one["reason"]),
        "feedback_sha256": verify.hash_of(one["feedback"]), "judged_at": one["at"], "judgement": one["id"],
        "number": 1,
    }  # fmt: skip
    given |= {"fails": one["fails"]} if one["vacsr_form"] != "ticked in advance" else {}
    return given | ({"flaws": one["flaws"]} if one["vacsr_form"] == "by item" else {})
