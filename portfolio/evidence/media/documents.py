"""Documents: whether a PDF opens, how many pages it has, and what of it is not on its pages."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pikepdf

from portfolio.evidence.media.prepared import Prepared, Refusal
from portfolio.foundation.display import plural

_MARKS = frozenset((
    "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline",
    "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/FileAttachment", "/Sound", "/Redact",
))  # fmt: skip
"""Annotations that people make (ISO 32000-1 §12.5.6.2)."""
_WORDS_BESIDE = _MARKS - {"/FreeText"}
"""Those of them whose words stand in a window beside the page."""


def document(path: Path) -> Prepared:
    """Pages of the PDF at `path`, and remarks. Raises `Refusal` for one that needs a password or is damaged."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            pages = len(pdf.pages)
            if not pages:
                raise Refusal("This PDF is damaged: no page of it can be read; the original is kept.")
            return Prepared("document", "application/pdf", pages=pages, remarks=tuple(_remarks(pdf)))
    except pikepdf.PasswordError as error:
        raise Refusal("This PDF needs a password, so its pages cannot be shown; the original is kept.") from error
    except pikepdf.PdfError as error:
        raise Refusal("This PDF is damaged, so its pages cannot be shown; the original is kept.") from error


def _remarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    yield from _damages(pdf)
    if pdf.is_encrypted:
        yield "It is locked against changes or printing by its author; it can be read without a password."
    yield from _beside_the_pages(pdf)
    yield from _in_the_catalogue(pdf)


def _damages(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Whether it had to be repaired, and which pages are blank for it."""
    complaints = [*pdf.get_warnings()]
    with suppress(pikepdf.PdfError):
        complaints += pdf.check_pdf_syntax()
    if not complaints:
        return
    blank = [number for number, page in enumerate(pdf.pages, 1) if _is_blank(page)]
    yield "This PDF is cut off or damaged and was repaired as far as possible: compare it with the original."
    if blank:
        listed = ", ".join(map(str, blank[:20])) + (", …" if len(blank) > 20 else "")
        yield f"{plural(len(blank), 'page')} of {len(pdf.pages)} came out blank: {listed}."


def _is_blank(page: pikepdf.Page) -> bool:
    """Whether nothing of its content could be read."""
    try:
        contents = page.obj.get("/Contents")
        streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        read = (one.read_bytes() for one in streams if isinstance(one, pikepdf.Stream))
        return not any(content.strip() for content in read)
    except pikepdf.PdfError:
        return True


def _beside_the_pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Comments that its pages do not show."""
    undrawn = beside = 0
    for page in pdf.pages:
        for mark in _annotations(page):
            if str(mark.get("/Subtype", "")) not in _MARKS:
                continue
            undrawn += "/AP" not in mark
            words = bytes(mark.get("/Contents", pikepdf.String(""))).strip()
            beside += "/AP" in mark and bool(words) and str(mark.get("/Subtype")) in _WORDS_BESIDE
    if undrawn:
        yield f"{plural(undrawn, 'comment')} in it cannot be shown on its pages: open the original to read them."
    if beside:
        yield f"{plural(beside, 'comment')} beside its pages can be read in the original only."


def _annotations(page: pikepdf.Page) -> list[pikepdf.Dictionary]:
    try:
        return [one for one in page.obj.get("/Annots", []) if isinstance(one, pikepdf.Dictionary)]
    except (TypeError, ValueError, pikepdf.PdfError):
        return []


def _in_the_catalogue(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Forms, scripts and files that lie in it."""
    form = pdf.Root.get("/AcroForm")
    fields = len(form.get("/Fields", [])) if isinstance(form, pikepdf.Dictionary) else 0
    if isinstance(form, pikepdf.Dictionary) and "/XFA" in form:
        yield "It is a form of a kind (XFA) that few readers show: what was filled in may not be on its pages."
    elif fields:
        yield f"It is a form of {plural(fields, 'field')}: what was filled in is shown as its author’s program drew it."
    if _has_scripts(pdf.Root):
        yield "It has scripts in it. They were not run."
    if files := len(pdf.attachments):
        yield f"{plural(files, 'file')} inside it can be opened from the original only."


def _has_scripts(root: pikepdf.Object) -> bool:
    names, action = root.get("/Names"), root.get("/OpenAction")
    named = isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names
    opens = isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) == "/JavaScript"
    return named or opens or "/AA" in root
