"""What is absent of what others state and sign: witnesses, meetings, sources; each with the rule that asks for it."""

from collections.abc import Iterator
from functools import partial

from exports.facts.absence import Absence
from exports.facts.frozen import EvidenceFacts, MinutesFacts
from portfolio.evidence.rules import MINUTED, STATED, Kind
from portfolio.evidence.signatures.rules import Signer

BOTH = (Signer.ASSESSOR, Signer.LEARNER)
"""Who signs what was minuted."""


def stated(where: str, item: EvidenceFacts) -> Iterator[Absence]:
    """What is absent of one version, besides what every item has."""
    if item.kind in STATED:
        yield from _testimony(where, item)
    if item.kind in MINUTED:
        yield from _meeting(where, item)
        yield from _signed(where, item)
    if item.kind == Kind.DISCUSSION:
        yield from _indexed(where, item)
    yield from _source(where, item)


def _testimony(where: str, item: EvidenceFacts) -> Iterator[Absence]:
    witness, absent = item.testimony, partial(Absence, where)
    if witness is None:
        yield absent("no witness", "A testimony names who gives it and in which standing.")
        return
    if not witness.contact:
        yield absent("no contact of the witness", "A witness can be asked.")
    if not witness.signed_at:
        yield absent("no signature of the witness", "A testimony is signed by the one who gives it.")
    if not (witness.relationship and (witness.job or item.kind == Kind.CUSTOMER)):
        yield absent("no job or relationship of the witness", "The status of a witness is stated.")
    if not item.checks:
        yield absent("no check of the witness", "An assessor makes sure of every witness: known to them, or contacted.")


def _meeting(where: str, item: EvidenceFacts) -> Iterator[Absence]:
    said = item.minutes
    if said is None:
        yield Absence(where, "no minutes", "What happened when assessor and learner met is written down.")
        return
    if not said.starts:
        yield Absence(where, "no time at which it began", "Minutes say when assessor and learner met.")
    if not said.entries:
        yield Absence(where, "no step, question or topic", "Minutes say what was seen and asked, one after the other.")


def _signed(where: str, item: EvidenceFacts) -> Iterator[Absence]:
    signed = {one.signer: one for one in item.signatures}
    for signer in BOTH:
        if signer not in signed:
            yield Absence(
                where, f"no signature of the {signer}", "What was minuted is signed by the assessor and the learner."
            )
    learner = signed.get(Signer.LEARNER)
    if learner and not learner.agrees:
        rule = "What was minuted is agreed on, or assessor and learner come back to it."
        yield Absence(where, f"the learner’s agreement: {learner.comment}", rule)


def _indexed(where: str, item: EvidenceFacts) -> Iterator[Absence]:
    recorded = any(file.duration for file in item.files)
    if not recorded and not item.plain.strip():
        yield Absence(where, "no recording and no summary", "A discussion is recorded, or summarised in writing.")
    if recorded and not _has_index(item.minutes):
        yield Absence(
            where, "no index of the recording", "Times in the recording are told against the points they are about."
        )


def _has_index(minutes: MinutesFacts | None) -> bool:
    return minutes is not None and any(one.start is not None and one.points for one in minutes.entries)


def _source(where: str, item: EvidenceFacts) -> Iterator[Absence]:
    source = item.source
    if item.kind == Kind.WEB_PAGE and not (source and source.address):
        yield Absence(where, "no address of the page", "A web page is named by its address and the day it was seen.")
    if item.kind == Kind.PROCEDURE and not (source and source.title and source.version):
        yield Absence(
            where, "no title or version of the document", "A policy or procedure is named by its title and version."
        )
