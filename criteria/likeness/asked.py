"""What a marking point asks for, without the words that address the assessor and those that name methods."""

import re
from collections.abc import Iterator

from criteria.unit import Point
from criteria.wording.methods import spans

LONGEST = 1_000
"""Characters of a point or of a sentence that are looked at."""
_WORD = re.compile(r"[^\W_]+")
_OF_FUNCTION = """
a an and any are as at be because been before being by can could do does each every for from has have how i if in
into is it its may might must not of on or other our out over she should show so some such than that the their them
then there these they this those to under until up upon us use was we were what when where which who whom whose why
will with within without would you your yours he her his him me my mine yourself themselves itself also only both
one two own same all more most very after about against between during through while no nor
"""
"""Words that build an English sentence and say nothing of what it is about."""
_FUNCTION_WORDS = frozenset(_OF_FUNCTION.split())


def asked(point: Point) -> str:
    """The words of `point` by which it is compared with others."""
    text = point.text.removeprefix(point.lead_in)
    for start, end in reversed(spans(text)):
        text = text[:start] + text[end:]
    return text.strip()[:LONGEST] or point.text[:LONGEST]


def words(text: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each word that says something, in small letters, and where it stands."""
    for found in _WORD.finditer(text):
        if says_something(word := found.group().lower()):
            yield word, found.span()


def says_something(word: str) -> bool:
    """Whether a word, in small letters, is more than mortar between others."""
    return word not in _FUNCTION_WORDS and any(sign.isalnum() for sign in word)
