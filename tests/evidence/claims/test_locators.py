"""A place survives what happens around it, and is given up rather than guessed when its words are gone."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.canonical import canonical
from portfolio.evidence.places import areas, locators
from portfolio.evidence.places.anchoring import reanchor
from portfolio.evidence.places.locators import Locator, Page, Passage, Region, Span, Whole, passage

pytestmark = pytest.mark.slow

LETTERS = st.characters(exclude_categories=("Cs",))
TEXTS = st.text(LETTERS, max_size=120)
SAID = [
    "the",
    "a kettle",
    "man",
    "came back.",
    "I",
    "listened",
    "said sorry",
    "rang 🚚",
    "café",
    "e\u0301",
    "👩\u200d🔧",
]
WORDS = st.lists(st.sampled_from(SAID))
PROSE = WORDS.map(" ".join)
FILES = st.sampled_from(["", "0" * 64, "ab" * 32])
TENTHS = st.integers(0, 360_000).map(lambda tenths: tenths / 10)
SIDES = st.integers(0, 1000).map(lambda tenths: tenths / 10)
AREAS = st.builds(areas.written, SIDES, SIDES, SIDES, SIDES)
PLACES = st.one_of(
    st.just(Whole()),
    st.builds(Passage, TEXTS, st.integers(0, locators.MOST), st.integers(0, locators.MOST), TEXTS, TEXTS),
    st.builds(Span, TENTHS, TENTHS, FILES, st.just("") | AREAS),
    st.builds(Page, st.integers(1, 5000), FILES, st.sampled_from(["", "10,20,30,40"])),
    st.builds(Region, AREAS, FILES),
)
STORY = (
    "A man brought a kettle back. I listened until he had said it all. I said sorry. "
    "A repair cost less than a new kettle and took two days. I said sorry. On Friday I rang him."
)


def chosen(text: str, words: str, *, turn: int = 0) -> Passage:
    """The place of `words`, of the second or third of them where `turn` says so."""
    start = -1
    for _ in range(turn + 1):
        start = text.index(words, start + 1)
    return passage(text, start, start + len(words))


@st.composite
def texts_with_places(draw: st.DrawFn) -> tuple[str, Passage]:
    text = draw(st.one_of(TEXTS, PROSE).filter(str.strip))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    if not text[start:end].strip():
        start, end = 0, len(text)
    return text, passage(text, start, end)


@given(PLACES)
def test_a_place_that_was_written_is_read_again(place: Locator) -> None:
    assert locators.read(locators.write(place)) == place
    canonical(locators.write(place)).encode()


@pytest.mark.parametrize(
    "selector",
    [
        [], 7, {"value": "x=1"}, {"value": "t=now,then"}, [{}, {}], {"value": "t=1.0,inf"}, {"value": "t=nan,2.0"},
        {"value": "t=1.0,1e308"}, {"value": "t=-1.0,2.0"}, {"value": "t=1,2,3"}, {"value": "page=0"},
        {"value": f"page={2**70}"}, [{"exact": "a"}, {"start": -1, "end": 1}],
        [{"exact": "a"}, {"start": 0, "end": 2**70}],
        [{"exact": "a"}, {"start": 0.0, "end": 1.0}], [{"exact": ["a"]}, {"start": 0, "end": 1}], "t=1,2", True,
    ],
)  # fmt: skip
def test_what_is_no_place_is_refused(selector: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        locators.read({"selector": selector})


@given(st.tuples(SIDES, SIDES, SIDES, SIDES))
def test_a_rectangle_is_read_as_it_was_written_and_told_where_it_is(sides: areas.Area) -> None:
    written = areas.written(*sides)
    assert areas.read(written) == sides
    assert Region(written).area == Span(1.0, 2.0, "", written).area == sides
    left, right, top, foot = (float(edge) for edge in areas.edges(sides))
    assert left <= right <= 100
    assert top <= foot <= 100
    assert f"({left:g}–{right:g}\u00a0% from the left, {top:g}–{foot:g}\u00a0% from the top)" in areas.told(sides)
    fits = sides[2] > 0 < sides[3] and sides[0] + sides[2] <= 100 and sides[1] + sides[3] <= 100
    assert areas.inside(written) or not fits


@given(st.text("percent:0123456789.,-einfa ", max_size=40) | TEXTS)
def test_what_is_no_rectangle_is_never_drawn(rubbish: str) -> None:
    area = areas.read(rubbish)
    assert area is None or all(0 <= side < 1000 for side in area)
    if areas.inside(rubbish):
        assert area is not None
        assert area[0] + area[2] <= 100.1
        assert area[1] + area[3] <= 100.1


@given(st.builds("{}={}".format, st.sampled_from(["t", "xywh", "page"]), st.text("percent:&xywh=0123456789.,-t ")))
def test_a_fragment_of_any_letters_is_a_place_that_is_written_alike_or_none(fragment: str) -> None:
    try:
        place = locators.read({"selector": {"value": fragment}})
    except ValueError:
        return
    assert locators.read(locators.write(place)) is not None


@pytest.mark.parametrize(
    ("sides", "part"),
    [
        ((12, 30, 40, 20), "upper left part"), ((70, 0, 30, 100), "right part"), ((30, 30, 40, 40), "middle"),
        ((40, 80, 20, 20), "lower part"), ((0, 90, 10, 10), "lower left part"),
    ],
)  # fmt: skip
def test_a_rectangle_is_told_by_the_part_of_the_picture(sides: areas.Area, part: str) -> None:
    assert areas.told(sides).startswith(f"{part} (")


@given(texts_with_places())
def test_a_passage_is_its_words_with_no_space_around_them(pair: tuple[str, Passage]) -> None:
    text, place = pair
    assert text[place.start : place.end] == place.exact == place.exact.strip() != ""
    assert text[: place.start].endswith(place.prefix)
    assert text[place.end :].startswith(place.suffix)


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 2), (0, 999), (28, 29)])
def test_no_words_are_no_passage(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no words"):
        passage(STORY, start, end)


@given(texts_with_places())
def test_in_the_same_text_a_place_stays_where_it_is(pair: tuple[str, Passage]) -> None:
    text, place = pair
    assert reanchor(place, text) == place


@given(texts_with_places(), PROSE, PROSE)
def test_what_is_written_before_and_after_does_not_change_the_words(
    pair: tuple[str, Passage], before: str, after: str
) -> None:
    text, place = pair
    moved = reanchor(place, f"{before}\n{text}\n{after}")
    assert moved is not None
    assert moved.exact == place.exact


@given(st.integers(0, len(STORY)), st.text("abc xyz", min_size=1, max_size=12))
def test_a_word_put_in_anywhere_else_leaves_the_place_on_its_words(at: int, more: str) -> None:
    place = chosen(STORY, "A repair cost less than a new kettle and took two days.")
    if place.start < at < place.end:
        at = place.end
    moved = reanchor(place, STORY[:at] + more + STORY[at:])
    assert moved is not None
    assert moved.exact == place.exact


@given(st.data())
def test_a_small_edit_inside_keeps_the_place_on_the_edited_words(data: st.DataObject) -> None:
    place = chosen(STORY, "A repair cost less than a new kettle and took two days.")
    at = data.draw(st.integers(place.start + 1, place.end - 2))
    gone = data.draw(st.integers(0, 3))
    more = data.draw(st.text("abc ", max_size=4))
    edited = STORY[:at] + more + STORY[at + gone :]
    moved = reanchor(place, edited)
    assert moved is not None
    assert edited[moved.start : moved.end] == moved.exact
    assert moved.start < place.end
    assert moved.end > place.start
    assert 0.6 < len(moved.exact) / len(place.exact) < 1.4


def test_of_the_same_words_said_twice_the_one_in_the_same_company_is_chosen() -> None:
    for turn, company in enumerate(("said it all. ", "two days. ")):
        place = chosen(STORY, "I said sorry.", turn=turn)
        moved = reanchor(place, f"It was in March. {STORY.replace('A man', 'One rainy day a man')}")
        assert moved is not None
        assert moved.prefix.endswith(company)


def test_of_two_places_in_the_same_company_the_nearer_is_chosen() -> None:
    text = "Yes. No. " * 20
    for turn in (3, 11):
        place = chosen(text, "No.", turn=turn)
        assert reanchor(place, text) == place


@pytest.mark.parametrize(
    "edited", ["", " \n", "Nothing of it is left.", STORY.replace("I listened until he had said it all. ", "")]
)
def test_words_that_are_gone_come_loose(edited: str) -> None:
    assert reanchor(chosen(STORY, "I listened until he had said it all."), edited) is None


@pytest.mark.parametrize("words", ["👩‍🔧 Zoë", "e\u0301", "🚚", "naïve 🚚 cafe\u0301"])
def test_places_count_code_points_whatever_the_letters(words: str) -> None:
    text = f"Before 👍🏽 it: {words} — and after."
    place = chosen(text, words)
    moved = reanchor(place, f"👩‍👩‍👧 {text}")
    assert moved is not None
    assert (moved.exact, moved.start) == (words, place.start + 6)


@given(st.builds(Passage, TEXTS, st.integers(0, 200), st.integers(0, 200), TEXTS, TEXTS), st.one_of(TEXTS, PROSE))
def test_any_place_in_any_text_gives_a_place_in_it_or_none(place: Passage, text: str) -> None:
    moved = reanchor(place, text)
    if moved is not None:
        assert text[moved.start : moved.end] == moved.exact
        assert moved.exact.strip()


@pytest.mark.parametrize("edit", ["kettles", "a"])
def test_a_whole_account_is_followed_through_a_long_text_in_bounded_work(edit: str, frugal: Callable[..., str]) -> None:
    frugal(
        f"""
        from portfolio.evidence.places.anchoring import Anchors, reanchor
        from portfolio.evidence.places.locators import passage
        text = " ".join("word%d a kettle" % (n % 977) for n in range(7_000))[:100_000]
        long = passage(text, 1_000, 90_000)
        reanchor(long, text.replace("kettle", "{edit}"))
        reanchor(passage(text, 500, 900), text.replace("kettle", "{edit}"))
        reanchor(passage("a " * 49_000, 0, 90_000), "a b " * 25_000)
        reanchor(passage("a " * 49_000, 0, 1), "a " * 49_000)
        reanchor(passage("x" * 100_000, 0, 50_000), "x" * 100_000)
        reanchor(passage("x" * 90_000, 0, 90_000), "xy" * 45_000)
        for before, after in (("a" * 100_000, "ba" + "a" * 99_000), ("ab " * 33_000, "ac " * 33_000)):
            Anchors(after, [passage(before, 99 * n, 99 * n + 1) for n in range(330)])
            Anchors(after, [passage(before, 99 * n, 99 * n + 40 + n) for n in range(50)])
        """,
        seconds=20,
    )
