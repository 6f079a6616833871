"""Files of office programs whose words are read: their media types, and what their pages are."""

import re
from pathlib import Path

_OPEN, _FREE = "application/vnd.openxmlformats-officedocument.", "application/vnd.oasis.opendocument."
DOCX, XLSX = _OPEN + "wordprocessingml.document", _OPEN + "spreadsheetml.sheet"
PPTX = _OPEN + "presentationml.presentation"
ODT, ODS, ODP = (_FREE + name for name in ("text", "spreadsheet", "presentation"))
RTF, XLS = "application/rtf", "application/vnd.ms-excel"
TEXTS, SHEETS, SLIDES = frozenset({DOCX, ODT, RTF}), frozenset({XLSX, ODS, XLS}), frozenset({PPTX, ODP})
READ = TEXTS | SHEETS | SLIDES
"""All of them."""
PACKED = READ - {RTF, XLS}
"""Those that are a ZIP."""
_NAMED = ((rb"word/document\.xml", DOCX), (rb"xl/workbook\.(?:xml|bin)", XLSX), (rb"ppt/presentation\.xml", PPTX))
"""Members of a ZIP by which it is known (ECMA-376 part 1, annex L)."""
_END, _LONGEST_END = b"PK\x05\x06", 66_000
_MOST_NAMES = 1 << 20
"""Bytes of a ZIP's list of members that are looked at."""


def of_bundle(path: Path) -> str:
    """Media type of a ZIP whose first members do not tell what it is; empty where it is none of these.

    Only the list of its members is looked at (APPNOTE 4.3.16, 4.3.12); nothing is unpacked.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(size - _LONGEST_END, 0))
        tail = file.read(_LONGEST_END)
        end = tail[tail.rfind(_END) :] if _END in tail else b""
        if len(end) < 22:
            return ""
        file.seek(min(int.from_bytes(end[16:20], "little"), size))
        names = file.read(min(int.from_bytes(end[12:16], "little"), _MOST_NAMES))
    if b"[Content_Types].xml" not in names:
        return ""
    return next((media_type for name, media_type in _NAMED if re.search(name, names)), "")
