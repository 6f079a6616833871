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
_MANY = {"[": 2_000, "<": 2_000, "](": 1_000, "|": 4_000}


def refuse_hostile(text: str) -> None:
    """Raise `TooBig` or `Unreadable` for text that no person writes and the converter would hang on."""
    if len(text) > LONGEST:
        raise TooBig(f"This text has {len(text):,} characters; {LONGEST:,} is the most. Split it into two accounts.")
    if _RUN.search(text) or any(text.count(mark) > most for mark, most in _MANY.items()):
        raise Unreadable("This text has very many brackets or tables in it. Take them out, or attach it as a file.")


def to_html(text: str) -> str:
    """`text` (Markdown) as HTML that can do no harm: an allow-list of tags, no pictures, headings below the page's own.

    Deterministic. Raises what `refuse_hostile` raises.
    """
    refuse_hostile(text)
    html = markdown.markdown(text, extensions=["tables", "sane_lists"], output_format="html")
    html = _HEADING.sub(_Levels(html).written, html)
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="noopener noreferrer nofollow",
    )


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
