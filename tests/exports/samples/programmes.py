"""What Leila Haddad works towards: a diploma of four units, three of which she chose."""

from collections.abc import Collection, Sequence

from criteria.qualification import GroupUnit, Qualification, UnitGroup, content_hash, reached, reached_in
from exports.facts import frozen as f

DIPLOMA = Qualification(
    title="Level 3 Diploma in Customer Service", number="601/3456/7", level="3", body="Guild of Service", credit=14,
    groups=(
        UnitGroup("Mandatory units", (
            GroupUnit("CS-301", "Monitor and resolve customer complaints", 6),
            GroupUnit("CS-302", "Gather, analyse and interpret customer feedback", 5),
        )),
        UnitGroup("Optional units", (
            GroupUnit("CS-303", "Handle referred complaints", 4), GroupUnit("CS-304", "Lead a team", 4),
        ), needed=1),
    ),
)  # fmt: skip


def programmes(units: Sequence[f.UnitFacts], chosen: Collection[str]) -> tuple[f.ProgrammeFacts, ...]:
    """The diploma with these units chosen, as far as their states say."""
    done = {unit.code for unit in units if unit.state == "achieved"} & set(chosen)
    return (
        f.ProgrammeFacts(
            id=3, qualification=DIPLOMA, edition=1, sha256=content_hash(DIPLOMA), begun_at="2026-03-02T08:00:05Z",
            units=tuple(sorted(chosen)), reached=reached(DIPLOMA, done),
            groups=tuple(reached_in(group, done) for group in DIPLOMA.groups),
        ),
    )  # fmt: skip
