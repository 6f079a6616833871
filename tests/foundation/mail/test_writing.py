"""Every kind of mail is written from one template for each language, in one layout, its subject without names."""

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import TemplateNotFound

from portfolio.foundation.mail.letters import one_line
from portfolio.foundation.mail.writing import letter_of
from tests.architecture.source import ROOT

TEMPLATES = sorted(path for path in (ROOT / "templates").glob("**/mail/*.txt"))
LINK = "http://markwell.example/join/abc"
HOSTILE = (
    "Ann</p><script>alert(1)</script>\r\n\r\nBcc: eve@evil.example {{ 7 * 7 }} {% raw %} https://evil.example/\u202e"
)
words = st.text(max_size=60) | st.just(HOSTILE)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_what_is_written_in_english_is_written_in_welsh_too(template: Path) -> None:
    stem, language, ending = template.name.split(".")
    assert ending == "txt"
    other = {"en-GB": "cy", "cy": "en-GB"}[language]
    assert template.with_name(f"{stem}.{other}.txt") in TEMPLATES
    stated = re.compile(r"\{% set (\w+)")
    assert stated.findall(template.read_text("utf-8")) == stated.findall(
        template.with_name(f"{stem}.{other}.txt").read_text("utf-8")
    )


@pytest.mark.usefixtures("house")
@given(name=words, centre=words)
def test_what_people_are_called_adds_no_element_no_paragraph_and_no_word_to_the_subject(name: str, centre: str) -> None:
    plain, told = (
        letter_of(
            "people/mail/link", to="ada@house.example", centre=at, language="en-GB", link=LINK, name=called,
            email="ada@house.example", until="1 May 2026, 09:30",
        )
        for called, at in (("Ann", "Harbour"), (name, centre))
    )  # fmt: skip
    assert re.findall(r"<[^>]+>", told.html) == re.findall(r"<[^>]+>", plain.html)
    assert told.text.count("\n\n") == plain.text.count("\n\n")
    assert told.subject == f"Your link to {one_line(centre)}".strip()
    assert f"Hello {one_line(name)}," in unescape(told.html)


@pytest.mark.usefixtures("house")
def test_a_language_without_a_template_is_not_replaced_by_another() -> None:
    with pytest.raises(TemplateNotFound):
        letter_of("people/mail/link", to="ada@house.example", centre="H", language="xx-nobody", link=LINK)
