"""Templates keep the content security policy: no script or style inside a page, nothing unescaped."""

import re

import pytest

from tests.architecture.source import ROOT

TEMPLATES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*") if path.is_file())
FORBIDDEN = {
    "an inline script": re.compile(
        r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(?:ld\+)?json\")", re.IGNORECASE
    ),
    "an inline style element": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript address": re.compile(r"javascript:", re.IGNORECASE),
}
UNESCAPED = re.compile(r"\|\s*safe\b|\bautoescape\s+false\b")
STANDS_ALONE = ("templates/exports/",)
"""Documents that leave the house are one file each; WeasyPrint and a USB stick know no content security policy."""


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_template_keeps_the_content_security_policy(template: str) -> None:
    text = re.sub(r"\{#.*?#\}", "", (ROOT / template).read_text("utf-8"), flags=re.DOTALL)
    markup = re.sub(r"\{%.*?%\}", "", text, flags=re.DOTALL)
    kept = {} if template.startswith(STANDS_ALONE) else FORBIDDEN
    unescaped = UNESCAPED.findall(text)
    faults = [f"{what}: {found.group()!r}" for what, pattern in kept.items() for found in pattern.finditer(markup)]
    assert faults + unescaped == []


FORM = re.compile(r"<form\b[^>]*method=\"post\".*?</form>", re.DOTALL)
KEYLESS = ("templates/base.html", "templates/design/")
"""They sign out and take deeds back, or post nothing at all."""


@pytest.mark.parametrize("template", [one for one in TEMPLATES if not one.startswith(KEYLESS)])
def test_a_form_that_is_posted_carries_the_key_by_which_it_is_known_when_it_comes_twice(template: str) -> None:
    forms = FORM.findall((ROOT / template).read_text("utf-8"))
    assert [form for form in forms if "form_token(" not in form and "new_key()" not in form] == []
