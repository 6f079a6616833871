"""Marks show where a claim points, and never change a word of what the learner wrote."""

import re
from html.parser import HTMLParser

import html5lib
import nh3
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.foundation.words.marks import DEEPEST, Mark, annotate, plain, sentences
from portfolio.foundation.words.prose import to_html

LETTER = """# The parcel

Mrs Okoro rang at nine. *“Where is it?”* she asked — & I **listened** first.

- I said sorry
- I traced it

| when | what |
|------|------|
| 9:05 | called the depot 🚚 |
"""
OLD = "<blockquote>\n<p>a <code>b</code></p></blockquote><pre>\n c\n</pre><ol><li><p>d</p></li></ol><hr>"
"""What accounts of former days hold besides."""
HTML = to_html(LETTER)

WORDS = st.text("ab &<>.!é🚚\n*_`#-|>\"'", max_size=80)
PROSE = st.builds(lambda text, old: to_html(text) + old, WORDS, st.sampled_from(["", OLD, nh3.clean(OLD)]))


class Marked(HTMLParser):
    """Collects the text inside marks, by their number."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: dict[str, str] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag == "mark":
            self.open.append(dict(attrs)["data-n"])

    def handle_endtag(self, tag):
        if tag == "mark":
            self.open.pop()

    def handle_data(self, text):
        for number in self.open:
            self.found[number] = self.found.get(number, "") + text


def browser_text(html: str) -> str:
    """What a browser's parser makes of it as the content of an element."""
    return "".join(html5lib.parseFragment(html, container="div", namespaceHTMLElements=False).itertext())


def mark_of(text: str, quote: str, number: str = "1") -> Mark:
    start = text.index(quote)
    return Mark(start, start + len(quote), attrs={"data-n": number})


def without_spaces(text: str) -> str:
    return "".join(text.split())


@given(PROSE)
def test_plain_text_is_what_a_browser_calls_text_content(html):
    assert plain(html) == browser_text(html)


def test_the_newline_that_a_browser_drops_after_pre_is_not_counted():
    assert plain("<p>a</p><pre>\nb\r\nc</pre>") == browser_text("<p>a</p><pre>\nb\r\nc</pre>") == "ab\nc"


@given(PROSE, st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=5))
def test_marking_changes_no_word_and_marks_exactly_the_place(html, places):
    marks = [Mark(min(p), max(p), attrs={"data-n": str(n)}) for n, p in enumerate(places)]
    marked = annotate(html, marks)
    assert plain(marked) == plain(html)
    assert browser_text(marked) == plain(html)
    found = Marked(marked).found
    for mark in marks:
        place = plain(html)[mark.start : mark.end]
        assert without_spaces(found.get(mark.attrs["data-n"], "")) == without_spaces(place)


def test_a_passage_with_spaces_quotes_and_an_ampersand_is_marked_to_the_letter():
    quote = "“Where is it?” she asked — & I listened"
    marked = annotate(HTML, [mark_of(plain(HTML), quote)])
    assert Marked(marked).found == {"1": quote}


def test_a_passage_across_cells_stays_a_valid_table():
    text = plain(HTML)
    start, end = text.index("when"), text.index("depot 🚚") + 7
    marked = annotate(HTML, [Mark(start, end, attrs={"data-n": "1"})])
    assert nh3.clean(marked, tags=nh3.ALLOWED_TAGS | {"mark"}, attributes={"mark": {"data-n"}}) == marked
    assert without_spaces(Marked(marked).found["1"]) == without_spaces(text[start:end])


def test_only_the_first_piece_carries_the_id_and_the_number_in_the_margin():
    quote = mark_of(plain(HTML), "& I listened first")
    marked = annotate(HTML, [Mark(quote.start, quote.end, id="claim-7", before="<sup>7</sup>")], tag="span")
    assert marked.count('id="claim-7"') == marked.count("<sup>7</sup>") == 1
    assert len(re.findall("<span", marked)) == 3
    assert '<sup>7</sup><span id="claim-7">&amp; I </span>' in marked


def test_the_value_of_an_attribute_cannot_break_out():
    assert annotate("a", [Mark(0, 1, attrs={"title": '"><b>'})]) == '<mark title="&quot;&gt;&lt;b&gt;">a</mark>'


def test_sentences_end_at_full_stops_and_at_the_end_of_a_block():
    text = plain(HTML)
    found = [text[start:end] for start, end in sentences(HTML)]
    assert found[:4] == ["The parcel", "Mrs Okoro rang at nine.", "“Where is it?”", "she asked — & I listened first."]
    assert {"I said sorry", "I traced it"} <= set(found)


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("هل وصل الطرد؟نعم. شكرا", ["هل وصل الطرد؟", "نعم.", "شكرا"]),
        ("وہ آیا۔ میں نے سنا۔“", ["وہ آیا۔", "میں نے سنا۔“"]),
        ("הוא בא. מתי?", ["הוא בא.", "מתי?"]),
        ("他说：「好。」然后走了。真的吗？！是", ["他说：「好。」", "然后走了。", "真的吗？！", "是"]),
        ("価格は３．５ｋｇ。『はい！』と言った。", ["価格は３．５ｋｇ。", "『はい！』", "と言った。"]),
        ("그가 왔다. 정말?", ["그가 왔다.", "정말?"]),
        ("সে এল।আমি শুনলাম॥ ঠিক", ["সে এল।", "আমি শুনলাম॥", "ঠিক"]),
        ("ਉਹ ਆਇਆ। ਠੀਕ", ["ਉਹ ਆਇਆ।", "ਠੀਕ"]),
        ("वह 3.5 बजे आया। “क्यों?” उसने पूछा।", ["वह 3.5 बजे आया।", "“क्यों?”", "उसने पूछा।"]),
        ("เขามาที่ร้าน ผมขอโทษ 5 ครั้ง แล้ว", ["เขามาที่ร้าน", "ผมขอโทษ 5 ครั้ง", "แล้ว"]),
        ("他说。“好。”走了。", ["他说。", "“好。”", "走了。"]),
        ("Եկավ։ Այո", ["Եկավ։", "Այո"]),
        ("He paid £3.50 at 10.30. Why?! (Really.) So…", ["He paid £3.50 at 10.30.", "Why?!", "(Really.)", "So…"]),
        ("3. Third, I rang.\n2024. That was it. End", ["3. Third, I rang.", "2024. That was it.", "End"]),
    ],
)
def test_sentences_end_as_they_do_in_their_script(text: str, cut: list[str]) -> None:
    html = to_html(text)
    assert [plain(html)[start:end] for start, end in sentences(html)] == cut


def test_of_very_many_marks_over_one_another_each_is_found_and_the_page_stays_small():
    text = "a" * 3_000
    marked = annotate(text, [Mark(n, len(text) - n, attrs={"data-n": str(n)}, id=f"m{n}") for n in range(1_000)])
    assert plain(marked) == text
    assert all(f'id="m{n}"' in marked for n in range(1_000))
    assert marked.count("<mark") <= 2_000 * (DEEPEST + 1)


@given(PROSE)
def test_every_visible_word_belongs_to_exactly_one_sentence(html):
    text = plain(html)
    assert without_spaces("".join(text[start:end] for start, end in sentences(html))) == without_spaces(text)
