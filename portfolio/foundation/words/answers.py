"""What a mail server says, in words that can be kept and shown."""

from portfolio.foundation.words.text import cleaned

LONGEST = 200
"""Characters that are kept."""


def said(code: int, words: bytes | str) -> str:
    """A server's answer in one line."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return f"“{code} {' '.join(cleaned(text).split())}”"[:LONGEST]
