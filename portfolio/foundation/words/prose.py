"""What people type, as HTML: every word, number and line stays; only the marks that the forms name mean anything.

The marks: `# heading` to six signs, `- list` with deeper items further in, `**bold**` and `*italics*` at the edges of
words, and tables of lines that begin with `|` under which stands a line of `|---|`. Everything else is literal.
The only importer of markdown.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from xml.etree.ElementTree import Element, TreeBuilder, tostring

import nh3
from markdown import Markdown
from markdown.blockprocessors import BlockProcessor
from markdown.extensions import Extension
from markupsafe import Markup

from portfolio.foundation.errors import TooBig
from portfolio.foundation.words.emphasis import marked

LONGEST = 100_000
"""Characters of one account."""
DEEPEST = 6
"""Lists in lists; an item further in stands in the innermost."""
CELLS = 2_000
"""Cells of all tables of a text; what goes beyond is shown as its lines."""

_TAGS = {"p", "br", "h3", "h4", "h5", "h6", "ul", "li", "em", "strong", "table", "thead", "tbody", "tr", "th", "td"}
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)")
_ITEM = re.compile(r"([ \t]*)-[ \t]+(\S.*)")
_RULE = re.compile(r"\|[-| \t]*")
_BLANKS = " \t"


def to_html(text: str) -> str:
    """`text` as HTML that can do no harm, headings below the page's own; the work grows with its length only.

    Deterministic. Raises `TooBig` for more than `LONGEST` characters.
    """
    if len(text) > LONGEST:
        raise TooBig(f"This text has {len(text):,} characters; {LONGEST:,} is the most. Split it into two accounts.")
    converter = Markdown(extensions=[_Marks()])
    converter.serializer = lambda root: tostring(root, "unicode", method="html")  # the library's keeps “&amp;” as it is
    html = converter.convert("\n".join(line.rstrip(_BLANKS) if line.strip() else "" for line in text.splitlines()))
    return nh3.clean(html, tags=_TAGS, attributes={}, link_rel=None)


def lined(text: str | None) -> Markup:
    """Words that know no marks (feedback, reasons, declarations) as HTML: just as they were typed, line by line."""
    return Markup("<br>\n").join((text or "").splitlines())


class _Marks(Extension):
    """Markdown with the marks that the forms name, and with no other: all rules of the library give way to ours."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (as the library has it)
        """Called by the library."""
        rules = md.preprocessors, md.parser.blockprocessors, md.inlinePatterns, md.treeprocessors, md.postprocessors
        for rule in rules:
            for name in [rule._priority[at].name for at in range(len(rule))]:
                rule.deregister(name)
        md.parser.blockprocessors.register(_BlockRules(md.parser), "blocks", 0)


