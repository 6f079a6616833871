"""The items of a portfolio in which somebody's words stand, with the texts in which they do."""

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from portfolio.evidence import queries as evidence
from portfolio.evidence.models import Version
from portfolio.evidence.opening import noting
from portfolio.evidence.searching import queries
from portfolio.evidence.searching.rules import Hit, Text, held, hit, wanted
from portfolio.foundation.words.text import alike
from portfolio.people.models import Person

SHOWN = 3
"""Hits of one item that are listed."""
LONGEST = 100
"""Characters that somebody looks for."""
MOST = 3_000_000
"""Characters that are looked through at a time."""


@dataclass(frozen=True, slots=True)
class Found:
    """An item in which all the words were found: its id, how people call it, and those hits first that hold most."""

    id: int
    ref: str
    title: str
    hits: tuple[Hit, ...]
    more: int
    """Hits that are not listed."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found; `is_whole` where everything was looked through."""

    found: tuple[Found, ...]
    is_whole: bool


@dataclass(slots=True)
class _Holding:
    """What an item holds, as far as it was looked through."""

    words: frozenset[str] = frozenset()
    many: int = 0
    best: list[tuple[frozenset[str], Text]] = field(default_factory=list)

    def add(self, words: frozenset[str], text: Text) -> None:
        """Count a text that holds these words; keep it where it is among the best."""
        self.words |= words
        self.many += 1
        self.best = sorted([*self.best, (words, text)], key=lambda one: -len(one[0]))[:SHOWN]


def searched(learner_id: int, words: str, *, by: Person) -> dict[str, Any]:
    """What `_search.html` needs where `by` looks for `words` in a portfolio; with none nothing is looked through.

    Items of others that are found are opened with that, so whatever was loaded before is read afresh.
    """
    words = words.strip()[:LONGEST]
    if not words:
        return {"words": "", "findings": None}
    items = evidence.items_of(learner_id)
    findings = look(items, words)
    found = {one.id for one in findings.found}
    noting.opened(*(item.evidence for item in items if item.evidence.id in found), by=by)
    return {"words": words, "findings": findings}


def look(items: Sequence[evidence.LatestItem], words: str) -> Findings:
    """Look for `words` in the newest version of each item; of an item, all must stand in it."""
    asked, same, left = wanted(words), lru_cache(100_000)(alike), MOST
    holding = {item.version.id: _Holding() for item in items}
    with closing(_texts([item.version for item in items] if asked else [])) as texts:
        for version_id, text in texts:
            left -= len(text.words)
            if left < 0:
                break
            if has := held(text, asked, same):
                holding[version_id].add(has, text)
    found = (_found(item, holding[item.version.id], asked) for item in items)
    return Findings(tuple(filter(None, found)), left >= 0)


def _found(item: evidence.LatestItem, holding: _Holding, words: tuple[str, ...]) -> Found | None:
    if not words or not holding.words.issuperset(words):
        return None
    hits = tuple(hit(text, words) for _, text in holding.best)
    return Found(item.evidence.id, item.evidence.ref, item.version.title, hits, holding.many - len(hits))


def _texts(versions: Sequence[Version]) -> Generator[tuple[int, Text]]:
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
    stated, source = version.testimony or {}, version.source or {}
    about = [version.title, version.context, version.confirmer, version.third_parties]
    about += [stated.get(name, "") for name in ("witness", "job", "employer", "relationship", "contact", "interest")]
    about += [source.get(name, "") for name in ("address", "title", "version", "clause")]
    for words in filter(None, about):
        yield Text(words, "what is said about it")
    for line in filter(None, version.plain.splitlines()):
        yield Text(line)
    for file in version.files:
        yield Text(file.name, "the name of a file")
