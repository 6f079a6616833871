"""Learners' prose: Markdown in, safe HTML out; the only importer of markdown."""

import re

import markdown
import nh3

from portfolio.foundation.errors import TooBig, Unreadable

LONGEST = 100_000
"""Characters of Markdown in one account."""
BRACKETS = 200
"""Brackets or tags in a row that the converter would choke on (it is quadratic in them)."""

_TAGS = {
    "p", "br", "hr", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong",
    "del", "a", "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
_HEADING = re.compile(r"<(/?)h([1-6])")
_RUN = re.compile(rf"(?:[\[\]()<!]\s*){{{BRACKETS},}}")
TOO_MUCH = "This text has very many brackets, stars, lines or tables in it. Take some out, or attach it as a file."
_MANY = {
    "[": 2_000, "<": 2_000, "](": 1_000, "|": 4_000, "*": 5_000, "_": 5_000, "`": 2_000, "\\": 1_000, "&": 2_000,
    ">": 2_500, "#": 2_500, "\n": 5_000, "\n\n": 2_500,
}  # fmt: skip
"""How often a sign may stand in one text: far more than anybody writes, and few enough to be converted in seconds."""
_LIST_ITEM = re.compile(r"^[ >]*(?:[-*+]|\d+\.)[ \t]", re.MULTILINE)
_ITEMS = 1_500
_DEEP = re.compile(r"(?:(?:[-*+]|\d+\.)[ \t>]+){30}")
"""Lists in lists on one line, deeper than the converter can follow."""
_PARAGRAPH = re.compile(r"\n[ \t]*\n")
_LINES = 1_500
"""Lines in one paragraph; an account pasted from an e-mail has about so many in all."""
_TAG = re.compile(r"<[a-zA-Z/!?]")
_REACH = 2_000_000
"""Brackets × characters: from each bracket the converter looks to the end of its paragraph (from each tag, of all)."""


def refuse_hostile(text: str) -> None:
    """Raise `TooBig` or `Unreadable` for text that no person writes and the converter would hang on."""
    if len(text) > LONGEST:
        raise TooBig(f"This text has {len(text):,} characters; {LONGEST:,} is the most. Split it into two accounts.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _RUN.search(text) or _DEEP.search(text) or _has_many(text) or _reaches_far(text):
        raise Unreadable(TOO_MUCH)


def _has_many(text: str) -> bool:
    return any(text.count(mark) > most for mark, most in _MANY.items()) or len(_LIST_ITEM.findall(text)) > _ITEMS


def _reaches_far(text: str) -> bool:
    paragraphs = _PARAGRAPH.split(text)
    brackets = sum(paragraph.count("[") * len(paragraph) for paragraph in paragraphs)
    tags = len(_TAG.findall(text)) * len(text) // 10
    return max(brackets, tags) > _REACH or any(paragraph.count("\n") > _LINES for paragraph in paragraphs)


def to_html(text: str) -> str:
    """`text` (Markdown) as HTML that can do no harm: an allow-list of tags, no pictures, headings below the page's own.

    Deterministic. Raises what `refuse_hostile` raises.
    """
    refuse_hostile(text)
    html = _converted(text)
    html = _HEADING.sub(_Levels(html).written, html)
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}, "*": set()},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    )


def _converted(text: str) -> str:
    try:
        return str(markdown.markdown(text, extensions=["tables", "sane_lists"], output_format="html"))
    except RecursionError as error:  # lists in lists in lists
        raise Unreadable(TOO_MUCH) from error


class _Levels:
    """Headings of a text as levels of the page: the highest that is used becomes h3, and none is jumped over."""

    def __init__(self, html: str) -> None:
        used = sorted({found[2] for found in _HEADING.finditer(html)})
        self.rank = {level: 3 + rank for rank, level in enumerate(used)}
        self.last = 2

    def written(self, tag: re.Match[str]) -> str:
        """The beginning of a heading's start or end tag at its level on the page."""
        if not tag[1]:
            self.last = min(self.rank[tag[2]], self.last + 1, 6)
        return f"<{tag[1]}h{self.last}"
