"""Documents: whether a PDF opens, how many pages it has, and what of it is not on its pages."""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pikepdf

from portfolio.evidence.media.prepared import NotPrepared, Prepared
from portfolio.foundation.words.text import plural

_MARKS = frozenset((
    "/Text", "/FreeText", "/Line", "/Square", "/Circle", "/Polygon", "/PolyLine", "/Highlight", "/Underline",
    "/Squiggly", "/StrikeOut", "/Stamp", "/Caret", "/Ink", "/FileAttachment", "/Sound", "/Redact",
))  # fmt: skip
"""Annotations that people make (ISO 32000-1 §12.5.6.2)."""
_WORDS_BESIDE = _MARKS - {"/FreeText"}
"""Those of them whose words stand in a window beside the page."""

_FILMS = frozenset(("/Movie", "/Screen", "/RichMedia", "/3D"))
_HIDDEN, _NO_VIEW = 2, 32
"""Flags of an annotation (§12.5.3)."""
_MOST_READ = 200_000_000
"""Bytes that are read of what pages are drawn by."""
_MOST_SEARCHED = 20_000_000
"""Bytes of one stream in which names of pictures are looked for."""
_DEEPEST = 32
"""Fields within fields that are followed."""
_SMALL = 1000
"""Bytes, packed, of an appearance that may be empty."""
_DRAWN = re.compile(rb"(/[^\x00-\x20/()<>\[\]{}%]{1,127})[\x00-\x20]{1,9}Do(?![^\x00-\x20/()<>\[\]{}%])")
"""What may be the drawing of a picture or form (§8.8)."""
_LOCKED = (
    "This PDF needs a password, so its pages cannot be shown; the original is kept. Take the password off, or print it "
    "to a PDF, and send that too, so that its pages can be seen."
)
_ANEW = "See whether it opens on your own device: if it does, print it to a PDF there and send that too."
_DAMAGED = f"This PDF is damaged, so its pages cannot be shown; the original is kept. {_ANEW}"


def document(path: Path) -> Prepared:
    """Pages of the PDF at `path`, and remarks. Raises `NotPrepared` for one that needs a password or is damaged."""
    try:
        with pikepdf.open(path, suppress_warnings=True) as pdf:
            pages = len(pdf.pages)
            if not pages:
                raise NotPrepared(_DAMAGED)
            return Prepared("document", "application/pdf", pages=pages, remarks=tuple(_remarks(pdf)))
    except pikepdf.PasswordError as error:
        raise NotPrepared(_LOCKED) from error
    except pikepdf.PdfError as error:
        raise NotPrepared(_DAMAGED) from error


def _remarks(pdf: pikepdf.Pdf) -> Iterator[str]:
    yield from _damages(pdf)
    if pdf.is_encrypted:
        yield "It is locked against changes or printing by its author; it can be read without a password."
    yield from _missing(pdf)
    yield from _beside_the_pages(pdf)
    yield from _in_the_catalogue(pdf)


