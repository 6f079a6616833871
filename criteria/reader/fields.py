"""Knows the single facts of a unit that stand on a line of their own: title, code, level, credit."""

import re

FIELDS = ("title", "code", "level", "credit")
_FIELD = re.compile(
    r"(?:(?:unit|element|module|qualification)\s+)?"
    r"(title|name|code|number|no\.?|reference|ref|level|credits?|credit\s+value)\s*[:=]\s*(\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_NAMES = {"name": "title", "number": "code", "no": "code", "reference": "code", "ref": "code", "credits": "credit"}
_LIMITS = {"title": 300, "code": 40, "level": 20, "credit": 20}
_LEVEL = re.compile(r"(?:level\s+)+", re.IGNORECASE)
_CREDIT = re.compile(r"([0-9]{1,4})(?:\s+credits?)?", re.IGNORECASE)


def field(text: str) -> tuple[str, str] | None:
    """The name (one of `FIELDS`) and value that a line gives; None where it gives none or one that is too long."""
    match = _FIELD.match(text.lstrip("#*"))
    if not match:
        return None
    word = " ".join(match[1].lower().rstrip(".").split())
    name = "credit" if word == "credit value" else _NAMES.get(word, word)
    value = _tidy(name, match[2].strip())
    return (name, value) if value and len(value) <= _LIMITS[name] else None


def _tidy(name: str, value: str) -> str:
    if name == "level":
        opening = _LEVEL.match(value)
        return value[opening.end() :] if opening else value
    if name == "credit":
        number = _CREDIT.fullmatch(value)
        return str(int(number[1])) if number else ""
    return value
