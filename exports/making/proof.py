"""A finished evidence report: typeset, with its record attached, signed by the centre."""

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from exports.editions.recipe import Recipe
from exports.facts import annotations, records
from exports.facts.canonical import canonical, report_id
from exports.facts.frozen import Facts
from exports.facts.names import shelf
from exports.signing import signatures
from exports.typesetting import joining, pdf


@dataclass(frozen=True, slots=True)
class Proof:
    """The file that leaves the house, and the hashes by which it is known."""

    id: str
    """The report's name: the beginning of the hash of its facts."""
    content: bytes
    sha256: str
    unsigned_sha256: str
    """Of the file before the signature: the same for the same facts, templates, fonts and typesetter."""
    withheld: tuple[str, ...] = ()
    """Refs of evidence whose text could not be typeset."""
    pages: int = 0
    level: str = "B-B"
    """Of the signature: see `signatures.Signed`."""
    unstamped: bool = False
    """The time-stamp authority was asked and gave nothing."""


def prove(facts: Facts, *, pictures: pdf.Pictures, signs: signatures.Signs, recipe: Recipe | None = None) -> Proof:
    """The evidence report of one learner. Raises `pdf.NotTypeset` where not even one without texts can be made."""
    recipe = recipe or Recipe()
    typeset, withheld = _typeset(facts, recipe.drawing(pictures), recipe)
    return signed(facts, recipe.finish(typeset), signs=signs, withheld=withheld)


def signed(facts: Facts, unsigned: bytes, *, signs: signatures.Signs, withheld: tuple[str, ...] = ()) -> Proof:
    """A typeset file as it leaves the house."""
    made = signatures.sign(unsigned, signs.signer, authority=signs.authority)
    return Proof(
        id=report_id(facts),
        content=made.content,
        sha256=sha256(made.content).hexdigest(),
        unsigned_sha256=sha256(unsigned).hexdigest(),
        withheld=withheld,
        pages=joining.counted(unsigned),
        level=made.level,
        unstamped=made.unstamped,
    )


def _typeset(facts: Facts, pictures: pdf.Pictures, recipe: Recipe) -> tuple[bytes, tuple[str, ...]]:
    """One text that cannot be typeset must not keep a learner from their report."""
    attached = [*attachments(facts), *recipe.attached]
    try:
        return pdf.typeset(recipe.render(facts), pictures=pictures, attachments=attached), ()
    except pdf.NotTypeset:
        withheld = tuple(item.ref for item in facts.evidence if item.html)
        html = recipe.render(facts, withheld=withheld)
        return pdf.typeset(html, pictures=pictures, attachments=attached), withheld


def attachments(facts: Facts) -> list[pdf.Attachment]:
    """The machine-readable record: all facts, the claims as W3C annotations, and the log."""
    at = datetime.fromisoformat(facts.as_at).isoformat()
    claims = json.dumps(annotations.page(facts, shelf(facts)), ensure_ascii=False, indent=1).encode()
    log = records.as_csv([{"seq": event.seq, **_line(event)} for event in facts.events])
    return [
        pdf.Attachment("records.json", canonical(facts), "All facts of this report", at, "Source"),
        pdf.Attachment("annotations.jsonld", claims, "The claims as W3C Web Annotations", at, "Data"),
        pdf.Attachment("log.csv", log, "The event log's lines about this learner", at, "Data"),
    ]


def _line(event: object) -> dict[str, object]:
    names = ("at", "actor", "role", "deed", "subject", "facts", "hash")
    return {name: getattr(event, name) for name in names}
