"""Cues: words that are said from one second of a recording to another, and what of them is taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from portfolio.foundation.errors import Incomplete

MOST_CUES = 6000
"""Cues of one recording."""
MOST_WORDS = 500
"""Characters of one cue."""
MOST_IN_ALL = 400_000
"""Characters of all cues of one recording."""
MOST_TRANSCRIPTS = 50
"""Transcripts of one recording, removed ones too: none is ever thrown away."""
SHORTEST = 0.001
"""Seconds that a cue lasts at least."""
FROM_FILE, BY_MACHINE = "file", "machine"
"""Where a transcript comes from."""
UNREAD = "Made by a machine; nobody has read it yet."
"""What is said of a draft by a machine wherever it is shown."""
CORRECTED = "Being corrected by {}; not confirmed yet."
"""What is said of a draft that somebody wrote or changed, wherever it is shown."""
LANGUAGES = {
    "en": "English", "cy": "Welsh", "ar": "Arabic", "bn": "Bengali", "zh": "Chinese", "fr": "French", "de": "German",
    "gu": "Gujarati", "hi": "Hindi", "it": "Italian", "lt": "Lithuanian", "pl": "Polish", "pt": "Portuguese",
    "pa": "Punjabi", "ro": "Romanian", "ru": "Russian", "so": "Somali", "es": "Spanish", "tr": "Turkish",
    "uk": "Ukrainian", "ur": "Urdu",
}  # fmt: skip
"""BCP 47 tag of each language that is offered, and its name."""


@dataclass(frozen=True, slots=True)
class TimedWord:
    """One word, and the seconds at which it begins and ends."""

    begins: float
    ends: float
    word: str


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that are said between two seconds of a recording; lines are divided by line feeds."""

    begins: float
    ends: float
    words: str
    timed: tuple[TimedWord, ...] = ()
    """The time of each word, where a machine wrote them down and nobody changed them."""

    def row(self) -> list[Any]:
        """The cue as plain values of JSON."""
        said: list[Any] = [self.begins, self.ends, self.words]
        return [*said, [[one.begins, one.ends, one.word] for one in self.timed]] if self.timed else said


def cue_of(row: Sequence[Any]) -> Cue:
    """The inverse of `Cue.row`."""
    begins, ends, words, *timed = row
    return Cue(float(begins), float(ends), words, tuple(TimedWord(*one) for one in (timed[0] if timed else ())))


def ensure_bounded(cues: Sequence[Cue]) -> None:
    """Raise `Incomplete` for no cues, for more than are taken, and for words that are too long."""
    if not cues:
        raise Incomplete("There are no words in it. Captions have a time and words for each thing said.", ("captions",))
    if len(cues) > MOST_CUES:
        sentence = f"There are {len(cues):,} captions in it, and at most {MOST_CUES:,} are taken. Join short ones."
        raise Incomplete(sentence, ("captions",))
    if sum(len(cue.words) for cue in cues) > MOST_IN_ALL:
        sentence = f"Its words have more than {MOST_IN_ALL:,} characters in all, which is more than is taken."
        raise Incomplete(sentence, ("captions",))
    for number, cue in enumerate(cues, start=1):
        if len(cue.words) > MOST_WORDS:
            sentence = f"Caption {number} has {len(cue.words):,} characters, and at most {MOST_WORDS} are taken."
            raise Incomplete(f"{sentence} Divide it into several.", ("captions",))


def corrected(cues: Sequence[Cue], words: Iterable[tuple[int, str]]) -> list[Cue]:
    """The cues with other words at some places, counted from 0; a cue without words is left out.

    The times of single words are kept where the words of a cue are what they were. Raises `Incomplete` as
    `ensure_bounded` does.
    """
    found = dict(words)
    changed = [_with(cue, found.get(at, cue.words)) for at, cue in enumerate(cues)]
    kept = [cue for cue in changed if cue.words]
    ensure_bounded(kept)
    return kept


def _with(cue: Cue, words: str) -> Cue:
    lines = lined(words)
    return cue if lines == cue.words else Cue(cue.begins, cue.ends, lines)


def lined(words: str) -> str:
    """Words as a cue holds them: no empty lines, and no space around or within lines beyond one."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in words.split("\n"))))
