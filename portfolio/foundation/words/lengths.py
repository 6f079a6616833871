"""How long what people type may be: each storey says it in its rules, and whatever comes in is held against it."""

from collections.abc import Mapping

from portfolio.foundation.errors import Incomplete


def too_long(text: str, most: int) -> str:
    """What to tell of `text` where it has more than `most` characters; empty where it fits."""
    return f"Say it in at most {most:,} characters. This has {len(text):,}." if len(text) > most else ""


def ensure_fits(said: object, lengths: Mapping[str, int]) -> None:
    """Raise `Incomplete` for the first text of `said` that is longer than its length, by the attribute's name."""
    for name, most in lengths.items():
        if sentence := too_long(getattr(said, name), most):
            raise Incomplete(sentence, (name,))
