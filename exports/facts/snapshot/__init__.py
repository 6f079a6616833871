"""Rows of one learner → frozen facts; the only reader of rows in this storey.

The facts change when something of the learner's changes and at no other time: they are *as at* the last line of the log
that they quote, so that an unchanged learner keeps their report.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

from criteria.canonical import canonical
from exports.facts import frozen
from exports.facts.snapshot import pages, programmes, statements
from exports.facts.snapshot.evidence import Exhibits, exhibit
from exports.facts.snapshot.merged import merged, origins
from exports.facts.snapshot.other_lines import other_lines
from exports.facts.snapshot.units import Standing, flaws, grounds, judgements, read, unit_fact, versions
from portfolio import VERSION
from portfolio.assessment.models import HandedClaim
from portfolio.evidence import queries as evidence
from portfolio.evidence.places import locators, within
from portfolio.evidence.signatures import queries as signatures
from portfolio.foundation.clock import stamp
from portfolio.foundation.log import audit
from portfolio.foundation.log.deeds import Deed
from portfolio.people import queries as people
from portfolio.people.models import Centre, Person
from portfolio.units import queries as units

SOFTWARE = f"Markwell {VERSION}"


def facts_of(learner: Person, *, codes: Collection[str] = (), older: bool = False) -> frozen.Facts:
    """All facts of one learner, or of some of their units, which all of them are not; `older`: with versions that no
    report shows by now.
    """
    live, centre, enrolled = evidence.claims_of(learner.id), learner.centre, units.enrolments_of(learner.id)
    codes = () if {one.edition.code for one in enrolled} <= set(codes) else codes
    chosen = [one for one in enrolled if not codes or one.edition.code in codes]
    standings = [read(enrolment, live) for enrolment in chosen]
    exhibits = Exhibits()
    exhibits.put(chain.from_iterable(map(versions, standings)))
    exhibits.put(one for one in signatures.signed_versions(learner.id) if statements.told_for(one, codes))
    if older:
        exhibits.put(evidence.versions_of(learner.id))
    records = people.records_of(learner.id)
    events = tuple(map(quoted, audit.lines_about(*records)))
    towards = programmes.read(learner.id, codes)
    bound = other_lines(records, standings, exhibits.versions.values(), centre=centre, programmes=towards)
    others, came, proven = tuple(map(quoted, bound)), origins(events), statements.read(exhibits.in_order())
    drawn = pages.claimed((claim for unit in standings for claim in unit.claims), exhibits.versions, events)
    last = max((*events, *others), key=lambda line: line.seq, default=None)
    return frozen.Facts(
        centre=_centre(centre),
        learner=person_of(learner),
        qualification=centre.qualification,
        units=tuple(unit_fact(unit) for unit in standings),
        evidence=tuple(exhibit(version, exhibits, came, proven, drawn=drawn) for version in exhibits.in_order()),
        claims=_claims(standings, exhibits),
        judgements=tuple(chain.from_iterable(map(judgements, standings))),
        flaws=tuple(chain.from_iterable(map(flaws, standings))),
        grounds=tuple(chain.from_iterable(map(grounds, standings))),
        events=events,
        head=frozen.LogHeadFacts(last.seq, last.hash) if last else frozen.LogHeadFacts(0, audit.GENESIS),
        as_at=last.at if last else stamp(learner.joined_at),
        software=SOFTWARE,
        other_lines=others,
        certificate=next((_certificate(line) for line in others if line.deed == Deed.KEY_MADE), ""),
        only=tuple(sorted(codes)),
        merged=merged(learner),
        programmes=programmes.facts(learner.id, towards),
    )


def person_of(learner: Person) -> frozen.PersonFacts:
    """A learner as a report names them."""
    return frozen.PersonFacts(learner.id, learner.name, "learner", learner.number)


def _claims(standings: Sequence[Standing], exhibits: Exhibits) -> tuple[frozen.ClaimFacts, ...]:
    """All claims, numbered through the report in the order of the evidence and of the places in it."""
    order = {version.id: at for at, version in enumerate(exhibits.in_order())}
    refs = {point.id: point.ref for unit in standings for point in unit.enrolment.edition.points}
    found = [
        (unit, claim, within.found(claim.locator, exhibits.versions[claim.version_id]))
        for unit in standings
        for claim in unit.claims
    ]
    found.sort(key=lambda one: (order[one[1].version_id], *_begin(one[2]), one[1].id))
    return tuple(
        frozen.ClaimFacts(
            id=claim.claim_id if isinstance(claim, HandedClaim) else claim.id,
            number=number,
            unit=unit.enrolment.edition.code,
            point=refs[claim.point_id],
            evidence=exhibits.ref(exhibits.versions[claim.version_id]),
            locator=place,
            reason=claim.reason,
            kept=canonical(claim.locator) if isinstance(place, locators.Astray) else "",
        )
        for number, (unit, claim, place) in enumerate(found, start=1)
    )


def _begin(place: locators.Locator) -> tuple[float, float]:
    return getattr(place, "start", -1), getattr(place, "end", -1)


def _centre(centre: Centre) -> frozen.CentreFacts:
    log = audit.name_of(centre.id)
    told = frozen.CentreFacts(centre.id, centre.name, centre.number, centre.timezone, centre.language, centre.address)
    return replace(told, log=log if log != centre.number else "", logo=centre.logo_sha256)


def _certificate(line: frozen.EventFacts) -> str:
    return str(json.loads(line.facts)["certificate_sha256"])


def quoted(line: dict[str, Any]) -> frozen.EventFacts:
    """A line of the log as facts quote it."""
    return frozen.EventFacts(**line | {"facts": canonical(line["facts"])})
