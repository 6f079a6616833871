"""What changed between two versions of a text is told word by word, and nothing else of it is changed."""

import re

from hypothesis import given
from hypothesis import strategies as st

from portfolio.evidence.places.differences import changes, shown
from portfolio.foundation.words.marks import Mark, annotate, plain
from portfolio.foundation.words.prose import to_html

SAID = ["the", "kettle", "cost", "less,", "and", "I", "rang", "him.", "<b>", "&", "now", "水が", "出る", "*twice*\n\n"]
WORDS = st.lists(st.sampled_from(SAID), max_size=30)
TEXTS = WORDS.map(" ".join)


def without(html: str, tag: str) -> str:
    """The text content of what is shown, without what stands in elements of one name."""
    return plain(re.sub(rf"<{tag}>.*?</{tag}> ?", "", html, flags=re.DOTALL))


def words(text: str) -> list[str]:
    """Its words and signs."""
    return re.findall(r"\w|[^\w\s]", text)


@given(TEXTS, TEXTS)
def test_what_is_new_and_what_stayed_are_the_new_text_as_it_is(before: str, after: str) -> None:
    html = to_html(after)
    found = changes(plain(to_html(before)), plain(html))
    assert without(shown(html, found, len(plain(html))), "del").rstrip() == plain(html).rstrip()


@given(TEXTS, TEXTS)
def test_what_went_and_what_stayed_are_the_words_of_before(before: str, after: str) -> None:
    old, html = plain(to_html(before)), to_html(after)
    there = shown(html, changes(old, plain(html)), len(plain(html)))
    assert words(without(there, "ins")) == words(old)


@given(TEXTS)
def test_the_same_text_has_no_changes(text: str) -> None:
    assert changes(text, text) == []


def test_claims_stay_marked_in_a_text_with_changes() -> None:
    html = "<p>A man brought an old kettle back.</p>"
    claimed = annotate(html, [Mark(2, 20, {"class": "passage"})])
    there = shown(claimed, changes("A man brought a kettle back.", plain(html)), len(plain(html)))
    assert '<mark class="passage">man brought <del>a</del> <ins>an old</ins></mark>' in there
    assert there.count("<del>a</del>") == 1
    assert plain(annotate(html, [])) == without(there, "del")


def test_a_very_long_text_is_held_against_by_its_lines() -> None:
    lines = [f"{number} one two three four five six seven eight nine" for number in range(2_500)]
    after = [*lines[:5], "Something else.", *lines[6:]]
    (change,) = changes("\n".join(lines), "\n".join(after))
    assert change.removed == lines[5]
