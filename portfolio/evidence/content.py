"""What one version of an item says, composed and hashed before anything is written."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from criteria.canonical import canonical
from portfolio.evidence.drafts import Draft
from portfolio.evidence.media import Message
from portfolio.evidence.media.messages.wording import worded
from portfolio.evidence.models import File
from portfolio.foundation.words import prose
from portfolio.foundation.words.marks import plain

HASH_FORMAT = 2
"""The number under `HASHED` by which new versions are hashed."""


@dataclass(frozen=True, slots=True)
class Hashed:
    """Which fields a version's hash covers, besides the names and hashes of its files."""

    fields: tuple[str, ...]
    statement: tuple[str, ...]
    """Of what a witness stated of themselves."""


HASHED: Mapping[int, Hashed] = {
    1: Hashed(
        ("title", "happened_on", "context", "confirmer", "third_parties", "text"),
        ("witness", "job", "employer", "relationship", "contact", "expert", "knows_standards"),
    ),
    2: Hashed(
        ("title", "happened_on", "context", "confirmer", "third_parties", "text", "source", "minutes"),
        (
            "witness", "job", "employer", "relationship", "contact", "expert", "knows_standards", "until", "tie",
            "interest", "points",
        ),
    ),
}  # fmt: skip
"""By format number. A number is never changed: a field that is to be covered as well comes under another number, which
`exports/verify.py` then has to know, too."""


@dataclass(frozen=True, slots=True)
class Content:
    """A draft with its text converted; ready to become a version."""

    draft: Draft
    html: str = ""
    plain: str = ""
    facts: dict[str, object] = field(default_factory=dict)


def compose(draft: Draft, messages: Sequence[Message] = ()) -> Content:
    """Convert and clean the text of `draft`; costs time, so before a transaction. Raises what `to_html` raises.

    Where there are e-mails, what these say is the text.
    """
    text, html = worded(messages) if messages else (draft.text, prose.to_html(draft.text))
    draft = replace(draft, text=text)
    facts = asdict(draft) | {"happened_on": draft.happened_on.isoformat() if draft.happened_on else ""}
    del facts["files"]
    return Content(draft, html, plain(html), facts)


def version_hash(content: Content, files: Sequence[File], format: int = HASH_FORMAT) -> str:
    """SHA-256 (64 hexadecimal digits) over the canonical JSON of what `HASHED[format]` names, and the files in order.

    The statement is null where there is none. A file is its name and its hash. Raises KeyError for another format.
    """
    covered, stated = HASHED[format], content.draft.statement
    said: dict[str, object] = {name: content.facts[name] for name in covered.fields}
    said["statement"] = {name: getattr(stated, name) for name in covered.statement} if stated else None
    said["files"] = [{"name": file.name, "sha256": file.sha256} for file in files]
    return hashlib.sha256(canonical(said).encode()).hexdigest()
