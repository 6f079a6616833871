"""What people write is shown as they meant it, and can neither harm a reader nor hold up the house."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.foundation import prose
from portfolio.foundation.errors import TooBig, Unreadable
from portfolio.foundation.marks import plain

TAGS = "p br hr h2 h3 h4 h5 h6 ul ol li blockquote pre code em strong del a table thead tbody tr th td"
ALLOWED = set(TAGS.split())
ATTRIBUTES = {"href", "rel"}
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
PIECES = st.lists(st.one_of(st.sampled_from(HOSTILE), st.text("ab <>&\"'`*_[]()!#|-\n\\", max_size=12)), max_size=6)
ANYTHING = st.one_of(PIECES.map("".join), st.text(st.characters(exclude_categories=("Cs",)), max_size=80))


def parsed(html: str) -> Element:
    """What a browser makes of it."""
    return html5lib.parseFragment(html, container="div", namespaceHTMLElements=False)


def written(text: str) -> str:
    try:
        return prose.to_html(text)
    except Unreadable:
        return ""


def assert_harmless(html: str) -> None:
    for element in [one for one in parsed(html).iter() if isinstance(one.tag, str) and one.tag != "DOCUMENT_FRAGMENT"]:
        assert element.tag in ALLOWED, html
        assert set(element.attrib) <= ATTRIBUTES, html
        if element.tag == "a" and "href" in element.attrib:
            assert urlsplit(element.attrib["href"]).scheme in {"http", "https", "mailto"}, html
            assert {"nofollow", "noopener", "noreferrer"} <= set(element.attrib["rel"].split()), html


@pytest.mark.parametrize("text", HOSTILE)
def test_what_would_harm_a_reader_is_taken_out(text: str) -> None:
    assert_harmless(prose.to_html(text))
    assert_harmless(prose.to_html(f"Before.\n\n> - a {text}\n\n|a|b|\n|-|-|\n|{text}|b|\n"))


@given(ANYTHING)
def test_whatever_is_written_only_allowed_tags_and_links_come_out(text: str) -> None:
    assert_harmless(written(text))


@given(ANYTHING)
def test_the_plain_text_is_the_text_that_a_browser_sees(text: str) -> None:
    html = written(text)
    assert plain(html) == "".join(parsed(html).itertext())


@given(ANYTHING)
def test_the_same_text_always_gives_the_same_page(text: str) -> None:
    assert written(text) == written(text)


@given(st.lists(st.integers(1, 6), max_size=8))
def test_headings_stand_below_those_of_the_page_and_none_is_jumped_over(levels: list[int]) -> None:
    html = prose.to_html("\n\n".join(f"{'#' * level} A" for level in levels))
    found = [int(level) for level in re.findall(r"<h(\d)>", html)]
    assert len(found) == len(levels)
    assert all(3 <= level <= 6 for level in found)
    assert all(after <= before + 1 for before, after in zip([2, *found], found, strict=False))
    assert found == [int(level) for level in re.findall(r"</h(\d)>", html)]


def test_pictures_are_left_out_and_words_stay() -> None:
    html = prose.to_html("Look: ![the **kettle**](https://evil.example/track.png) *here*.")
    assert "<img" not in html
    assert "evil.example" not in html
    assert "<em>here</em>" in html


def test_what_people_write_stays_as_they_meant_it() -> None:
    html = prose.to_html('Paid £5 & said "sorry" <twice>; 3 < 4 *and* it is **done**.\n\n- one\n- two\n\n1. first\n')
    assert plain(html).startswith('Paid £5 & said "sorry" ; 3 < 4 and it is done.')
    assert [element.tag for element in parsed(html).iter() if element.tag in ALLOWED] == [
        "p", "em", "strong", "ul", "li", "li", "ol", "li",
    ]  # fmt: skip


def test_a_text_that_is_too_long_is_refused_with_its_length() -> None:
    prose.refuse_hostile("word " * 20_000)
    with pytest.raises(TooBig, match="100,001 characters"):
        prose.to_html("x" * 100_001)


ENDLESS = {
    "brackets": "[",
    "pictures": "![",
    "links": "![a](b ",
    "open links": "[a](((",
    "tags": "<a ",
    "signs": "< ",
    "stars": "*_",
    "headings": "# \n",
    "items": "- \n",
    "escapes": "\\*",
    "underlined": "a\n=\n",
    "dashes": "-\n",
    "cells": "|a|b\n|-|-\n",
    "ticks": "` ",
    "entities": "&amp;",
    "quotes": "> ",
    "nested items": "+ ",
    "mixed items": "* - + ",
    "numbers": "1. 1. ",
    "returns": "- \r",
    "paragraphs": "a\n\n",
}


@pytest.mark.parametrize("sign", ENDLESS.values(), ids=ENDLESS)
def test_an_endless_row_of_signs_is_refused_with_a_sentence(sign: str) -> None:
    with pytest.raises(Unreadable, match="Take some out"):
        prose.to_html((sign * 100_000)[:100_000])


@pytest.mark.slow
def test_the_most_that_is_taken_is_converted_in_bounded_work(frugal: Callable[..., str]) -> None:
    said = frugal(
        """
        from portfolio.foundation.prose import to_html
        words = "word " * 17_000
        for text in (
            "a\\n=\\n" * 740, "* * *\\n" * 1_490, "> a\\n" * 1_490, "![" * 10 + words, "*_" * 2_499 + words,
            "\\\\* " * 999 + words, "`a " * 1_999 + words, "<a " * 100 + words, "- a\\n\\n" * 1_490,
            "".join(">" * depth + " a\\n" for depth in range(60)), "a *b* [c](d) `e`\\n\\n" * 990,
        ):
            print(len(to_html(text)))
        """,
        seconds=60,
    )
    assert len(said.splitlines()) == 11


def test_a_long_honest_account_is_taken() -> None:
    story = "On **Monday** a man [came](https://x.example) in & said: *it is broken* (again).\n" * 8
    account = f"## Week\n\n{story}\n- one\n- two\n\n| when | what |\n|---|---|\n| 9:00 | rang |\n\n"
    html = prose.to_html(account * 60)
    assert html.count("<h3>") == html.count("<table>") == 60
