"""Words of a claimed page of a document that has no picture: for paper, with the claimed passages marked."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape

from markupsafe import Markup

from exports.document.drawings import claims_on
from exports.document.fit_html import rtl
from exports.document.language import ENGLISH, Language
from exports.document.places import numbers
from exports.facts.frozen import ClaimFacts, FileFacts, ShownPageFacts
from portfolio.evidence.places import calling
from portfolio.evidence.places.locators import Page
from portfolio.foundation.words.marks import Mark, annotate

WHOLE = 3_000
"""Code points of a page that is printed whole; of a longer one, its beginning or what stands around its quotes."""
AROUND = 300
"""Code points before and after a quote in a longer one."""


def named(page: ShownPageFacts, *, language: Language = ENGLISH) -> str:
    """What a page is called at the beginning of a sentence: `Page 3`, `Slide 3`."""
    label = calling.label(page.text) if not page.width else ""
    phrase, values = calling.phrase(label, page.number)
    told = language.say(phrase, **values)
    return told[:1].upper() + told[1:]


def excerpts(file: FileFacts, page: ShownPageFacts, claims: Sequence[ClaimFacts]) -> list[Markup]:
    """The words of a page in paragraphs, without its label; what is left out between them is of no claim."""
    quoting = [one for one in claims_on(file, page, claims) if isinstance(one.locator, Page) and one.locator.quote]
    shared = defaultdict[tuple[int, int], list[ClaimFacts]](list)
    for claim in quoting:
        if isinstance(claim.locator, Page) and claim.locator.quote:
            shared[claim.locator.quote.start, claim.locator.quote.end].append(claim)
    return [_paragraph(page.text, *ends, shared) for ends in _windows(page.text, sorted(shared))]


def _windows(text: str, quotes: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Which code points are printed: the first and the one behind the last of each run."""
    first = len(calling.label(text)) + 1
    if not quotes or len(text) <= WHOLE:
        yield min([first, *(start for start, _ in quotes)]), (len(text) if len(text) <= WHOLE else _blank(text, WHOLE))
        return
    begin, end = -1, -1
    for start, stop in quotes:
        opens, closes = _after_blank(text, max(start - AROUND, 0)), _blank(text, min(stop + AROUND, len(text)))
        if begin >= 0 and opens > end:
            yield begin, end
            begin = -1
        begin, end = (begin if begin >= 0 else min(opens, start)), max(end, closes, stop)
    yield begin, end


def _blank(text: str, at: int) -> int:
    """The end of the word in which a code point is."""
    found = min((place for sign in " \n" if (place := text.find(sign, at, at + 60)) >= 0), default=at)
    return found if at < len(text) else len(text)


def _after_blank(text: str, at: int) -> int:
    """The beginning of the word behind a code point; the very first is one."""
    return at if at == 0 else max(_blank(text, at), at)


def _paragraph(text: str, start: int, end: int, shared: dict[tuple[int, int], list[ClaimFacts]]) -> Markup:
    """A run of words with its passages marked, and dots where there are more."""
    marks = [
        Mark(max(begin, start) - start, min(stop, end) - start, {"class": "passage"}, before=numbers(held, aimed=False))
        for (begin, stop), held in shared.items()
        if start <= begin < end
    ]
    words = annotate(escape(text[start:end], quote=False), marks)
    dots = ("… " if start > len(calling.label(text)) + 1 else "", " …" if end < len(text) else "")
    turned = ' dir="rtl"' if rtl(text[start:end]) else ""
    return Markup(f'<p class="as-read"{turned}>{dots[0]}{words}{dots[1]}</p>')  # noqa: S704 (escaped above)
