"""What people write is shown as they meant it, and can neither harm a reader nor hold up the house."""

import re
import unicodedata
from collections.abc import Callable
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.foundation.errors import TooBig
from portfolio.foundation.words import prose
from portfolio.foundation.words.marks import plain

TAGS = "p br h3 h4 h5 h6 ul li em strong table thead tbody tr th td"
ALLOWED = set(TAGS.split())
HOSTILE = (
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    '<p onclick="alert(1)">a</p>',
    "<p style='background:url(//evil.example)'>a</p>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext></p><img src onerror=alert(1)>",
    "<iframe src=//evil.example></iframe>",
    "<object data=x></object>",
    "<embed src=x>",
    "<link rel=stylesheet href=//e.example>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<form action=//e.example><input>",
    "<style>@import '//evil.example'</style>",
    "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img>'>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "[a](file:///etc/passwd)",
    "[a](//evil.example)",
    "[a](/sign-out)",
    "[a](?step=award)",
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    "<a href='javascript:alert(1)'>a</a>",
    '<a href="https://x.example" target=_blank onmouseover=alert(1) style=x ping=//e.example download>a</a>',
    '[a](https://x.example "x\\" onclick=\\"alert(1)")',
    "![a](https://evil.example/track.png)",
    "![a](data:image/svg+xml;base64,PHN2Zz4=)",
    "<!--><img src=x onerror=alert(1)>-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "`<script>`",
    "```\n<script>\n```",
    "<p id=claim-1 class=passage data-points=1 name=csrf_token>a</p>",
    "<mark class=passage>a</mark>",
    "<button formaction=//e>a</button>",
    "\x02klzzwxh:0000\x03",
    "\x00<script>",
    "<a href='https://x.example\n' rel=opener>a</a>",
    "<details open ontoggle=alert(1)>",
)
TYPED = (
    "<customer name>",
    "<date of call>",
    "2024. That was a good year.",
    "3. Third, I rang him.",
    "1) one\n2) two\n10) ten",
    "3*4*5 = 60 and 2**3**4",
    "(a)*(b)*(c)",
    "prices* and times* vary",
    "* one\n* two",
    "+ one\n+ two",
    "> 5 people waited",
    "***",
    "* * *",
    "---",
    "Total\n=====",
    "Total\n-----",
    "#hashtag #1",
    "####### seven",
    "snake_case _name_ __init__",
    "`code` and ```fence```",
    "[link](https://x.example) ![picture](p.png)",
    "[note]: https://x.example",
    "<https://x.example>",
    "&amp; &#65; &copy; AT&T",
    "C:\\temp\\*.* and \\*not\\*",
    "    four spaces\n\ttab",
    "12 Quay Road\nSaltmere\nSM1 2AB",
    "f*** off, he said, s**t",
    "a | b | c",
    "| a | b |",
    "|---|",
    "<!-- note --> <b>bold</b> <br> </p>",
    "-5 degrees\n--\n-",
    "5* hotel, a 4* one, and * alone ** too",
    "é́*x*é ½*2*½ x²*y*z",
)
"""What people type that other programs take for marks: it stays as it is."""
PIECES = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text("ab <>&\"'`*_[]()!#|-\n\\", max_size=12)), max_size=6)
ANYTHING = st.one_of(PIECES.map("".join), st.text(st.characters(exclude_categories=("Cs",)), max_size=80))


def parsed(html: str) -> Element:
    """What a browser makes of it."""
    return html5lib.parseFragment(html, container="div", namespaceHTMLElements=False)


def assert_harmless(html: str) -> None:
    for element in [one for one in parsed(html).iter() if isinstance(one.tag, str) and one.tag != "DOCUMENT_FRAGMENT"]:
        assert element.tag in ALLOWED, html
        assert not element.attrib, html


@pytest.mark.parametrize("text", HOSTILE)
def test_what_would_harm_a_reader_is_taken_out(text: str) -> None:
    assert_harmless(prose.to_html(text))
    assert_harmless(prose.to_html(f"Before.\n\n> - a {text}\n\n|a|b|\n|-|-|\n|{text}|b|\n"))


@given(ANYTHING)
def test_whatever_is_written_only_allowed_tags_come_out(text: str) -> None:
    assert_harmless(prose.to_html(text))


@given(ANYTHING)
def test_the_plain_text_is_the_text_that_a_browser_sees(text: str) -> None:
    html = prose.to_html(text)
    assert plain(html) == "".join(parsed(html).itertext())


@given(ANYTHING)
def test_the_same_text_always_gives_the_same_page(text: str) -> None:
    assert prose.to_html(text) == prose.to_html(text)


@given(st.lists(st.integers(1, 6), max_size=8))
def test_headings_stand_below_those_of_the_page_and_none_is_jumped_over(levels: list[int]) -> None:
    html = prose.to_html("\n\n".join(f"{'#' * level} A" for level in levels))
    found = [int(level) for level in re.findall(r"<h(\d)>", html)]
    assert len(found) == len(levels)
    assert all(3 <= level <= 6 for level in found)
    assert all(after <= before + 1 for before, after in zip([2, *found], found, strict=False))
    assert found == [int(level) for level in re.findall(r"</h(\d)>", html)]


