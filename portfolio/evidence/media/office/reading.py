"""The pages of a file of an office program, each a text with its label; runs in the confined process only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from portfolio.evidence.media.office import odf, packed, sheets, slides, writing
from portfolio.evidence.media.office.dividing import LONGEST, TextBlock, parts
from portfolio.evidence.media.office.kinds import DOCX, ODT, PACKED, PPTX, SHEETS, TEXTS
from portfolio.evidence.media.pages.page import LONGEST_FILE, MOST, DrawnPage
from portfolio.evidence.media.prepared import NotPrepared, Prepared
from portfolio.evidence.places import calling
from portfolio.foundation.words.text import cleaned

NO_WORDS = f"No words can be read in this file; the original is kept. {packed.AS_PDF}"
_OF_TEXTS = (
    "Its words are shown as text, as read by machine. How it looks, its pictures, and what stands in its margins and "
    "comments are in the original only."
)
_OF_SHEETS = (
    "Its cells are shown as text, as read by machine: what they said when it was last saved. Formulas, looks, pictures "
    "and charts are in the original only."
)
_OF_SLIDES = (
    "The words of its slides and notes are shown as text, as read by machine. How they look, pictures, sound and film "
    "are in the original only."
)
LONGEST_SLIDE = 4 * LONGEST
"""Code points of one slide with its notes."""
_CUT = "Of the pages of its text, the first {:,} are shown; the original has all."


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a file."""

    pages: tuple[str, ...]
    """The words of each, with its label in the first line."""
    remarks: tuple[str, ...]


def office(path: Path, media_type: str) -> Prepared:
    """How many pages the file at `path` has, and remarks. Raises `NotPrepared` where nothing of it can be read."""
    read = _read(path, media_type)
    return Prepared("document", media_type, pages=len(read.pages), remarks=read.remarks)


def pages(path: Path, media_type: str, into: Path, numbers: range) -> Iterator[DrawnPage]:
    """The pages of these `numbers` of the file at `path`; a file of the words of each lies in `into`."""
    read = _read(path, media_type).pages
    for number in numbers:
        if number > len(read):
            return
        words, place = read[number - 1], into / f"page-{number}.txt"
        place.write_text(words, encoding="utf-8", newline="\n")
        yield DrawnPage(number, place, text=words)


def _read(path: Path, media_type: str) -> Read:
    said = list(packed.ensure_bounded(path, media_type)) if media_type in PACKED else []
    if media_type in SHEETS:
        book = sheets.read(path)
        found, of_kind, more = book.pages, _OF_SHEETS, book.remarks
        empty = not any("\n" in page for page in found)
    elif media_type in TEXTS:
        found = [f"{calling.part(number)}\n{words}" for number, words in enumerate(parts(_text(path, media_type)), 1)]
        of_kind, more, empty = _OF_TEXTS, [], not found
    else:
        found, of_kind = [], _OF_SLIDES
        found, more, empty = _slides(slides.read(path) if media_type == PPTX else odf.slides(path))
    if empty:
        raise NotPrepared(NO_WORDS)
    shown = _within(cleaned(page) for page in found[:MOST])
    cut = [_CUT.format(len(shown))] if len(found) > len(shown) else []
    return Read(shown, tuple(cleaned(remark) for remark in (of_kind, *more, *cut, *said)))


def _within(found: Iterable[str]) -> tuple[str, ...]:
    """The first pages, as many as have no more than `LONGEST_FILE` together."""
    pages = list(found)
    return tuple(page for page, whole in zip(pages, accumulate(map(len, pages)), strict=True) if whole <= LONGEST_FILE)


def _text(path: Path, media_type: str) -> Iterable[TextBlock]:
    return {DOCX: writing.docx, ODT: odf.text}.get(media_type, writing.rtf)(path)


def _slides(told: Iterable[tuple[list[TextBlock], list[TextBlock], bool]]) -> tuple[list[str], list[str], bool]:
    """The words of each slide, what is said of them, and whether there are none at all."""
    found, hidden, cut, empty = list[str](), list[str](), list[str](), True
    for number, (shown, notes, is_hidden) in enumerate(told, start=1):
        words, beside = "\n".join(_lines(shown)), "\n".join(_lines(notes))
        empty = empty and not (words or beside)
        said = [words] if words else []
        said += ["", "Notes", beside] if beside else []
        whole = "\n".join((calling.slide(number), *said))
        found.append(whole[:LONGEST_SLIDE])
        hidden += [str(number)] if is_hidden else []
        cut += [str(number)] if len(whole) > LONGEST_SLIDE else []
    remarks = [f"Slides that are hidden in the original are shown too: {', '.join(hidden[:50])}."] if hidden else []
    remarks += [f"The words of these slides are too many to be shown whole: {', '.join(cut[:50])}."] if cut else []
    return found, remarks, empty


def _lines(blocks: Iterable[TextBlock]) -> list[str]:
    return [words for block in blocks if (words := block.words.strip())]
