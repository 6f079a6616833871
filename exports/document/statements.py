"""What others state and sign, on paper: minutes against times and points, witnesses, signatures and checks."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from exports.document import places
from exports.document.parts import ItemPart
from exports.facts.frozen import CheckFacts, EntryFacts, EvidenceFacts, SignatureFacts
from portfolio.evidence.meetings.recordings import called
from portfolio.evidence.rules import STATED, Kind
from portfolio.evidence.signatures.rules import Signer

_WORDS = 14
"""Words at the beginning of an entry by which it is found in the item's text, where it stands whole."""


def when(entry: EntryFacts) -> str:
    """`00:00:58.5–00:02:11` of the recording, or the time of the day; a dash where neither was written down."""
    if entry.start is None:
        return entry.at or "–"
    return places.clock(entry.start) + (f"–{places.clock(entry.end)}" if entry.end is not None else "")


def recorded(entry: EntryFacts, evidence: EvidenceFacts) -> str:
    """The name of the recording in which the seconds of an entry are; empty where the item has no other one."""
    return "" if entry.start is None else called(evidence.files).get(entry.file, "")


def pointed(pairs: Iterable[tuple[str, str]]) -> str:
    """Marking points, each unit named once: `CS-301/1, 2; CS-303/4`; empty for none."""
    return places.points(f"{code}/{ref}" for code, ref in pairs)


def briefly(words: str, evidence: EvidenceFacts) -> str:
    """Words of an entry: their beginning and end where the item's own text, printed above, has all of them."""
    held = " ".join(words.split()) in " ".join(evidence.plain.split())
    return places.short(words, words=_WORDS) if held else words


def of_witness(evidence: EvidenceFacts) -> SignatureFacts | None:
    """The witness's signature under this version."""
    return next((one for one in evidence.signatures if one.signer == Signer.WITNESS), None)


def last(checks: Sequence[CheckFacts]) -> CheckFacts | None:
    """The last check of a witness."""
    return checks[-1] if checks else None


def asked_for_standing(evidence: EvidenceFacts) -> bool:
    """Whether its witness was asked for expertise and for standards: a customer is not, nor who wrote on paper."""
    return evidence.kind != Kind.CUSTOMER and evidence.testimony is not None


def witnessed(items: Iterable[ItemPart]) -> list[ItemPart]:
    """The items that somebody else stated, here or on paper."""
    return [one for one in items if one.evidence.kind in STATED]


TOLD: Mapping[str, Callable[..., object]] = {
    "when": when, "recorded": recorded, "pointed": pointed, "briefly": briefly, "of_witness": of_witness,
    "last_of": last, "asked_for_standing": asked_for_standing, "witnessed_of": witnessed,
}  # fmt: skip
"""What templates call them."""
