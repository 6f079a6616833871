"""Facts of a report → what the learner whom it is about may see: their evidence, and what was decided and told them."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from exports.facts.frozen import CheckFacts, EventFacts, Facts, FlawFacts, LogHeadFacts, UnitFacts
from portfolio.assessment.rules import is_told
from portfolio.foundation.log.deeds import Deed

TOLD = frozenset({
    Deed.LEARNER_ENROLLED, Deed.ALLOCATED, Deed.HANDED_IN, Deed.TAKEN_BACK, Deed.WITHDRAWN,
    Deed.PROGRAMME_BEGUN, Deed.PROGRAMME_CHANGED, Deed.PROGRAMME_ENDED, Deed.PROGRAMME_RESUMED,
    Deed.REINSTATED, Deed.REOPENED, Deed.ENROLMENT_TAKEN_OFF, Deed.RECORDS_MERGED,
    Deed.EVIDENCE_ADDED, Deed.EVIDENCE_SAVED, Deed.EVIDENCE_REMOVED, Deed.EVIDENCE_RESTORED, Deed.COPIES_MADE,
    Deed.WITNESS_ASKED, Deed.WITNESS_REMINDED, Deed.REQUEST_OPENED, Deed.REQUEST_DECLINED, Deed.REQUEST_TAKEN_BACK,
    Deed.LINK_SHOWN, Deed.CAPTIONS_ADDED, Deed.CAPTIONS_REMOVED, Deed.TRANSCRIPT_DRAFTED, Deed.TRANSCRIPT_CONFIRMED,
    Deed.MEETING_PLANNED, Deed.MEETING_CHANGED, Deed.MEETING_CALLED_OFF, Deed.SIGNED,
    Deed.PLACE_CLAIMED, Deed.CLAIM_REMOVED, Deed.CLAIM_RESTORED, Deed.CLAIM_CAME_LOOSE,
})  # fmt: skip
"""Deeds of others that the learner is told of at once."""
_JUDGED = frozenset({
    Deed.JUDGED, Deed.VERDICT_TAKEN_BACK, Deed.FLAW_NOTED, Deed.FLAW_TAKEN_BACK, Deed.DECIDED, Deed.DECISION_RETRACTED,
})  # fmt: skip
Decided = Mapping[str, Collection[int]]
"""Code of a unit → the rounds that were answered."""


def own(facts: Facts) -> Facts:
    """The learner's own copy: no verdict before its round is decided, no words of an assessor about a
    witness, no line of the log that is not theirs to read.
    """
    decided = {unit.code: {each.number for each in unit.rounds if is_told(each.decision)} for unit in facts.units}
    told = [one for one in facts.judgements if one.round in decided.get(one.unit, ())]
    latest = {(one.unit, one.point): one.id for one in sorted(told, key=lambda one: one.id)}
    judgements = tuple(replace(one, current=latest[one.unit, one.point] == one.id) for one in told)
    verdicts = {(one.unit, one.point): one.verdict for one in judgements if one.current}
    names = {facts.learner.name, *(one.name for one in facts.merged)}
    theirs = (event for event in facts.events if _theirs(event, names, facts.learner.role, decided))
    events = tuple(replace(event, prev="") for event in theirs)
    return replace(
        facts,
        units=tuple(_unit(unit, verdicts) for unit in facts.units),
        evidence=tuple(replace(item, checks=tuple(map(_wordless, item.checks))) for item in facts.evidence),
        judgements=judgements,
        flaws=tuple(_noted(facts, decided, events)),
        grounds=tuple(one for one in facts.grounds if one.judgement in {judged.id for judged in judgements}),
        events=events,
        other_lines=(),
        edition="learner",
        head=LogHeadFacts(events[-1].seq, events[-1].hash) if events else facts.head,
        as_at=events[-1].at if events else facts.as_at,
    )


def _noted(facts: Facts, decided: Decided, events: Iterable[EventFacts]) -> Iterator[FlawFacts]:
    """What was said against evidence in rounds that are answered; what holds of it by the lines that are theirs."""
    lines = (json.loads(event.facts) for event in events if event.deed in (Deed.FLAW_NOTED, Deed.FLAW_TAKEN_BACK))
    last = {(said["unit"], said["item"], said["version"]): said["flaw"] for said in lines}
    holding = set(last.values())
    for one in facts.flaws:
        if one.round in decided.get(one.unit, ()):
            yield replace(one, current=one.id in holding)


def _wordless(check: CheckFacts) -> CheckFacts:
    """When, how and by whom a witness was checked, without what the assessor wrote of it."""
    return replace(check, words="")


def _unit(unit: UnitFacts, verdicts: Mapping[tuple[str, str], str]) -> UnitFacts:
    points = tuple(replace(point, verdict=verdicts.get((unit.code, point.ref), "")) for point in unit.points)
    return replace(unit, points=points)


def _theirs(event: EventFacts, names: Collection[str], role: str, decided: Decided) -> bool:
    """What they did themselves, what they were told, and judgements and decisions of rounds that are answered."""
    if event.deed in TOLD or (event.actor in names and role in event.role.split(", ")):
        return True
    said = json.loads(event.facts or "{}") if event.deed in _JUDGED else {}
    return said.get("round") in decided.get(str(said.get("unit", "")), ())
