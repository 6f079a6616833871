"""How long what people type may be: each storey says it in its rules, and whatever comes in is held against it."""

from collections.abc import Mapping

from portfolio.foundation.errors import Incomplete


def too_long(text: str, most: int) -> str:
    """What to tell of `text` where it has more than `most` characters; empty where it fits."""
    return f"Say it in at most {most:,} characters. This has {len(text):,}." if len(text) > most else ""


def ensure_short(name: str, text: str, most: int) -> None:
    """Raise `Incomplete`, by the `name` of what was asked, for more than `most` characters."""
    if sentence := too_long(text, most):
        raise Incomplete(sentence, (name,))


def ensure_fits(said: object, lengths: Mapping[str, int]) -> None:
    """Hold the attributes of `said` against their lengths, by their names, as `ensure_short` does."""
    for name, most in lengths.items():
        ensure_short(name, getattr(said, name), most)
