"""Claims that share a place stand together, numbered in the order in which one reads or listens."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import html5lib
from hypothesis import given
from hypothesis import strategies as st

from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft
from portfolio.evidence.places import grouping, locators
from portfolio.evidence.places.grouping import Place, drawn
from portfolio.evidence.places.locators import Astray, Locator, Page, Passage, Span, Whole, passage
from portfolio.foundation.words.marks import plain

STORY = (
    "A man brought a kettle back. I *listened* & said <so> sorry. A repair cost less.\n\n- On Friday I rang him. 🚚\n"
)
HTML = compose(Draft("The kettle", text=STORY)).html
TEXT = plain(HTML)


@dataclass
class Claimed:
    """A claim as far as a place knows it."""

    locator: dict[str, Any]
    point_id: int = 1
    reason: str = ""
    version_id: int = 7
    id: int = field(default=0)


@dataclass(frozen=True)
class Recorded:
    """A file as far as places know it."""

    sha256: str
    kind: str
    duration: float | None = None
    pages: int | None = None
    prepared: str = "ready"
    is_text: bool = False

    def called(self, page: int) -> str:
        return f"Slide {page}" if self.is_text else ""


@dataclass(frozen=True)
class Held:
    """A version as far as places know it: the story, and whatever files it has."""

    plain: str = TEXT
    files: tuple[Recorded, ...] = ()


def claimed(place: Locator, point: int = 1, reason: str = "") -> Claimed:
    return Claimed(locators.write(place), point, reason)


def grouped(claims: Iterable[Claimed], version: Held = Held()) -> tuple[Place, ...]:
    return grouping.grouped(claims, version)


def words(quote: str) -> Passage:
    return passage(TEXT, TEXT.index(quote), TEXT.index(quote) + len(quote))


def marks_of(html: str) -> dict[str, str]:
    """The words inside the marks, by the number of their place."""
    found: dict[str, str] = {}
    for mark in html5lib.parseFragment(html, namespaceHTMLElements=False).iter("mark"):
        number = mark.attrib["data-n"]
        found[number] = found.get(number, "") + "".join(mark.itertext())
    return found


def test_one_place_offered_for_several_points_is_one_place() -> None:
    (place,) = grouped([claimed(words("A repair cost less."), point) for point in (3, 1, 2)])
    assert (place.number, place.point_ids) == (1, (3, 1, 2))


def test_each_reason_is_said_once() -> None:
    quote = words("A repair cost less.")
    (place,) = grouped([claimed(quote, 1, "It shows cost."), claimed(quote, 2, "It shows cost."), claimed(quote, 3)])
    assert place.reasons == ("It shows cost.",)


def test_places_are_numbered_as_one_reads() -> None:
    late, early = words("On Friday"), words("A man")
    assert [place.locator for place in grouped([claimed(late), claimed(Whole()), claimed(early)])] == [
        Whole(),
        early,
        late,
    ]
    spans = [Span(60.0, 70.0), Span(5.5, 9.0), Span(5.5, 7.0)]
    call = Held(files=(Recorded("a" * 64, "audio", 90.0), Recorded("b" * 64, "document", pages=3)))
    assert [place.locator for place in grouped(map(claimed, spans), call)] == [spans[2], spans[1], spans[0]]
    assert [place.locator for place in grouped([claimed(Page(3)), claimed(Page(1))], call)] == [Page(1), Page(3)]


def test_a_page_of_words_is_called_by_its_label_and_has_no_areas() -> None:
    slides = Held(files=(Recorded("c" * 64, "document", pages=3, is_text=True),))
    (place,) = grouped([claimed(Page(2))], slides)
    assert isinstance(place.locator, Page)
    assert (place.locator, place.locator.called) == (Page(2), "slide 2")
    (astray,) = grouped([claimed(Page(2, region="percent:10,10,20,20"))], slides)
    assert isinstance(astray.locator, Astray)


def test_no_claims_are_no_places() -> None:
    assert grouped([]) == ()
    assert str(drawn(HTML, ())) == HTML


def test_the_words_of_a_place_are_marked_to_the_letter_and_name_their_points() -> None:
    quote = "listened & said <so> sorry. A repair"
    html = str(drawn(HTML, grouped([claimed(words(quote), 4), claimed(words(quote), 9)])))
    assert marks_of(html) == {"1": quote}
    assert 'data-points="4 9"' in html
    assert html.count('id="place-7-1"') == 1


def test_a_verdict_is_drawn_at_its_place() -> None:
    grouping = grouped([claimed(words("A man")), claimed(words("On Friday"))])
    html = str(drawn(HTML, grouping, extra={2: "met"}))
    assert html.count('data-verdict="met"') == 1
    assert html.index('data-verdict="met"') > html.index("repair")


@given(st.lists(st.tuples(st.integers(0, len(TEXT) - 2), st.integers(1, 40)), max_size=6), st.booleans())
def test_drawing_places_changes_no_word_and_marks_just_theirs(pairs: list[tuple[int, int]], choosable: bool) -> None:
    chosen = [
        passage(TEXT, start, min(start + length, len(TEXT)))
        for start, length in pairs
        if TEXT[start : start + length].strip()
    ]
    grouping = grouped(map(claimed, chosen))
    html = str(drawn(HTML, grouping, choosable=choosable))
    assert plain(html) == TEXT
    marked = marks_of(html)
    for place in grouping:
        assert isinstance(place.locator, Passage)
        assert "".join(marked[str(place.number)].split()) == "".join(place.locator.exact.split())


def test_every_sentence_can_be_chosen_by_its_own_offsets() -> None:
    page = html5lib.parseFragment(str(drawn(HTML, (), choosable=True)), namespaceHTMLElements=False)
    spans = [span for span in page.iter("span") if span.attrib["class"] == "sentence"]
    chosen = {TEXT[int(span.attrib["data-from"]) : int(span.attrib["data-to"])] for span in spans}
    assert {"A man brought a kettle back.", "A repair cost less."} <= chosen
