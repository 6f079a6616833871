"""What an external quality assurer would ask for and is absent, each with the rule that asks for it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial

from criteria.qualification import reached
from exports.facts.absence import Absence
from exports.facts.frozen import EvidenceFacts, Facts, ProgrammeFacts, RoundFacts, UnitFacts
from exports.facts.missing_statements import stated
from portfolio.assessment.lifecycle import State
from portfolio.assessment.rules import Verdict, falls
from portfolio.evidence.places.locators import Astray, Passage
from portfolio.evidence.rules import Kind, misfit
from portfolio.foundation.words.text import listed
from portfolio.units.qualifications.rules import amount

RUN = 3
"""Points from which on neighbours are named by the first and the last."""


def absences(facts: Facts) -> list[Absence]:
    """Everything absent from one learner's work, units first, in the order of the report.

    What is absent of several points of a unit is said once: `CS-303, points 1 to 7`.
    """
    found = [*_person(facts), *(absence for one in facts.programmes for absence in _programme(one))]
    for unit in facts.units:
        found += [*_responsibility(unit), *_points(unit, facts), *_rounds(unit)]
    newest = {item.id: item.version for item in sorted(facts.evidence, key=lambda item: item.version)}
    found += [absence for item in facts.evidence for absence in _evidence(item)]
    found += [
        absence for item in facts.evidence if item.version == newest[item.id] for absence in stated(_named(item), item)
    ]
    found += [*_places(facts), *_judgements(facts), *_fallen(facts)]
    alike = defaultdict[Absence, list[str]](list)
    for one in found:
        alike[replace(one, point="")].append(one.point)
    order = {unit.code: {point.ref: at for at, point in enumerate(unit.points)} for unit in facts.units}
    return [
        replace(one, where=", ".join(filter(None, [one.where, named(points, order.get(_unit(one), {}))])))
        for one, points in alike.items()
    ]


def _unit(one: Absence) -> str:
    return one.where.partition(", round ")[0]


def named(points: Iterable[str], order: Mapping[str, int]) -> str:
    """Marking points in words, three or more that follow one another as `points 1 to 7`; empty for none.

    `order` says at which place of its unit each stands.
    """
    runs = list[list[str]]()
    for ref in dict.fromkeys(filter(None, points)):
        if runs and order.get(ref, 0) == order.get(runs[-1][-1], 0) + 1:
            runs[-1].append(ref)
        else:
            runs.append([ref])
    said = [words for run in runs for words in ([f"{run[0]} to {run[-1]}"] if len(run) >= RUN else run)]
    words = listed(said)
    return f"point{'s' if len(said) > 1 or ' to ' in words else ''} {words}" if words else ""


def _person(facts: Facts) -> Iterator[Absence]:
    if not facts.learner.number:
        yield Absence(
            facts.learner.name, "no registration number", "Every learner is registered with the awarding organisation."
        )


def _programme(one: ProgrammeFacts) -> Iterator[Absence]:
    title, far = one.qualification.title, one.reached
    if not reached(one.qualification, one.units).complete:
        yield Absence(
            title,
            "more units are to be chosen",
            "The units chosen, once achieved, fulfil the rules of the qualification.",
        )
    if not far.complete:
        yield Absence(
            title, f"achieved: {amount(far)}", "A certificate is asked for when the rules of all groups are fulfilled."
        )


def _responsibility(unit: UnitFacts) -> Iterator[Absence]:
    if not unit.assessor:
        yield Absence(unit.code, "no assessor", "Every unit is judged by an allocated assessor.")
    if not unit.iqa:
        yield Absence(unit.code, "no internal quality assurer", "Every unit has somebody who assures its assessment.")


def _points(unit: UnitFacts, facts: Facts) -> Iterator[Absence]:
    known = facts.by_ref
    for point in unit.points:
        absent = partial(Absence, unit.code, point=point.ref)
        claims = [claim for claim in facts.claims if (claim.unit, claim.point) == (unit.code, point.ref)]
        reason = dict(unit.gaps).get(point.ref)
        placed = "Every marking point has a place in the evidence"
        if not claims and not reason:
            yield absent("no claim and no reason", f"{placed}, or a stated reason.")
        if not claims and reason:
            yield absent(f"no claim; the learner’s reason: {reason}", f"{placed}.")
        if unit.rounds and not point.verdict:
            yield absent("no verdict", "Every point that was handed in is judged.")
        kinds = {known[claim.evidence].kind for claim in claims}
        if claims and all(misfit(point.ref, point.methods, kind) for kind in kinds):
            yield absent(f"no evidence by {' or '.join(point.methods)}", "The point names the methods that prove it.")


def _rounds(unit: UnitFacts) -> Iterator[Absence]:
    for round_ in unit.rounds:
        where = f"{unit.code}, round {round_.number}"
        if not round_.declaration or not round_.declared_by:
            yield Absence(
                where, "no declaration of authenticity", "The learner declares each hand-in to be their own work."
            )
        if not round_.versions:
            yield Absence(where, "no frozen versions", "A hand-in is bound to the exact versions of its evidence.")
        yield from _answer(where, round_)


def _answer(where: str, round_: RoundFacts) -> Iterator[Absence]:
    if not round_.decision:
        yield Absence(where, "no decision", "Every hand-in is answered: achieved or referred.")
    if round_.decision and not round_.feedback:
        yield Absence(where, "no feedback with the decision", "The learner is told why.")
    if round_.decision == State.ACHIEVED and not round_.authenticity:
        rule = "Whoever awards a unit says how they made sure that the work is the learner’s own."
        yield Absence(where, "no confirmation of authenticity", rule)


def _evidence(item: EvidenceFacts) -> Iterator[Absence]:
    where = _named(item)
    if not item.happened_on:
        yield Absence(where, "no date of the event", "Evidence says when it happened, to be judged current.")
    if not item.context and item.kind != Kind.WEB_PAGE:
        yield Absence(where, "no place or context", "Evidence says where it happened.")
    if not item.text and not item.files:
        yield Absence(where, "nothing in it", "Evidence has a text or a file.")
    for file in item.files:
        if file.kind in ("audio", "video") and not file.duration:
            yield Absence(
                where,
                f"no duration of {file.name}",
                "A recording’s length is known, so that seconds in it can be named.",
            )


def _named(item: EvidenceFacts) -> str:
    return f"{item.ref} {item.title}"


def _places(facts: Facts) -> Iterator[Absence]:
    known, rule = facts.by_ref, "A claim points at what is there."
    for claim in facts.claims:
        place, plain = claim.locator, known[claim.evidence].plain
        absent = partial(Absence, claim.unit, rule=rule, point=claim.point)
        if isinstance(place, Astray):
            yield absent(what=f"{claim.evidence} is claimed at {place.told}")
        if isinstance(place, Passage) and plain[place.start : place.end] != place.exact:
            yield absent(what=f"the passage “{place.exact}” is not in {claim.evidence}")


def _fallen(facts: Facts) -> Iterator[Absence]:
    """Points that stand met while everything that they rest on lies in evidence that fails in something."""
    failing = {(one.unit, item.ref) for item in facts.evidence for one in facts.flaws_of(item)}
    refs = {(item.ref.split()[0], item.version): item.ref for item in facts.evidence}
    places, claimed = defaultdict[int, list[bool]](list), defaultdict[tuple[str, str], list[bool]](list)
    for claim in facts.claims:
        claimed[claim.unit, claim.point].append((claim.unit, claim.evidence) in failing)
    for ground in facts.grounds:
        places[ground.judgement].append((ground.unit, refs.get((ground.evidence, ground.version))) in failing)
    present = {unit.code: unit.rounds[-1].number for unit in facts.units if unit.rounds}
    for one in facts.judgements:
        on = (places.get(one.id) if one.round == present.get(one.unit) else None) or claimed[one.unit, one.point]
        if one.current and one.verdict == Verdict.MET and falls(on):
            rule = "A point is met by evidence that is valid, authentic, current and reliable."
            yield Absence(one.unit, "all that it rests on fails in something", rule, point=one.point)


def _judgements(facts: Facts) -> Iterator[Absence]:
    for judgement in facts.judgements:
        absent = partial(Absence, f"{judgement.unit}, round {judgement.round}", point=judgement.point)
        if judgement.verdict == Verdict.PARTLY and not judgement.missing:
            yield absent("the missing part is not named", "Partly met names what is missing.")
        if judgement.verdict != Verdict.MET and not judgement.feedback:
            yield absent("no feedback", "Who has not met a point is told what is still needed.")
        if judgement.fails and not judgement.reason:
            fails = listed(judgement.fails, "or")
            yield absent(f"no reason why it is not {fails}", "Where evidence fails, the reason is stated.")
