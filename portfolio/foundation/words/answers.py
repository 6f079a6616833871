"""What a mail server says, in words that can be kept and shown."""

import re

from portfolio.foundation.words.text import cleaned

LONGEST = 200
"""Characters that are kept."""
UNSAID = "[address]"
"""What stands in place of each word with an address in it."""
_READ = 2_000
"""Characters among which addresses are looked for."""


def said(code: int, words: bytes | str, to: str = "") -> str:
    """A server's answer in one line, without any address; `to`, whom the mail is for, is not told in part either."""
    text = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    known = cleaned(text)[:_READ].split()
    if len(text) > _READ:
        known = known[:-1]  # half a word may be half an address
    address = _address(to)
    shown = (UNSAID if address.search(word) else word for word in known)
    return f"“{code} {' '.join(shown)}”"[:LONGEST]


def _address(to: str) -> re.Pattern[str]:
    """What makes a word tell an address: its sign, or what stands before or after that in the address `to`."""
    local, _, domain = to.partition("@")
    own = [re.escape(one) for one in (local, local.partition("+")[0], domain) if one]
    return re.compile("|".join(["@", "%40", *(rf"(?<!\w){one}(?!\w)" for one in own)]), re.IGNORECASE)
