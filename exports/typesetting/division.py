"""Divides a long report's HTML into parts that can be typeset side by side."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import unescape

PART = 160_000
"""Characters of HTML in one part, about forty to fifty pages; what is longer than two of them is divided."""

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>")
_DIVISIBLE = re.compile(r'<(?:section\b|article\b|div class="(?:log|account)")')
_VOID = frozenset(("area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"))
_ID = re.compile(r'\sid="([^"]*)"')
_LINK = re.compile(r'\shref="#([^"]*)"')
_LEAF = re.compile(r'\sdata-at="#([^"]*)"')
_TITLE = re.compile(r'<h2\b[^>]*>(.*?)</h2>|\sdata-head="([^"]*)"', re.DOTALL)
_HEADED = re.compile(r"(?:\s*<section\b[^>]*>)*\s*<h2\b")
_RUNNING = re.compile(r'\sdata-(learner|centre|page|of)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class DocumentPart:
    """One part of a long document, itself a whole document."""

    html: str
    """Links to other parts lead to `part:<id>`."""
    far: tuple[str, ...] = ()
    """Ids in other parts whose page numbers it prints."""
    strings: dict[str, str] = field(default_factory=dict)
    """CSS named strings that hold when it begins."""
    below: int = 0
    """How many of its first headings belong under the last title of the parts before it."""


def divided(html: str, *, length: int = PART) -> list[DocumentPart]:
    """The parts of a document in order, each of about so many characters; what is not twice as long is one part."""
    if len(html) <= 2 * length or "<body" not in html:
        return [DocumentPart(html)]
    opening, inner, closing = _opened(html, html.index("<body"))
    pieces = [piece for child in _children(inner) for piece in _pieces(child, length)]
    bodies = ["".join(group) for group in _grouped(pieces, length)]
    if len(bodies) == 1:
        return [DocumentPart(html)]
    running = {name: unescape(value) for name, value in reversed(_RUNNING.findall(inner))}
    known = set(_ID.findall(inner))
    parts, title = [], ""
    for body in bodies:
        parts.append(_part((opening, body, closing), known, running | ({"part": title} if title else {})))
        title = next((_words(found[0] or found[1]) for found in reversed(_TITLE.findall(body))), title)
    return parts


def _part(sides: tuple[str, str, str], known: set[str], strings: dict[str, str]) -> DocumentPart:
    opening, body, closing = sides
    elsewhere = known - set(_ID.findall(body))
    far = sorted(set(_LEAF.findall(body)) & elsewhere)
    body = _LINK.sub(lambda link: f' href="part:{link[1]}"' if link[1] in elsewhere else link[0], body)
    below = 0 if _HEADED.match(body) else body.partition("<h2")[0].count("<h3")
    return DocumentPart(opening + body + closing, tuple(far), strings, below)


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())


def _opened(html: str, at: int = 0) -> tuple[str, str, str]:
    """The element that begins at a place: what stands before its content, the content, and what stands after."""
    begin = _TAG.match(html, at)
    assert begin, html[at : at + 60]
    end = html.rindex(f"</{begin[2]}")
    return html[: begin.end()], html[begin.end() : end], html[end:]


def _children(html: str) -> Iterator[str]:
    """Elements side by side, each with the text before it."""
    depth = begin = 0
    for tag in _TAG.finditer(html):
        if tag[2].lower() not in _VOID and not tag[3].endswith("/"):
            depth += -1 if tag[1] else 1
        if not depth:
            yield html[begin : tag.end()]
            begin = tag.end()
    if html[begin:].strip():
        yield html[begin:]


def _pieces(element: str, length: int) -> list[str]:
    """An element that is too long, as several of its kind; the id stays with the first."""
    element = element.lstrip()
    if len(element) <= length or not _DIVISIBLE.match(element):
        return [element]
    opening, inner, closing = _opened(element)
    groups = _grouped([piece for child in _children(inner) for piece in _pieces(child, length)], length)
    again = _ID.sub("", opening)
    return [(again if number else opening) + "".join(group) + closing for number, group in enumerate(groups)]


def _grouped(pieces: Sequence[str], length: int) -> list[list[str]]:
    """Neighbours together until they make a part; a short beginning stays with what follows it."""
    groups: list[list[str]] = [[]]
    size = 0
    for piece in pieces:
        if size > length // 2 and size + len(piece) > length:
            groups.append([])
            size = 0
        groups[-1].append(piece)
        size += len(piece)
    return groups
