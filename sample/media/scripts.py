"""Reads the scripts of recordings and says, to a tenth of a second, who speaks when."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "content" / "scripts"
HOLD = "hold"
"""The speaker's name that stands for hold music; its words are its seconds."""
PACE = 2.9
"""Words per second."""
GAP = 0.6
"""Seconds of silence between two turns."""


@dataclass(frozen=True, slots=True)
class Timed:
    """One turn of a conversation: from `start` to `end` seconds, `who` says `words`."""

    who: str
    words: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Script:
    """A recorded conversation. `cast` is the other person first, the learner second."""

    key: str
    seed: int
    place: str
    cast: tuple[str, str]
    turns: tuple[Timed, ...]

    @property
    def seconds(self) -> float:
        """How long the recording is."""
        return round(self.turns[-1].end + 1.5, 1)

    def side(self, who: str) -> int:
        """0 for the other person, 1 for the learner."""
        return self.cast.index(who)

    def at(self, seconds: float) -> Timed | None:
        """Whose turn it is at that second; None in a pause."""
        return next((turn for turn in self.turns if turn.start <= seconds < turn.end), None)


def script(key: str) -> Script:
    """The script of this name under `content/scripts/`. Raises `FileNotFoundError`."""
    facts = tomllib.loads((FOLDER / f"{key}.toml").read_text(encoding="utf-8"))
    cast = (facts["cast"][0], facts["cast"][1])
    return Script(key, facts["seed"], facts["place"], cast, _timed(facts["turns"]))


def _timed(turns: list[list[str]]) -> tuple[Timed, ...]:
    at, timed = 1.0, []
    for who, words in turns:
        length = float(words) if who == HOLD else max(0.8, len(words.split()) / PACE)
        timed.append(Timed(who, words, round(at, 1), round(at + length, 1)))
        at += length + GAP
    return tuple(timed)
