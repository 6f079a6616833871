"""Writes finished documents: one as it is, or many parts joined so that tags, links and bookmarks stay whole."""

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

import pikepdf
from pikepdf import Array, Dictionary, ObjectStreamMode, OutlineItem, String

FAR = b"part:"
"""How a link to another part begins."""
_ENDS_IN_RETURN = b"\r\nendstream"


@dataclass(frozen=True, slots=True)
class _Bookmark:
    title: str
    page: int
    """Index in the whole."""
    left: float
    top: float
    children: list["_Bookmark"]


def saved(printed: bytes) -> bytes:
    """Written anew with small object streams: verifying a signature is quadratic in WeasyPrint's one large stream."""
    with pikepdf.open(io.BytesIO(printed)) as document:
        return _written(document)


def counted(document: bytes) -> int:
    """How many pages a document has."""
    with pikepdf.open(io.BytesIO(document)) as read:
        return len(read.pages)


def _written(document: pikepdf.Pdf) -> bytes:
    """The document as bytes.

    A compressed stream that happens to end in a carriage return cannot be told from its line end (ISO 19005-3
    §6.1.7.1): it is stored as it is, and if it is an object stream, there are none.
    """
    small, plain = ObjectStreamMode.generate, ObjectStreamMode.disable
    content = _bytes(document, small)
    if _ENDS_IN_RETURN in content:
        _store_plain(document)
        content = _bytes(document, small)
    return _bytes(document, plain) if _ENDS_IN_RETURN in content else content


def _bytes(document: pikepdf.Pdf, mode: ObjectStreamMode) -> bytes:
    out = io.BytesIO()
    document.save(out, deterministic_id=True, compress_streams=False, object_stream_mode=mode)
    return out.getvalue()


def _store_plain(document: pikepdf.Pdf) -> None:
    for thing in document.objects:
        if isinstance(thing, pikepdf.Stream) and thing.read_raw_bytes().endswith(b"\r"):
            thing.write(thing.read_bytes())


def joined(parts: Sequence[bytes], below: Sequence[int]) -> bytes:
    """One document of all pages, with the catalogue, metadata and attachments of the first part.

    `below` says of each part how many of its first bookmarks belong under the last title before it. ISO 32000-1:
    §14.7 (structure), §12.3.2.3 (named destinations), §12.3.3 (outlines).
    """
    with pikepdf.open(io.BytesIO(parts[0])) as whole:
        bookmarks, places = list(_bookmarks(whole, before=0)), _places(whole)
        for content, first in zip(parts[1:], below[1:], strict=True):
            with pikepdf.open(io.BytesIO(content)) as part:
                found = list(_bookmarks(part, before=len(whole.pages)))
                if bookmarks:
                    bookmarks[-1].children.extend(found[:first])
                bookmarks += found[first:]
                _take_pages(whole, part)
                _take_tags(whole, part)
                places |= {name: whole.copy_foreign(part.make_indirect(at)) for name, at in _places(part).items()}
        named = [thing for name, place in sorted(places.items()) for thing in (String(name), place)]
        whole.Root.Names.Dests = Dictionary(Names=Array(named))
        _write_bookmarks(whole, bookmarks)
        _lead_links_home(whole)
        return _written(whole)


def _take_pages(whole: pikepdf.Pdf, part: pikepdf.Pdf) -> None:
    """Pages and links of the part get the numbers in the parent tree that follow those of the whole."""
    start = len(whole.Root.StructTreeRoot.ParentTree.Nums) // 2
    for page in part.pages:
        page.obj.StructParents += start
        for annotation in page.obj.get("/Annots", []):
            if "/StructParent" in annotation:
                annotation.StructParent += start
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", pikepdf.PageCopyWarning)  # named places are taken, and there are no forms
        whole.pages.extend(part.pages)


def _take_tags(whole: pikepdf.Pdf, part: pikepdf.Pdf) -> None:
    """The pages of the part are in the whole already: what is copied now leads to those copies."""
    theirs = whole.copy_foreign(part.Root.StructTreeRoot)
    ours = whole.Root.StructTreeRoot
    document, numbers = ours.K[0], ours.ParentTree.Nums
    for element in theirs.K[0].K:
        element.P = document
        document.K.append(element)
    for owner in list(theirs.ParentTree.Nums)[1::2]:
        numbers.append(len(numbers) // 2)
        numbers.append(owner)


def _places(part: pikepdf.Pdf) -> dict[bytes, Any]:
    """Named destinations."""
    names = list(part.Root.get("/Names", Dictionary()).get("/Dests", Dictionary(Names=Array())).Names)
    return {bytes(name): place for name, place in zip(names[::2], names[1::2], strict=True)}


def _bookmarks(part: pikepdf.Pdf, *, before: int) -> Iterator[_Bookmark]:
    index = {page.obj.objgen: before + number for number, page in enumerate(part.pages)}

    def read(items: Sequence[Any]) -> Iterator[_Bookmark]:
        for item in items:
            page, _, left, top, _ = item.destination
            yield _Bookmark(item.title, index[page.objgen], float(left), float(top), list(read(item.children)))

    with part.open_outline() as outline:
        yield from read(outline.root)


def _write_bookmarks(whole: pikepdf.Pdf, bookmarks: Sequence[_Bookmark]) -> None:
    def item(bookmark: _Bookmark) -> OutlineItem:
        made = OutlineItem(bookmark.title, bookmark.page, "XYZ", left=bookmark.left, top=bookmark.top, zoom=0)
        made.children.extend(map(item, bookmark.children))
        return made

    with whole.open_outline() as outline:
        outline.root[:] = map(item, bookmarks)


def _lead_links_home(whole: pikepdf.Pdf) -> None:
    """Links to other parts become links to the named places they meant."""
    for page in whole.pages:
        for annotation in page.obj.get("/Annots", []):
            uri = bytes(annotation.get("/A", Dictionary()).get("/URI", String("")))
            if uri.startswith(FAR):
                del annotation["/A"]
                annotation.Dest = String(unquote(uri.removeprefix(FAR).decode()))
