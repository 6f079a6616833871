"""The page of a document that the sample facts tell, and the lines by which it is bound."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

from exports import verify
from exports.facts.frozen import EvidenceFacts, Facts, ShownPageFacts
from tests.exports.samples import files, texts

PICTURE = files.whiteboard((800, 400))
SECOND = ShownPageFacts(
    2, 3, sha256(PICTURE).hexdigest(), len(PICTURE), zlib.crc32(PICTURE), 800, 400, texts.TALLY
)  # fmt: skip


def without(items: Iterable[EvidenceFacts]) -> tuple[EvidenceFacts, ...]:
    """The items as they are told where neither pages of documents nor words of recordings are."""
    return tuple(
        replace(item, files=tuple(replace(file, pages=(), transcript=None) for file in item.files)) for item in items
    )  # fmt: skip


def claimed(item: EvidenceFacts, facts: Facts) -> Iterator[dict[str, Any]]:
    """What lines tell of the places that were claimed on pages, with the hash over what is shown of each page."""
    for claim in facts.claims:
        number = getattr(claim.locator, "page", 0) if claim.evidence == item.ref else 0
        for page in (page for file in item.files for page in file.pages if page.number == number):
            yield {"ref": item.ref, "claims": [claim.id], "page_sha256": verify.hash_of(asdict(page))}
