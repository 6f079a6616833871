"""Bold and italic words of one line: stars at the edges of words mark what is between them, every other star stays."""

import re
import unicodedata

_STARS = re.compile(r"\*+")
_MARKS = {"*": "em", "**": "strong"}


def marked(line: str) -> list[tuple[str, str]]:
    """Words of one line (without a tag) and tags (`em`, `/em`; without words), in order. Tags are well nested."""
    parts: list[tuple[str, str]] = []
    opened: dict[str, int] = {}
    at = 0
    for found in _STARS.finditer(line):
        stars = found.group()
        parts += [(line[at : found.start()], ""), (stars, "")]
        at = found.end()
        before, after = line[max(found.start() - 1, 0) : found.start()], line[at : at + 1]
        if stars in opened and _closes(before, after):
            begin = opened[stars]
            parts[begin], parts[-1] = ("", _MARKS[stars]), ("", f"/{_MARKS[stars]}")
            opened = {mark: place for mark, place in opened.items() if place < begin}
        elif stars in _MARKS and _opens(before, after):
            opened.pop(stars, None)
            opened[stars] = len(parts) - 1
    return [*parts, (line[at:], "")]


def _opens(before: str, after: str) -> bool:
    """Whether a star between these characters stands before a word and not in one."""
    outside = not before or before.isspace() or before in "\"'¿¡–—" or _is(before, "Ps", "Pi") or _is_wide(before)
    return outside and (after in ("#", "@", '"', "'") or _is(after, "L", "N", "Ps", "Pi", "Pf", "Sc", "So"))


def _closes(before: str, after: str) -> bool:
    """Whether a star between these characters stands after a word and not in one."""
    outside = not after or after.isspace() or after in ".,;:!?\"'–—" or _is(after, "Pe", "Pf", "Pi") or _is_wide(after)
    stop = bool(after) and not after.isascii() and _is(after, "Po")
    return (outside or stop) and not before.isspace() and not _is(before, "Ps")


def _is(sign: str, *categories: str) -> bool:
    """Whether a character is of one of these general categories of Unicode."""
    return bool(sign) and unicodedata.category(sign).startswith(categories)


def _is_wide(sign: str) -> bool:
    """Whether a character belongs to a script that writes words without white space between them."""
    return unicodedata.east_asian_width(sign) in ("W", "F")
