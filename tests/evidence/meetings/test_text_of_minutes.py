"""Whatever is typed stands in the text of the minutes as words, and every entry is found in it."""

from hypothesis import given
from hypothesis import strategies as st

from portfolio.evidence.content import compose
from portfolio.evidence.drafts import Draft, Minutes, MinutesEntry
from portfolio.evidence.meetings.composing import JOINER, compose_minutes, offers
from portfolio.evidence.places.locators import Passage
from portfolio.foundation.words.text import is_blank

HARD = (
    "# Not a heading", "- milk\n- tea\n\n  and more", "**bold** and *thin*", "| a | b |\n|---|---|\n| 1 | 2 |",
    "<script>alert(1)</script> &amp;", "one\n\n\n\nfour", "\u202eشكرا\u202c", "🙂 👩‍🔧 *", "a\u2028b\x0bc",
    "10:42 again",
)  # fmt: skip
WORDS = (st.text(min_size=1, max_size=80) | st.sampled_from(HARD)).filter(lambda text: not is_blank(text))
ENTRIES = st.builds(
    MinutesEntry, st.sampled_from(["step", "question", "product"]), WORDS, answer=WORDS | st.just(""),
    at=st.sampled_from(["", "10:42"]), points=st.just((("T-1", "1"),)),
)  # fmt: skip
TAGS = ("<ul", "<table", "<em", "<script")


def bare(text: str) -> str:
    """The letters and numbers of a text, in their order."""
    return "".join(sign for sign in text if sign.isalnum())


@given(st.lists(ENTRIES, max_size=5), WORDS | st.just(""), WORDS | st.just(""))
def test_every_entry_is_found_in_the_text_and_nothing_typed_is_a_mark(
    entries: list[MinutesEntry], planned: str, conclusion: str
) -> None:
    minutes = Minutes(planned=planned, entries=tuple(entries), conclusion=conclusion)
    composed = compose_minutes("observation", minutes, {})
    content = compose(Draft("The return", text=composed.text, minutes=minutes))
    assert not any(tag in content.html for tag in TAGS)
    assert content.html.count("<h3>") == bool(planned) + bool(entries) + bool(conclusion)
    assert content.html.count("<strong>") == sum(bool(one.at or one.sort != "step") for one in entries)
    places = [offer.place for offer in offers(minutes, composed, content.plain)]
    at = 0
    for entry, place in zip(entries, places, strict=True):
        assert isinstance(place, Passage)
        assert at <= place.start, "they stand in their order, none over another"
        at = place.end
        name = {"question": "Question", "product": "Produced"}.get(entry.sort, "")
        answer = f"Answer{entry.answer}" if entry.answer.strip() else ""
        assert bare(place.exact) == bare(entry.at + name + entry.words + answer)


@given(WORDS, st.sampled_from(["topic", "question"]), WORDS)
def test_the_name_of_a_recording_stands_beside_its_seconds_whatever_it_is(name: str, sort: str, words: str) -> None:
    minutes = Minutes(entries=(MinutesEntry(sort, words, answer="", start=12.0, end=75.0, file="f", points=()),))
    composed = compose_minutes("professional discussion", minutes, {"f": " ".join(name.split())})
    content = compose(Draft("The talk", text=composed.text, minutes=minutes))
    ((start, end),) = composed.stretches
    head = "Question" if sort == "question" else ""
    assert bare(content.plain[start:end]) == bare(f"012115{name}{head}{words}")
    assert content.html.count("<strong>") == 1
    assert not any(tag in content.html for tag in TAGS)


def test_words_stand_as_they_were_typed_but_for_signs_that_nobody_sees() -> None:
    for typed in HARD[:4]:
        minutes = Minutes(entries=(MinutesEntry("step", typed, at="10:42"),))
        plain = compose(Draft("The return", text=compose_minutes("observation", minutes, {}).text)).plain
        lines = [line.strip() for line in plain.replace(JOINER, "").splitlines() if line.strip()]
        expected = [line.strip() for line in f"10:42 {typed}".splitlines() if line.strip()]
        assert lines == ["What was seen", *expected]