class _BlockRules(BlockProcessor):
    """All blocks of a text at once."""

    def test(self, _parent: Element, _block: str) -> bool:
        """Whether it knows what to do with a block."""
        return True

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Append to `parent` what `blocks` say, and take them away."""
        lines = "\n\n".join(blocks).split("\n")
        blocks.clear()
        parent.extend(_Reader(lines).root())


class _Reader:
    """Reads a text block by block, each line once, and builds elements of what it reads."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.at = 0
        self.cells = 0
        self.built = TreeBuilder()
        used = sorted({len(found[1]) for found in map(_HEADING.match, lines) if found})
        self.rank = {signs: 3 + rank for rank, signs in enumerate(used)}
        """Level of the page for a number of `#`: the highest that is used becomes h3."""
        self.last = 2

    def root(self) -> Element:
        """An element that holds the blocks of the text."""
        self.built.start("div", {})
        while self.at < len(self.lines):
            if not self.lines[self.at]:
                self.at += 1
            else:
                self._block()
                self.built.data("\n")
        self.built.end("div")
        return self.built.close()

    def _block(self) -> None:
        if heading := _HEADING.match(self.lines[self.at]):
            self._heading(heading)
        elif _ITEM.match(self.lines[self.at]):
            self._list()
        elif self._is_table():
            self._table()
        else:
            self._paragraph()

    def _heading(self, found: re.Match[str]) -> None:
        self.at += 1
        self.last = min(self.rank[len(found[1])], self.last + 1, 6)  # none is jumped over
        with self._within(f"h{self.last}"):
            self._words(found[2])

    def _paragraph(self) -> None:
        begin = self.at
        while self.at < len(self.lines) and self.lines[self.at] and (self.at == begin or not self._begins()):
            self.at += 1
        self._lines(self.lines[begin : self.at])

    def _lines(self, lines: Sequence[str]) -> None:
        """A paragraph of these lines."""
        with self._within("p"):
            for number, line in enumerate(lines):
                if number:
                    self._break()
                self._words(line.strip(_BLANKS))

    def _begins(self) -> bool:
        """Whether a heading, a list or a table begins with this line."""
        line = self.lines[self.at]
        return bool(_HEADING.match(line) or _ITEM.match(line)) or self._is_table()

    def _list(self) -> None:
        """Items, lists inside them, and lines further in that go on with an item; empty lines between are left out."""
        depths: list[int] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if item := _ITEM.match(line):
                self._item(depths, len(item[1].expandtabs(4)))
                self._words(item[2])
            elif line[:1] in (" ", "\t"):
                self._break()
                self._words(line.strip(_BLANKS))
            elif line or not self._goes_on():
                break
            self.at += 1
        for _ in depths:
            self._end_list()

    def _item(self, depths: list[int], indent: int) -> None:
        """Begin an item `indent` columns from the left; `depths` are the indents of the open lists."""
        while len(depths) > 1 and indent < depths[-1]:
            depths.pop()
            self._end_list()
        if not depths or (indent > depths[-1] + 1 and len(depths) < DEEPEST):
            self.built.data("\n" if depths else "")
            depths.append(indent)
            self.built.start("ul", {})
        else:
            self.built.end("li")
        self.built.data("\n")
        self.built.start("li", {})

    def _end_list(self) -> None:
        self.built.end("li")
        self.built.data("\n")
        self.built.end("ul")

    def _goes_on(self) -> bool:
        """Whether another item stands below the empty lines here, which are passed over then."""
        after = self.at
        while after < len(self.lines) and not self.lines[after]:
            after += 1
        if after == len(self.lines) or not _ITEM.match(self.lines[after]):
            return False
        self.at = after - 1
        return True

    def _is_table(self) -> bool:
        """Whether a line of cells stands here with a line of dashes in cells below it."""
        rule = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else ""
        if not self.lines[self.at].startswith("|") or not _RULE.fullmatch(rule):
            return False
        return all(len(cell) >= 3 and not cell.strip("-") for cell in _cells(rule))

    def _table(self) -> None:
        begin = self.at
        while self.at < len(self.lines) and self.lines[self.at].startswith("|"):
            self.at += 1
        lines = self.lines[begin : self.at]
        head, *rows = [_cells(line) for n, line in enumerate(lines) if n != 1]
        area = max(len(row) for row in (head, *rows)) * (1 + len(rows))
        if self.cells + area > CELLS:
            self._lines(lines)
            return
        self.cells += area
        with self._within("table"):
            self._rows("thead", "th", [head])
            self._rows("tbody", "td", rows)

    def _rows(self, part: str, cell: str, rows: Sequence[Sequence[str]]) -> None:
        with self._within(part):
            for row in rows:
                with self._within("tr"):
                    for words in row:
                        with self._within(cell):
                            self._words(words)
                        self.built.data("\n")
                self.built.data("\n")
        self.built.data("\n")

    def _words(self, line: str) -> None:
        """One line with its bold and italic words."""
        for word, tag in marked(line):
            if not tag:
                self.built.data(word)
            elif tag.startswith("/"):
                self.built.end(tag[1:])
            else:
                self.built.start(tag, {})

    def _break(self) -> None:
        with self._within("br"):
            pass
        self.built.data("\n")

    @contextmanager
    def _within(self, tag: str) -> Iterator[None]:
        self.built.start(tag, {})
        yield
        self.built.end(tag)


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.removeprefix("|").removesuffix("|").split("|")]
