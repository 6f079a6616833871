"""A witness's answer as an item of evidence: one text of its parts, and where in it each point is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from portfolio.evidence.content import Content, compose
from portfolio.evidence.drafts import LENGTHS, Draft
from portfolio.evidence.witnesses.rules import WitnessAnswer, is_customer, parts_of, title_of
from portfolio.foundation.words import prose
from portfolio.foundation.words.marks import plain
from portfolio.foundation.words.text import is_blank
from portfolio.units.models import EditionPoint

Offer = tuple[int, int, int]
"""Id of a point, first and last character in the plain text where it is told; 0 and 0 for one about which no words of
its own were written, or whose place was not found."""


@dataclass(frozen=True, slots=True)
class ComposedAnswer:
    """What a witness typed, ready to be signed."""

    answer: WitnessAnswer
    content: Content
    offers: tuple[Offer, ...]


def named(point: EditionPoint) -> str:
    """How a point is called over what a witness wrote about it."""
    return f"{point.edition.code}, point {point.ref}"


def composed(kind: str, answer: WitnessAnswer, points: Sequence[EditionPoint]) -> ComposedAnswer:
    """Make one text of the parts, and find where each point is told; costs time, so before a transaction.

    Raises what `compose` raises.
    """
    names = {point.id: named(point) for point in points}
    parts = list(parts_of(answer, names))
    text, told = _text(parts)
    offers = _offers(kind, answer, names, told)
    pairs = {point.id: (point.edition.code, point.ref) for point in points}
    until = answer.until.isoformat() if answer.until and answer.until != answer.happened_on else ""
    statement = replace(answer.statement, until=until, points=tuple(pairs[id] for id in told))
    answer = replace(answer, statement=statement)
    said = ", ".join(filter(None, (statement.witness, statement.job)))
    draft = Draft(
        title_of(kind, statement.witness), answer.happened_on, answer.context, said[: LENGTHS["confirmer"]], text=text,
        statement=statement,
    )  # fmt: skip
    content = compose(draft)
    whole = len(content.plain)
    return ComposedAnswer(answer, content, tuple(one if one[2] <= whole else (one[0], 0, 0) for one in offers))


def _text(parts: Sequence[tuple[int, str, str]]) -> tuple[str, dict[int, tuple[int, int]]]:
    """The text, and for each point the first and last character of its words in the plain text."""
    text, told = "", dict[int, tuple[int, int]]()
    for id, heading, words in parts:
        before = "\n\n".join(filter(None, [text, f"# {heading}" if heading else ""]))
        text = "\n\n".join(filter(None, [before, words]))
        if id:
            begins, now = plain(prose.to_html(before)), plain(prose.to_html(text))
            told[id] = (len(begins), len(now)) if now.startswith(begins) else (0, 0)
    return text, told


def _offers(
    kind: str, answer: WitnessAnswer, names: Mapping[int, str], told: Mapping[int, tuple[int, int]]
) -> tuple[Offer, ...]:
    """Where each point is told: in words of its own, else somewhere in the whole, where there are words about all."""
    about_all = is_customer(kind) or not is_blank(answer.whole)
    return tuple((id, *told.get(id, (0, 0))) for id in names if id in told or about_all)
