"""The items of a portfolio in which somebody's words stand, with the places where they do."""

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import request

from portfolio.evidence.models import Version
from portfolio.evidence.queries import LatestItem
from portfolio.evidence.searching import queries
from portfolio.evidence.searching.rules import Hit, Text, hit, wanted
from portfolio.foundation.words.text import alike

SHOWN = 3
"""Places of one item that are listed."""
LONGEST = 100
"""Characters of a question."""
MOST = 5_000_000
"""Characters that are looked through for one question."""


@dataclass(frozen=True, slots=True)
class Found:
    """An item in which all the words were found, and where: those places first that hold most of them."""

    item: LatestItem
    hits: tuple[Hit, ...]
    more: int
    """Places that are not listed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found; `is_whole` where everything was looked through."""

    found: tuple[Found, ...]
    is_whole: bool


def asked_for(items: Sequence[LatestItem]) -> dict[str, Any]:
    """What `_search.html` needs: the words that the address names as `q`, and where they stand in these items."""
    words = request.args.get("q", "").strip()[:LONGEST]
    return {"words": words, "answer": look(items, words) if words else None}


def look(items: Sequence[LatestItem], question: str) -> Answer:
    """Look for the words of a question in the newest version of each item; of an item, all must stand in it."""
    words, same, left = wanted(question), lru_cache(100_000)(alike), MOST
    seen = {item.version.id: list[Hit]() for item in items}
    with closing(_texts_of([item.version for item in items])) as texts:
        for version_id, text in texts:
            left -= len(text.words)
            if left < 0:
                break
            if one := hit(text, words, same):
                seen[version_id].append(one)
    found = (_found(item, seen[item.version.id], words) for item in items)
    return Answer(tuple(filter(None, found)), left >= 0)


def _found(item: LatestItem, hits: list[Hit], words: tuple[str, ...]) -> Found | None:
    if not words or not set(words) <= set().union(*(one.words for one in hits)):
        return None
    hits.sort(key=lambda one: len(one.words), reverse=True)
    return Found(item, tuple(hits[:SHOWN]), max(len(hits) - SHOWN, 0))


def _texts_of(versions: Sequence[Version]) -> Generator[tuple[int, Text]]:
    """All words of these versions, those that somebody wrote first."""
    files = {file.id: file for version in versions for file in version.files}
    holders = dict[int, list[int]]()
    for version in versions:
        for text in _written(version):
            yield version.id, text
        for file in version.files:
            holders.setdefault(file.id, []).append(version.id)
    for read in (queries.said(files), queries.pages(files)):
        for id, text in read:
            for version_id in holders[id]:
                yield version_id, text


def _written(version: Version) -> Iterator[Text]:
    stated = (version.testimony, version.source, version.minutes)
    about = (version.title, version.context, version.confirmer, version.third_parties, *_texts(stated))
    yield Text("\n".join(about), "what is said about it")
    for line in version.plain.splitlines():
        yield Text(line)
    for file in version.files:
        yield Text(file.name, "the name of a file")


def _texts(value: Any) -> Iterator[str]:
    """Every text in plain values of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list | tuple):
        inner: Iterable[Any] = value.values() if isinstance(value, dict) else value
        for one in inner:
            yield from _texts(one)