@pytest.mark.parametrize("text", TYPED)
def test_what_is_no_mark_is_read_back_as_it_was_typed(text: str) -> None:
    typed = [line.strip() for line in text.splitlines()]
    for around in ("{}", "Before.\n\n{}\n\nAfter.", "## Heading\n{}"):
        read = [line.strip() for line in plain(prose.to_html(around.format(text))).splitlines()]
        assert [line for line in read if line in typed] == typed


LETTERS = st.characters(exclude_categories=("Cs",), exclude_characters="\0")
LIKELY = st.lists(
    st.sampled_from([*TYPED, *HOSTILE, "- a", "  - b", "## c", "**d**", "*e*", "|f|g|", "|---|", "", "\r\n"])
)
WRITTEN = st.one_of(
    st.text(LETTERS), st.text("ab1 *#-|.<>&\n\t", max_size=60), LIKELY.map("\n".join), LIKELY.map(" ".join)
)


@given(WRITTEN)
def test_the_words_and_numbers_of_any_text_are_all_in_its_plain_text_in_order(text: str) -> None:
    read = plain(prose.to_html(text))
    assert "".join(re.findall(r"\w", read)) == "".join(re.findall(r"\w", text))
    if not any(unicodedata.east_asian_width(sign) in "WF" for sign in text):  # others stand without space between them
        assert re.findall(r"\w+", read) == re.findall(r"\w+", text)


@given(st.lists(st.text("ab1 *#-|.<>_", min_size=1).filter(lambda line: re.search(r"\w", line))))
def test_what_was_typed_on_two_lines_never_runs_together(lines: list[str]) -> None:
    read = plain(prose.to_html("\n".join(lines))).splitlines()
    signs = [re.findall(r"\w", line) for line in lines]
    assert [re.findall(r"\w", line) for line in read if re.search(r"\w", line)] == signs


@given(WRITTEN)
def test_words_that_know_no_marks_are_shown_letter_by_letter(text: str) -> None:
    text = text.replace("\0", "")  # which browsers leave out
    shown = "".join(parsed(str(prose.lined(text))).itertext())
    assert shown == "\n".join(text.splitlines())


def test_the_marks_that_the_form_names_mean_what_it_says() -> None:
    html = prose.to_html(
        "# Week\nPaid £5 & said “sorry”; 3 < 4 *and* it is **done *just* today**, (**twice**).\n"
        "- one\n    - two\n      goes on\n\n- three\n| when | what |\n|------|---|\n| 9:00 | **rang** | again |\n"
    )
    assert [element.tag for element in parsed(html).iter() if element.tag in ALLOWED] == [
        "h3", "p", "em", "strong", "em", "strong", "ul", "li", "ul", "li", "br", "li",
        "table", "thead", "tr", "th", "th", "tbody", "tr", "td", "td", "strong", "td",
    ]  # fmt: skip
    assert " ".join(plain(html).split()) == (
        "Week Paid £5 & said “sorry”; 3 < 4 and it is done just today, (twice). one two goes on three"
        " when what 9:00 rang again"
    )


@pytest.mark.parametrize("text", ["他说**重点**在这里。", "*हाँ* ।", "**نعم**؟", "„*Ja*“"])
def test_words_of_every_script_can_be_marked(text: str) -> None:
    html = prose.to_html(text)
    assert "*" not in html
    assert len(parsed(html).findall("*/*")) == 1


def test_a_text_that_is_too_long_is_refused_with_its_length() -> None:
    with pytest.raises(TooBig, match="100,001 characters"):
        prose.to_html("x" * 100_001)


ENDLESS = (
    "[", "![", "![a](b ", "<a ", "< ", "*_", "*", "* ", "**a *b ", "*a* ",
    "# \n", "# a\n", "- \n", "- a\n", "    - a\n",
    "\\*", "a\n=\n", "-\n", "|a|b\n|---|---\n", "|a|\n", "|", "` ", "&amp;", "> ", "+ ", "1. 1. ", "- \r", "a\n\n",
    " ", "a\n", ". ", ".", "a.", "1", "12. ", "!?", "。", "ก ", "\t-", "## Fishbone: a\n\n", "## 5 Whys: a\n1. b\n",
)  # fmt: skip


@pytest.mark.slow
def test_any_sign_without_end_is_read_cut_drawn_and_printed_in_bounded_work(frugal: Callable[..., str]) -> None:
    said = frugal(
        f"""
        from exports.document.diagrams import found
        from portfolio.evidence.places.grouping import drawn
        from portfolio.foundation.words.marks import plain
        from portfolio.foundation.words.prose import to_html
        for sign in {ENDLESS!r}:
            html = to_html("a" + (sign * 20_000)[:20_000] + "b")
            found(html)
            print(len(drawn(html, (), choosable=True)) >= len(html))
        """,
        seconds=30,
    )
    assert said.split() == ["True"] * len(ENDLESS)
