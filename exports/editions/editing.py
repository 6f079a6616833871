"""One edition of a report: the facts it may show, what it says about itself, and how it is made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import partial

from exports.document import report
from exports.document.notice import Notice, Uploaded, Withheld
from exports.editions.covered_areas import covered
from exports.editions.foreign_files import Unshown, bounded
from exports.editions.learners_copy import own
from exports.editions.look import NAMES, Look, ReportEdition
from exports.editions.recipe import Recipe
from exports.editions.redacting import redact
from exports.editions.summary import brief, fitting
from exports.editions.uploaded_pages import MOST_PAGES, cleaned, laid
from exports.facts.canonical import canonical, report_id
from exports.facts.frozen import Facts, FileFacts
from exports.facts.names import safe
from exports.facts.records import as_json
from exports.typesetting import pdf
from portfolio.evidence.places.locators import Page
from portfolio.evidence.rules import PDF
from portfolio.foundation.words.sizes import filesize

ROOM = 25_000_000
"""Bytes of uploaded documents inside one full report; what does not fit is named by its hash."""
LARGEST = 40_000_000
"""Bytes of one document whose pages are shown."""
ALL_PAGES = 400
"""Pages of uploaded documents behind one reading copy."""
ALL_BYTES = 100_000_000
"""Bytes of those pages, as they are laid on."""
NO_ROOM = "It is larger than the room that is left for originals in one report."
Read = Callable[[str], bytes]
"""The bytes of an original or of a picture by its SHA-256."""


@dataclass(frozen=True, slots=True)
class Edited:
    """The facts of an edition; its report is named by their hash."""

    facts: Facts
    look: Look
    full: str = ""
    """Name of the full report of the same facts; not of a redacted edition, for it would confirm a guess."""
    sealed: str = ""
    """SHA-256 of the sealed file that a redacted edition was made from."""
    withheld: tuple[Withheld, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    """By SHA-256, those that were made for it: areas of them are covered."""

    @property
    def made_of(self) -> bytes:
        """All that this edition is made from, but its templates."""
        if self.look.is_plain:
            return canonical(self.facts)
        return canonical([canonical(self.facts).decode(), self.look.written(), self.full, self.sealed])


def edited(facts: Facts, look: Look, read: Read, *, sealed: str = "") -> Edited:
    """The facts that an edition may show; `read` gives the pictures of which areas are covered.

    Raises `withholding.Unclear` where what is to be withheld is not there.
    """
    match look.edition:
        case ReportEdition.REDACTED:
            shown = covered(facts, look.withhold, read)
            redacted = redact(shown.facts, look.withhold)
            return Edited(redacted.facts, look, "", sealed, redacted.withheld, shown.pictures)
        case ReportEdition.SUMMARY:
            return Edited(brief(facts), look, full=report_id(facts))
        case ReportEdition.LEARNER:
            return Edited(own(facts), look, full=report_id(facts))
        case _:
            return Edited(facts, look)


def recipe(edition: Edited, read: Read) -> Recipe:
    """How to make it; `read` gives uploaded documents. Raises `pdf.NotTypeset`."""
    facts, look, name = edition.facts, edition.look, NAMES[edition.look.edition]
    match look.edition:
        case ReportEdition.SUMMARY:
            return Recipe(fitting(facts, full=edition.full, paper=look.paper, pictures=read))
        case ReportEdition.LEARNER:
            return Recipe(_rendered(look, Notice(name, "learner", full=edition.full)))
        case ReportEdition.REDACTED:
            pageless = any(isinstance(claim.locator, Page) for claim in facts.claims)
            notice = Notice(name, "redacted", sealed=edition.sealed, withheld=edition.withheld, pageless=pageless)
            listed = as_json([asdict(each) for each in edition.withheld])
            attached = pdf.Attachment("withheld.json", listed, "What was withheld", _at(facts), "Data")
            return Recipe(_rendered(look, notice), [attached], pictures=edition.pictures)
        case ReportEdition.READING:
            return _reading(facts, look, read)
        case _:
            return _full(facts, look, read)


def _rendered(look: Look, notice: Notice | None) -> partial[str]:
    return partial(report.render, paper=look.paper, edition=notice)


def _at(facts: Facts) -> str:
    return facts.as_at.replace("Z", "+00:00")


def _is_document(file: FileFacts) -> bool:
    """A document, or what calls itself a PDF: whatever of it cannot be shown is said."""
    return file.kind == "document" or file.name.lower().endswith(".pdf")


def _documents(facts: Facts) -> list[tuple[str, FileFacts]]:
    """Uploaded documents with the item they first stand in, each once."""
    found: dict[str, tuple[str, FileFacts]] = {}
    for item in facts.evidence:
        for file in item.files:
            if _is_document(file):
                found.setdefault(file.sha256, (item.ref, file))
    return list(found.values())


def _full(facts: Facts, look: Look, read: Read) -> Recipe:
    if not look.originals:
        return Recipe(_rendered(look, None))
    left, listed, attached = ROOM, list[Uploaded](), list[pdf.Attachment]()
    for ref, file in _documents(facts):
        fits = file.size <= left
        listed.append(Uploaded(ref, file.name, file.sha256, reason="" if fits else NO_ROOM))
        if fits:
            left -= file.size
            name = safe(f"{ref} {file.name}")
            attached.append(pdf.Attachment(name, read(file.sha256), file.name, _at(facts), "Supplement"))
    notice = Notice("With originals", "originals", room=ROOM, uploaded=tuple(listed))
    return Recipe(_rendered(look, notice), attached)


def _reading(facts: Facts, look: Look, read: Read) -> Recipe:
    """The full report and the pages of others. What cannot be laid on is said, and the copy is made without it."""
    shown: dict[str, bytes] = {}
    listed, left, room = list[Uploaded](), ALL_PAGES, ALL_BYTES
    for ref, file in _documents(facts):
        try:
            shown[file.sha256], pages = _pages(file, read, most=min(left, MOST_PAGES), room=room)
        except Unshown as reason:
            listed.append(Uploaded(ref, file.name, file.sha256, reason=reason.phrase, numbers=reason.numbers))
        else:
            listed.append(Uploaded(ref, file.name, file.sha256, pages, remarks=file.remarks))
            left, room = left - pages, room - len(shown[file.sha256])
    notice = Notice(NAMES[ReportEdition.READING], "reading", uploaded=tuple(listed), conforms=False)
    finish = partial(_laid, documents=[shown[each.sha256] for each in listed if each.pages])
    return Recipe(_rendered(look, notice), finish=finish)


def _pages(file: FileFacts, read: Read, *, most: int, room: int) -> tuple[bytes, int]:
    if file.media_type != PDF and not file.name.lower().endswith(".pdf"):
        raise Unshown("It is no PDF.")
    if file.size > LARGEST:
        raise Unshown("It has %(size)s; %(most)s is the most.", size=filesize(file.size), most=filesize(LARGEST))
    content, pages = bounded(cleaned, read(file.sha256), most)
    if len(content) > room:
        raise Unshown(
            "Its pages have %(size)s; all documents together have room for %(most)s.",
            size=filesize(len(content)), most=filesize(ALL_BYTES),
        )  # fmt: skip
    return content, pages


def _laid(typeset: bytes, documents: Sequence[bytes]) -> bytes:
    try:
        return bounded(laid, typeset, list(documents))
    except Unshown as reason:
        raise pdf.NotTypeset(f"The pages of uploaded documents could not be laid on: {reason}") from reason
