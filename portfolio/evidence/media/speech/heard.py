"""What a model of speech heard in a stretch of a recording, as plain values."""

from dataclasses import asdict, dataclass
from typing import Any

TOOK_TOO_LONG = "It took the machine too long to write down what is said in this recording."
UNHEARD = "The machine could not write down what is said in this recording."
LANGUAGE = "en"
"""The one language that is written down: of others a model of this size makes too much up."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A stretch that was listened to, from where it was asked for on."""

    until: float
    """Seconds of the recording up to which it was heard; where the next stretch begins."""
    is_end: bool
    """Whether the recording ends there."""
    language: str = ""
    """BCP 47 tag of what is said; empty where nothing is said, or in no language that is known."""
    words: tuple[tuple[float, float, str], ...] = ()
    """First and last second of each word, and the word with the space before it."""
    note: str = ""
    """Why it could not be heard; empty when all went well."""

    def to_json(self) -> dict[str, Any]:
        """The values as JSON knows them."""
        return asdict(self)


def from_json(values: dict[str, Any]) -> Heard:
    """The inverse of `Heard.to_json`."""
    words = tuple((float(begins), float(ends), str(word)) for begins, ends, word in values["words"])
    return Heard(**values | {"words": words})
