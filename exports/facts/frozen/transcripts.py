"""What is said in a recording, as it is frozen: the words that somebody uploaded or confirmed, with their times."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CueFacts:
    """Words that are said between two seconds of a recording; lines are divided by line feeds."""

    begins: float
    ends: float
    words: str


@dataclass(frozen=True, slots=True)
class TranscriptFacts:
    """The words of a recording that stand: of a draft by a machine, only once somebody had read and confirmed it."""

    number: int
    """Counts the transcripts of one recording."""
    language: str
    """BCP 47 tag of what is said."""
    origin: str
    """`file`: captions that somebody uploaded; `machine`: a draft by a machine that somebody read and confirmed."""
    model: str
    """Name of the machine's model; empty for captions."""
    cues: tuple[CueFacts, ...]
    """In the order of their times."""
    by: str
    """Who uploaded or confirmed them, as they were called then."""
    at: str
