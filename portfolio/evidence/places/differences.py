"""Two versions of a text held against each other word by word: what is new, and what stood there before."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from unicodedata import category

from markupsafe import Markup, escape
from rapidfuzz.distance import Indel

from portfolio.foundation.words.marks import Mark, annotate

MOST = 400_000_000
"""Words of one version times words of the other, above which lines are compared instead: 50 MB, half a second."""
_SIGNS = "".join(sign for sign in map(chr, range(0x10000)) if category(sign).startswith("M")) + "\u200c\u200d"
"""Signs that are written on the letter before them, and what joins letters."""
_ALONE = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
"""Scripts that put no spaces between words: each character counts as one."""
_WORD = re.compile(rf"[{_ALONE}][{_SIGNS}]*|(?:(?![{_ALONE}])[\w{_SIGNS}])+|[^\w\s][{_SIGNS}]*")
"""A word, a sign, or a character that counts as one, with what is written on it."""
_LINE = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Change:
    """A place in the new text, code points of its text content, and the words that it took the place of."""

    start: int
    end: int
    """As `start` where words only went."""
    removed: str


def changes(before: str, after: str) -> list[Change]:
    """What changed between two texts, in the order of the new one; empty where no word did."""
    unit = _WORD
    old, new = list(unit.finditer(before)), list(unit.finditer(after))
    if len(old) * len(new) > MOST:
        unit = _LINE
        old, new = list(unit.finditer(before)), list(unit.finditer(after))
    said, says = [one[0] for one in old], [one[0] for one in new]
    runs = _joined(_slid(run, said, says) for run in _runs(said, says))
    return [_change(run, (before, after), old, new) for run in runs]


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that went, and words that came in their place: positions in the two lists of words."""

    gone: tuple[int, int]
    come: tuple[int, int]


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[_Run]:
    """Neighbouring steps that change something, as one."""
    run: _Run | None = None
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            if run:
                yield run
            run = None
        elif run:
            run = replace(run, gone=(run.gone[0], step.src_end), come=(run.come[0], step.dest_end))
        else:
            run = _Run((step.src_start, step.src_end), (step.dest_start, step.dest_end))
    if run:
        yield run


def _joined(runs: Iterable[_Run]) -> Iterator[_Run]:
    """Runs of which one begins where the one before ends, as one."""
    last: _Run | None = None
    for run in runs:
        if last and last.gone[1] == run.gone[0] and last.come[1] == run.come[0]:
            last = _Run((last.gone[0], run.gone[1]), (last.come[0], run.come[1]))
        else:
            if last:
                yield last
            last = run
    if last:
        yield last


def _slid(run: _Run, old: Sequence[str], new: Sequence[str]) -> _Run:
    """The same run one word on where it begins with the sign that follows it: `. It worked` is told as `It worked.`."""
    (gone, gone_end), (come, come_end) = run.gone, run.come
    words, first, end = (old, gone, gone_end) if come == come_end else (new, come, come_end)
    is_one_sided = gone == gone_end or come == come_end
    if not is_one_sided or end >= len(words) or words[first] != words[end] or words[first].isalnum():
        return run
    return _Run((gone + 1, gone_end + 1), (come + 1, come_end + 1))


def _change(run: _Run, texts: tuple[str, str], old: Sequence[re.Match[str]], new: Sequence[re.Match[str]]) -> Change:
    (gone, gone_end), (come, come_end), (before, after) = run.gone, run.come, texts
    removed = before[old[gone].start() : old[gone_end - 1].end()] if gone < gone_end else ""
    if come < come_end:
        return Change(new[come].start(), new[come_end - 1].end(), removed)
    at = new[come].start() if come < len(new) else len(after)
    return Change(at, at, removed)


def shown(html: str, found: Sequence[Change], length: int) -> Markup:
    """An account's HTML in which what is new is `<ins>`, and what went stands before it as `<del>`.

    `length` is that of its text content, in code points. Marks that lie in the text already stay.
    """
    marks = [_mark(one) for one in found if one.start < length]
    at_the_end = "".join(f"<p>{_gone(one)}</p>" for one in found if one.start >= length)
    return Markup(annotate(html, marks, tag="ins") + at_the_end)  # noqa: S704 nh3 cleaned the text, the rest is escaped


def _mark(change: Change) -> Mark:
    """What is new; where words only went, the character after them carries these."""
    if change.start < change.end:
        return Mark(change.start, change.end, before=_gone(change))
    return Mark(change.start, change.start + 1, before=_gone(change), tag="span")


def _gone(change: Change) -> str:
    return f"<del>{escape(change.removed)}</del> " if change.removed else ""