def _damages(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Whether it had to be repaired, and which pages are blank for it."""
    complaints = [*pdf.get_warnings()]
    with suppress(pikepdf.PdfError):
        complaints += pdf.check_pdf_syntax()
    if not complaints:
        return
    reader = _Streams()
    blank = [number for number, page in enumerate(pdf.pages, 1) if _is_blank(page, reader)]
    yield "This PDF is cut off or damaged and was repaired as far as possible: compare it with the original."
    if blank:
        listed = ", ".join(map(str, blank[:20])) + (", …" if len(blank) > 20 else "")
        yield f"{plural(len(blank), 'page')} of {len(pdf.pages)} came out blank: {listed}."


class _Streams:
    """Reads what pages are drawn by, each stream once, `_MOST_READ` bytes in all."""

    def __init__(self) -> None:
        self._read: dict[tuple[int, int], tuple[bool, frozenset[str]]] = {}
        self.size = 0

    def facts(self, stream: pikepdf.Stream) -> tuple[bool, frozenset[str]]:
        """Whether anything stands in it, and the names of what it draws; more than can be read counts as drawn."""
        key = stream.objgen
        if key in self._read and key != (0, 0):
            return self._read[key]
        if self.size > _MOST_READ:
            return True, frozenset()
        try:
            content = stream.read_bytes()
        except pikepdf.PdfError:
            content = b""
        self.size += len(content)
        names = frozenset(found.decode("latin-1") for found in _DRAWN.findall(content[:_MOST_SEARCHED]))
        self._read[key] = bool(content.strip()), names
        return self._read[key]


def _contents(page: pikepdf.Page) -> list[pikepdf.Stream]:
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [one for one in streams if isinstance(one, pikepdf.Stream)]


def _is_blank(page: pikepdf.Page, reader: _Streams) -> bool:
    """Whether nothing of its content could be read."""
    try:
        return not any(reader.facts(one)[0] for one in _contents(page))
    except pikepdf.PdfError:
        return True


def _missing(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Pages that draw pictures which are not in the file."""
    reader, lacking = _Streams(), 0
    for page in pdf.pages:
        with suppress(pikepdf.PdfError, TypeError, ValueError, AttributeError):
            drawn = {name for one in _contents(page) for name in reader.facts(one)[1]}
            known: Any = page.resources.get("/XObject", {}) if drawn else {}
            lacks = {name for name in drawn if not isinstance(known.get(name), pikepdf.Stream)}
            lacking += bool(lacks) and _draws(page, lacks)
    if lacking:
        yield f"Pictures on {plural(lacking, 'page')} of it are missing from the file itself. {_ANEW}"


def _draws(page: pikepdf.Page, names: set[str]) -> bool:
    """Whether the page draws one of those names: outside of words and of pictures written into the page."""
    return any(str(drawn.operands[0]) in names for drawn in pikepdf.parse_content_stream(page, "Do") if drawn.operands)


def _beside_the_pages(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Comments, films and fields that its pages do not show."""
    form = _form(pdf.Root)
    counts = Counter(_place(mark, form) for page in pdf.pages for mark in _annotations(page))
    if undrawn := counts["undrawn"]:
        yield f"{plural(undrawn, 'comment')} in it cannot be shown on its pages: open the original to read them."
    if beside := counts["beside"]:
        yield f"{plural(beside, 'comment')} beside its pages can be read in the original only."
    if hidden := counts["hidden"]:
        yield f"Hidden in it and not on its pages: {plural(hidden, 'comment')}. Open the original to read them."
    if films := counts["film"]:
        counted = plural(films, "film, sound or model", "films, sounds or models")
        yield f"{counted} in it can be played in the original only."
    if filled := counts["filled"]:
        yield f"Fields in it that belong to no form: {filled:,}. What was filled in may not be on its pages. {_ANEW}"


def _place(mark: pikepdf.Dictionary, form: set[tuple[int, int]]) -> str:
    """Where a reader finds an annotation: one of the words that are counted, empty for what needs none."""
    kind = str(mark.get("/Subtype", ""))
    if kind in _FILMS:
        return "film"
    if kind == "/Widget":
        return "filled" if _is_filled(mark) and not _line(mark) & form else ""
    if kind not in _MARKS:
        return ""
    if _number(mark.get("/F")) & (_HIDDEN | _NO_VIEW):
        return "hidden"
    words = bytes(mark.get("/Contents", pikepdf.String(""))).strip()
    if "/AP" not in mark or (kind == "/FreeText" and words and _is_undrawn(mark)):
        return "undrawn"
    return "beside" if words and kind in _WORDS_BESIDE else ""


def _form(root: pikepdf.Object) -> set[tuple[int, int]]:
    """Numbers of the objects that are the fields of its form."""
    form = root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    listed = list(fields) if isinstance(fields, pikepdf.Array) else []
    return {one.objgen for one in listed if isinstance(one, pikepdf.Dictionary)}


def _fields(field: pikepdf.Object | None) -> list[pikepdf.Dictionary]:
    """A field and those that it is part of (§12.7.3.1)."""
    line: list[pikepdf.Dictionary] = []
    while isinstance(field, pikepdf.Dictionary) and len(line) < _DEEPEST:
        line.append(field)
        field = field.get("/Parent")
    return line


def _line(field: pikepdf.Dictionary) -> set[tuple[int, int]]:
    return {one.objgen for one in _fields(field)}


def _is_filled(field: pikepdf.Dictionary) -> bool:
    """Whether something was filled in, here or in a field that this one is part of."""
    values = [one.get("/V") for one in _fields(field)]
    return any(value is not None and str(value) not in ("", "/Off") for value in values)


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _is_undrawn(mark: pikepdf.Dictionary) -> bool:
    """Whether the appearance of a comment has nothing in it."""
    appearance = mark.get("/AP")
    drawn = appearance.get("/N") if isinstance(appearance, pikepdf.Dictionary) else None
    with suppress(pikepdf.PdfError):
        small = isinstance(drawn, pikepdf.Stream) and len(drawn.read_raw_bytes()) < _SMALL
        return not isinstance(drawn, pikepdf.Object) or (small and not drawn.read_bytes().strip())
    return True


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
        yield f"It is a form of a kind (XFA) that few readers show: what was filled in may not be on its pages. {_ANEW}"
    elif fields:
        yield f"It is a form of {plural(fields, 'field')}: what was filled in is shown as its author’s program drew it."
    if _has_layers_off(pdf.Root):
        yield "It has layers that are switched off: they are not on its pages. Open the original to see them."
    if _has_scripts(pdf.Root):
        yield "It has scripts in it. They were not run."
    if files := len(pdf.attachments):
        yield f"{plural(files, 'file')} inside it can be opened from the original only: send what matters alone too."


def _has_scripts(root: pikepdf.Object) -> bool:
    names, action = root.get("/Names"), root.get("/OpenAction")
    named = isinstance(names, pikepdf.Dictionary) and "/JavaScript" in names
    opens = isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) == "/JavaScript"
    return named or opens or "/AA" in root


def _has_layers_off(root: pikepdf.Object) -> bool:
    layers = root.get("/OCProperties")
    shown = layers.get("/D") if isinstance(layers, pikepdf.Dictionary) else None
    if not isinstance(shown, pikepdf.Dictionary):
        return False
    off = shown.get("/OFF")
    return str(shown.get("/BaseState", "")) == "/OFF" or (isinstance(off, pikepdf.Array) and len(off) > 0)
