"""What lines tell of the verdicts of a unit, and of what was said against its evidence."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from exports import verify
from exports.facts.frozen import BY_EXCEPTION, ClaimFacts, EvidenceFacts, Facts, FlawFacts, GroundFacts
from portfolio.evidence.places.locators import Passage, Whole

Told = dict[str, Any]
FLAWS = (
    FlawFacts(1, "CS-301", "E3", 1, 2, ("reliable",), "Only one hand kept the tally; the log bears it out.", "Ben Adeyemi",
              "2026-04-20T12:58:00Z", True),
)  # fmt: skip


def grounds(claims: Iterable[ClaimFacts], evidence: Iterable[EvidenceFacts]) -> tuple[GroundFacts, ...]:
    """On what the last verdicts of CS-301 rest: the learner's places for point 3; for point 5 a narrower one, a wider
    one, and all of another item.
    """
    of = {point: [one for one in claims if (one.unit, one.point) == ("CS-301", point)] for point in ("3", "5")}
    number = {item.ref: item.version for item in evidence}
    told = [
        GroundFacts(6, "CS-301", "3", one.evidence, number[one.evidence], one.locator, "claimed") for one in of["3"]
    ]
    text = next(one for one in of["5"] if isinstance(one.locator, Passage))
    assert isinstance(text.locator, Passage)
    part = text.locator.exact.split(" ", 1)[0]
    narrower = replace(text.locator, exact=part, end=text.locator.start + len(part), suffix="")
    told.append(GroundFacts(7, "CS-301", "5", text.evidence, number[text.evidence], narrower, "narrower"))
    return (*told, GroundFacts(7, "CS-301", "5", "E1", number["E1"], Whole(), "added"))


def without_grounds(facts: Facts) -> Facts:
    """The facts as they were told before verdicts said on which places they rest."""
    return replace(facts, grounds=(), judgements=tuple(facts.judgements))


def without_flaws(facts: Facts) -> Facts:
    """The facts as they were told before items had flaws: a verdict says itself what fails."""
    facts = without_grounds(facts)
    given = (
        replace(one, vacsr_form=BY_EXCEPTION if one.flaws else one.vacsr_form, flaws=()) for one in facts.judgements
    )
    return replace(facts, flaws=(), judgements=tuple(given))


def lines(facts: Told, unit: Told) -> Iterator[tuple[str, str, str, Told]]:
    """When, who, which deed and the facts: for each flaw and each verdict of `unit`, as plain facts tell them."""
    for one in (one for one in facts["flaws"] if one["unit"] == unit["code"]):
        yield one["at"], one["assessor"], "flaw noted", _noted(facts, unit, one)
    for one in (one for one in facts["judgements"] if one["unit"] == unit["code"]):
        yield one["at"], one["assessor"], "judged", _given(one) | _resting(facts, unit, one)


def _resting(facts: Told, unit: Told, one: Told) -> Told:
    """On which places a verdict rests; nothing where it does not say."""
    handed = {(each["number"], ref, number): sha for each in unit["rounds"] for ref, number, sha in each["versions"]}
    items = {each["ref"]: each["id"] for each in facts["evidence"]}
    on = [
        [f"evidence {items[each['evidence']]}", each["version"], handed[one["round"], each["evidence"], each["version"]],
         verify.hash_of(verify.selector(each)), each["lies"]]
        for each in facts["grounds"] if each["judgement"] == one["id"]
    ]  # fmt: skip
    return {"grounds_sha256": verify.hash_of(on)} if on else {}


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
