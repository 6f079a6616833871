"""The words of recordings that stand, as facts."""

from exports.facts.frozen import CueFacts, TranscriptFacts
from portfolio.evidence.models import File
from portfolio.evidence.transcripts import queries
from portfolio.foundation.clock import stamp


def transcript(file: File) -> TranscriptFacts | None:
    """What is said in a recording, where somebody uploaded or confirmed it."""
    found = queries.standing(file) if file.kind in queries.PLAYED else None
    if found is None or found.confirmed_at is None:
        return None
    told = found.told()
    cues = tuple(CueFacts(**cue) for cue in told.pop("cues"))
    return TranscriptFacts(**told, cues=cues, by=found.confirmed_as, at=stamp(found.confirmed_at))
