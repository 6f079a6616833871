"""Pages of uploaded documents behind a reading copy: each document cleaned by itself, then laid on the stamped sheets.

Both run in a child process (`foreign_files.bounded`). What is left of a document is what its pages draw: no scripts, no
actions, no forms, no files inside it, no references to files outside (ISO 32000-2 §12.6, §7.11, §8.10.4).
"""

import io
import re
from collections.abc import Iterator, Sequence

import pikepdf

from exports.editions.foreign_files import Unshown
from portfolio.foundation.words.sizes import filesize

MOST_PAGES = 200
"""Pages of one document."""
MOST_DRAWN = 40_000_000
"""Bytes of what the pages of one document draw, unpacked: a page of text has ten thousand, a drawing some million."""
_UNFOLDS = "Its pages unfold to %(size)s; %(most)s is the most."
MOST_OBJECTS = 200_000
DEEPEST = 50
"""Arrays and dictionaries inside each other."""
_TOO_LONG = "It has %(pages)s pages; there is room for %(most)s."
_KEPT = frozenset({"/Type", "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Resources", "/Contents", "/Group"})
_ACTIVE = frozenset({
    "/JS", "/JavaScript", "/AA", "/OpenAction", "/AF", "/EF", "/Ref", "/OPI", "/PieceInfo", "/Metadata", "/URI",
    "/StructParent", "/StructParents", "/Alternates", "/RichMediaContent", "/Annots", "/Parent",
})  # fmt: skip
_OUTSIDE = ("/F", "/FFilter", "/FDecodeParms")
"""Of a stream: its data lies in another file."""
_CLAIMS = re.compile(
    rb"<rdf:Description\b(?:(?!</?rdf:Description\b).)*?\b(?:pdfaid|pdfuaid):.*?(?:/>|</rdf:Description>)", re.DOTALL
)
"""Where the metadata claims a standard (ISO 19005-3 §6.6.4, ISO 14289-1 §5)."""
_MARGINS = (28, 40, 28, 60)
"""Left, foot, right and head of a sheet that stay free, in points: the stamp stands at the head."""


def cleaned(content: bytes, most: int = MOST_PAGES) -> tuple[bytes, int]:
    """A PDF of nothing but the pages of a document, and how many they are.

    Raises `Unshown`, saying why, for one that is damaged, locked, or larger than what is taken.
    """
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as theirs:
            if not len(theirs.pages):
                raise Unshown("It is damaged: it has no pages.")
            if len(theirs.pages) > most:
                raise Unshown(_TOO_LONG, pages=f"{len(theirs.pages):,}", most=f"{most:,}")
            return _drawn(theirs), len(theirs.pages)
    except pikepdf.PasswordError:
        raise Unshown("It is locked with a password.") from None
    except pikepdf.PdfError:
        raise Unshown("It is damaged, or no PDF.") from None


def _drawn(theirs: pikepdf.Pdf) -> bytes:
    theirs.generate_appearance_streams()
    theirs.flatten_annotations("screen")
    ours = pikepdf.new()
    drawn = 0
    for page in theirs.pages:
        drawn += _unpacked(page)
        if drawn > MOST_DRAWN:
            raise Unshown(_UNFOLDS, size=filesize(drawn), most=filesize(MOST_DRAWN))
        for name in set(page.obj.keys()) - _KEPT - {"/Parent"}:
            del page.obj[name]
        ours.pages.append(page)
    _scrub(ours)
    out = io.BytesIO()
    ours.save(out, deterministic_id=True)
    return out.getvalue()


def _unpacked(page: pikepdf.Page) -> int:
    """Bytes of what a page draws: a few hundred of packed ones may be a gigabyte."""
    held = page.obj.get("/Contents", pikepdf.Array())
    streams = held if isinstance(held, pikepdf.Array) else [held]
    return sum(len(each.read_bytes()) for each in streams if isinstance(each, pikepdf.Stream))


def _scrub(ours: pikepdf.Pdf) -> None:
    """Take away what acts, and what points out of the page."""
    for count, thing in enumerate(ours.objects):
        if count > MOST_OBJECTS:
            raise Unshown("It has more than %(most)s parts.", most=f"{MOST_OBJECTS:,}")
        for each in _inside(thing):
            is_page = each.get("/Type") in ("/Page", "/Pages")
            for name in (*_ACTIVE, *(_OUTSIDE if isinstance(each, pikepdf.Stream) else ())):
                if name in each and not (is_page and name == "/Parent"):
                    del each[name]


def _inside(thing: object, depth: int = 0) -> Iterator[pikepdf.Object]:
    """The dictionaries of one object, those within it too; numbers and the like hold nothing."""
    if depth > DEEPEST:
        raise Unshown("Its parts lie too deep in each other.")
    if isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        yield thing
        held = [each for _, each in thing.items()]
    else:
        held = list(thing) if isinstance(thing, pikepdf.Array) else []
    for each in held:
        if not getattr(each, "is_indirect", True):
            yield from _inside(each, depth + 1)


def laid(report: bytes, documents: Sequence[bytes]) -> bytes:
    """The report with the pages of cleaned documents on its last sheets, in their order; it claims no standard.

    What is packed stays packed, and what joining unpacked is packed again: the file is no larger than what went in.
    """
    with pikepdf.open(io.BytesIO(report)) as ours:
        opened = [pikepdf.open(io.BytesIO(document)) for document in documents]
        pages = [page for document in opened for page in document.pages]
        sheets = ours.pages[len(ours.pages) - len(pages) :]
        for number, (sheet, page) in enumerate(zip(sheets, pages, strict=True), start=1):
            _lay_on(sheet, page, pikepdf.Name(f"/Uploaded{number}"))
        metadata = ours.Root.Metadata
        metadata.write(_CLAIMS.sub(b"", metadata.read_bytes()))
        out = io.BytesIO()
        ours.save(out, deterministic_id=True, stream_decode_level=pikepdf.StreamDecodeLevel.none)
        return out.getvalue()


def _lay_on(sheet: pikepdf.Page, page: pikepdf.Page, name: pikepdf.Name) -> None:
    """As `add_overlay` does, which would give the page a random name."""
    left, foot, right, head = _MARGINS
    box = [float(side) for side in sheet.mediabox]
    room = pikepdf.Rectangle(box[0] + left, box[1] + foot, box[2] - right, box[3] - head)
    drawn = page.as_form_xobject()
    sheet.add_resource(drawn, pikepdf.Name.XObject, name)
    turned = {"invert_transformations": True, "allow_shrink": True, "allow_expand": True}
    placed = sheet.calc_form_xobject_placement(drawn, name, room, **turned)
    sheet.contents_add(b"q\n", prepend=True)
    sheet.contents_add(b"Q\n" + placed)
    sheet.contents_coalesce()
