"""What may be said at a place, and how long."""

from portfolio.foundation.errors import Incomplete
from portfolio.foundation.words.lengths import ensure_short
from portfolio.foundation.words.text import is_blank

LONGEST = 2_000
"""Characters of one comment."""
NO_WORDS = "Write a line first; one beside what you speak, too."
NO_SPEECH = "What was sent with this is no recording of yours. Record it once more."
FROZEN = "This round waits for no verdict any more, so what was said in it stays as it is."


def ensure_said(words: str) -> None:
    """Raise `Incomplete` for a comment that says nothing, or too much."""
    if is_blank(words):
        raise Incomplete(NO_WORDS, ("words",))
    ensure_short("words", words, LONGEST)
