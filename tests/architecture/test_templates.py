"""Templates keep the content security policy: no script or style inside a page, nothing unescaped."""

import re
from collections.abc import Iterator

import pytest

from tests.architecture.source import ROOT, product

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
STANDS_ALONE = ("templates/exports/", "templates/mail/")
"""What leaves the house is one file each; WeasyPrint, a USB stick and mail programs know no content security policy."""


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


LONG_TEXT = re.compile(r"^ +(\w+) = (?:\w+\.)?TextAreaField\(", re.MULTILINE)
KEPT_OTHERWISE = {
    "templates/evidence/witness/answer.html": "a witness has no account: their words are kept with the request itself",
    "templates/design/forms.html": "posts nothing",
    "templates/design/marking.html": "posts nothing",
}


def test_what_is_longer_than_a_line_is_kept_before_it_is_saved() -> None:
    """Every form in which something long is typed names its draft."""
    long = {name for module in product() for name in LONG_TEXT.findall(module.text)}
    assert {"text", "feedback", "words", "reason"} & long
    asks = re.compile(r"<textarea|\bform\.(?:" + "|".join(sorted(long)) + r")\b")
    forms = {name: FORM.findall((ROOT / name).read_text("utf-8")) for name in TEMPLATES}
    unkept = {
        name for name, found in forms.items() for form in found if asks.search(form) and "data-draft=" not in form
    }
    assert unkept == set(KEPT_OTHERWISE)


STOREYS = ("people", "units", "evidence", "assessment", "exports")
"""Folders of templates, bottom to top, as the storeys stand."""
UPWARD = {
    "templates/assessment/learner.html": "the page of a learner offers their report",
    "templates/assessment/portfolio.html": "learners find their own report beside their work",
    "templates/assessment/unit.html": "the page of a unit offers its report",
    "templates/evidence/meetings/answer.html": "learners come from their portfolio and go back to it",
    "templates/evidence/meetings/circumstances.html": "staff come from a learner's page and go back to it",
    "templates/evidence/meetings/entry.html": "likewise",
    "templates/evidence/meetings/note.html": "likewise",
    "templates/evidence/meetings/notes.html": "likewise",
    "templates/evidence/meetings/plan.html": "likewise",
    "templates/evidence/meetings/record.html": "likewise",
    "templates/evidence/meetings/review.html": "likewise",
    "templates/evidence/meetings/show.html": "staff and learners come from different pages and go back to them",
    "templates/evidence/show.html": "staff come from a learner's page and go back to it",
    "templates/evidence/testimony.html": "likewise",
    "templates/evidence/witnesses/centre.html": "the office comes from the list of learners",
    "templates/evidence/witnesses/check.html": "staff come from a learner's page and go back to it",
    "templates/evidence/witnesses/learner.html": "likewise, and learners come from their portfolio",
    "templates/evidence/witness/signed.html": "who signed takes a copy, which is typeset above",
    "templates/people/centre.html": "the centre's logo is prepared as pictures of evidence are",
    "templates/people/change.html": "whoever answers for work hands it over first",
    "templates/people/index.html": "what is nobody's is told where people are",
    "templates/people/show.html": "a learner's page leads to their units",
    "templates/units/enrol.html": "who is enrolled on is allocated next",
    "templates/units/qualifications/choose.html": "units are chosen for a learner, whose page leads there",
    "templates/units/qualifications/show.html": "learners come from their portfolio and go back to it",
    "templates/units/index.html": "whoever publishes units keeps the register of procedures, too",
    "templates/units/phrases/index.html": "a shared sentence is changed where the verdicts are that say it",
    "templates/units/show.html": "learners come from their portfolio and go back to it",
}
"""Templates that know the name of a page, or of a piece, in a storey above, and why."""
REACHED = re.compile(r"url_for\(\s*[\"']([a-z_]+)\.|(?:include|import|extends|from)\s+[\"']([a-z_]+)/")


def test_a_template_reaches_up_only_where_it_is_said_why() -> None:
    storeys = blueprints() | {storey: storey for storey in STOREYS}
    found = {template for template in TEMPLATES if any(above(template, storeys))}
    assert found == set(UPWARD)


def above(template: str, storeys: dict[str, str]) -> Iterator[str]:
    """What a template names that lies in a storey above its own."""
    own = template.split("/")[1]
    for endpoint, folder in REACHED.findall((ROOT / template).read_text("utf-8")):
        storey = storeys.get(endpoint or folder, "")
        if own in STOREYS and storey and STOREYS.index(storey) > STOREYS.index(own):
            yield storey


def blueprints() -> dict[str, str]:
    """The name of each Blueprint → its storey."""
    made = re.compile(r"\bBlueprint\(\s*\"([a-z_]+)\"")
    return {
        name: module.name.removeprefix("portfolio.").partition(".")[0]
        for module in product()
        for name in made.findall(module.text)
    }
