"""A witness's answer as an item of evidence: one text of its parts, and where in it each point is told."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from portfolio.evidence.content import Content, compose
from portfolio.evidence.drafts import LENGTHS, Draft
from portfolio.evidence.witnesses.likeness import Likeness, compared
from portfolio.evidence.witnesses.models import WitnessRequest
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
    likeness: Likeness


def named(point: EditionPoint) -> str:
    """How a point is called over what a witness wrote about it."""
    return f"{point.edition.code}, point {point.ref}"


def composed(request: WitnessRequest, answer: WitnessAnswer) -> ComposedAnswer:
    """Arrange an answer, and compare it with what others wrote; costs time, so before a transaction.

    Raises what `compose` raises.
    """
    stated, content, offers = arranged(request.kind, answer, request.points)
    return ComposedAnswer(stated, content, offers, compared(request, content.plain))


def arranged(
    kind: str, answer: WitnessAnswer, points: Sequence[EditionPoint]
) -> tuple[WitnessAnswer, Content, tuple[Offer, ...]]:
    """Make one text of the parts, and find where each point is told. Raises what `compose` raises."""
    names = {point.id: named(point) for point in points}
    parts = list(parts_of(answer, names))
    pieces = [
        (id, "\n\n".join(filter(None, [f"# {heading}" if heading else "", words]))) for id, heading, words in parts
    ]
    offers, own = _offers(kind, answer, names), _own(answer)
    pairs = {point.id: (point.edition.code, point.ref) for point in points}
    until = answer.until.isoformat() if answer.until and answer.until != answer.happened_on else ""
    statement = replace(answer.statement, until=until, points=tuple(pairs[id] for id in offers if id in own))
    answer = replace(answer, statement=statement)
    said = ", ".join(filter(None, (statement.witness, statement.job)))
    draft = Draft(
        title_of(kind, statement.witness), answer.happened_on, answer.context, said[: LENGTHS["confirmer"]],
        text="\n\n".join(piece for _, piece in pieces), statement=statement,
    )  # fmt: skip
    content = compose(draft)
    told = _told(parts, [piece for _, piece in pieces], content.plain)
    return answer, content, tuple((id, *told.get(id, (0, 0))) for id in offers)


def _told(parts: Sequence[tuple[int, str, str]], pieces: Sequence[str], whole: str) -> dict[int, tuple[int, int]]:
    """For each point the first and last character of its words in the plain text `whole`.

    Converts each piece by itself, so that the work grows with the length of the text only; none where the whole is not
    the plain texts of the pieces one below another.
    """
    plains = [plain(prose.to_html(piece)) for piece in pieces]
    if "\n".join(plains) != whole:
        return {}
    told, start = dict[int, tuple[int, int]](), 0
    for (id, heading, _), piece in zip(parts, plains, strict=True):
        if id:
            told[id] = (start + len(plain(prose.to_html(f"# {heading}"))) + 1, start + len(piece))
        start += len(piece) + 1
    return told


def _offers(kind: str, answer: WitnessAnswer, names: Mapping[int, str]) -> tuple[int, ...]:
    """The points that may be told: in words of their own, else in the whole, where there are words about all."""
    about_all, own = is_customer(kind) or not is_blank(answer.whole), _own(answer)
    return tuple(id for id in names if id in own or about_all)


def _own(answer: WitnessAnswer) -> set[int]:
    """The points that have words of their own."""
    return {id for id, words in answer.by_point if not is_blank(words)}
