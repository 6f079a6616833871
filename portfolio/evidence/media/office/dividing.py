"""A long text in parts of bounded length, which end where paragraphs end and begin, where they can, at headings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

FULL = 2_000
"""Code points of a part after which a heading begins the next one."""
LONGEST = 5_000
"""Code points of a part; of what is printed in one piece, two sheets of paper."""


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A heading, a paragraph or a row of a table."""

    words: str
    is_heading: bool = False
    is_close: bool = False
    """Whether it stands right below the block before it, as a row of a table does."""


def parts(blocks: Iterable[TextBlock]) -> Iterator[str]:
    """The words of the blocks in their order, in parts of at most `LONGEST` code points each."""
    held = ""
    for block in _bounded(blocks):
        between = "\n" if block.is_close else "\n\n"
        if held and ((block.is_heading and len(held) >= FULL) or len(held + between + block.words) > LONGEST):
            yield held
            held = ""
        held += (between if held else "") + block.words
    if held:
        yield held


def _bounded(blocks: Iterable[TextBlock]) -> Iterator[TextBlock]:
    """The blocks that say something, longer ones cut between words, where they have any."""
    for block in blocks:
        words, is_first = block.words.strip(), True
        while words:
            end = _end(words)
            yield TextBlock(words[:end].rstrip(), block.is_heading and is_first, block.is_close or not is_first)
            words, is_first = words[end:].lstrip(), False


def _end(words: str) -> int:
    """Where to cut words that are too long for one part."""
    if len(words) <= LONGEST:
        return len(words)
    space = max(words.rfind(sign, LONGEST // 2, LONGEST) for sign in "\n .")
    return space + 1 if space > 0 else LONGEST
