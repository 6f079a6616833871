"""The words of a mail: one short template for each kind and language, set into the layout that all mails share.

A template states, with `{% set … %}` blocks, `subject`, `words` (paragraphs between empty lines), and where there is a
link `button` (what it is called) and `after` (more paragraphs). It is plain text: the HTML part is made of its result.
"""

from typing import Any

from flask import current_app
from jinja2 import Template

from portfolio.foundation.mail.letters import Letter, one_line

SHARED = "mail/shared.{}.txt"
"""What every mail says, in each language."""
LAYOUT = "mail/layout.html"


def letter_of(
    template: str, *, to: str, centre: str, language: str, link: str = "", sort: str = "", **values: str
) -> Letter:
    """The letter to the address `to` that `template` (`people/mail/link`: no language, no ending) makes of `values`.

    Values become one line each, and are words in the HTML part, whatever stands in them. The subject knows the centre's
    name and the `sort` of addressee, which templates tell apart, and nothing personal. Raises `TemplateNotFound` for a
    language without a template.
    """
    open_to_all = {"centre": one_line(centre), "sort": sort}
    said = {name: one_line(value) for name, value in values.items()} | open_to_all | {"link": link}
    stated = _stated(f"{template}.{language}.txt", said)
    shared = _stated(SHARED.format(language), said)
    subject = one_line(_stated(f"{template}.{language}.txt", open_to_all)["subject"])
    words, after = _paragraphs(stated["words"]), _paragraphs(stated.get("after", ""))
    foot = _paragraphs(shared["foot"])
    html = _template(LAYOUT).render(
        subject=subject, words=words, after=after, foot=foot, button=one_line(stated.get("button", "")), link=link,
        copy=one_line(shared["copy"]), language=language, centre=said["centre"],
    )  # fmt: skip
    text = "\n\n".join([*words, *([link] if link else []), *after, *foot])
    return Letter(to, centre, subject, text, html, language)


def _stated(name: str, values: dict[str, str]) -> dict[str, Any]:
    """What a template sets, by name."""
    return vars(_template(name).make_module(dict(values)))


def _template(name: str) -> Template:
    return current_app.jinja_env.get_template(name)


def _paragraphs(text: str) -> list[str]:
    """Paragraphs between empty lines, one line each."""
    return [line for part in text.split("\n\n") if (line := one_line(part))]
