"""Files that are kept and never opened: what people call them, and how what is in them comes to be seen after all.

Only bytes at known places are looked at; nothing is unpacked or decoded.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from portfolio.evidence.media import first_bytes

_HEAD, _TAIL, _FOLDER = 1 << 16, 1 << 20, 1 << 16
"""Bytes that are looked at: of the beginning, of the end, of the folder of a compound file."""
_PLAYED = "This kind of recording (%s) cannot be played here; the original is kept. %s"
_SHOWN = "%s not shown here; the original is kept. %s"
_OPENED = "%s never opened here; the original is kept. %s"
_UNKNOWN = (
    "This kind of file is not shown or played here; the original is kept. Where what is in it can be seen or heard, "
    "send it as a PDF, a photo, a sound or a film too."
)
MACROS = "It has macros in it, which are programs. They were not run: open the original with care."
"""What is said of macros, beside what is said of the file."""
_AS_PDF = "Save it as a PDF and send that too, so that its pages can be seen."
_AS_EML = "Save it as EML and send that too, so that its words can be read."
_AS_JPEG = "Save it as a JPEG and send that too, so that it can be seen."
_AS_MP = "Save it as an MP3 or MP4 and send that too, so that it can be played."
_AS_SEEN = "Send a PDF or a photo of the screen too, so that what it shows can be seen."
_ONE_BY_ONE = "Send the files in it one by one, so that they can be seen."
_AS_ACCOUNT = "Write its words in an account, or save it as a PDF and send that too."
_NO_PASSWORD = "Take the password off, save it as a PDF and send that too, so that its pages can be seen."  # noqa: S105

_COMPOUND, _ZIP = rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"
_BY_HEAD = (
    (rb"\{\\rtf", _SHOWN % ("A document in rich text (RTF) is", _AS_PDF)),
    (rb"MZ|\x7fELF|\xca\xfe\xba\xbe|#!|L\x00\x00\x00\x01\x14\x02\x00", _OPENED % ("Programs are", _AS_SEEN)),
    (rb"Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|\x1f\x8b|BZh|\xfd7zXZ|.{257}ustar", _SHOWN % ("Packed files are", _ONE_BY_ONE)),
    (
        rb"\xff\x0a|\x00\x00\x00\x0cJXL |8BPS|FUJIFILMCCD-RAW|IIU\x00|II\*\x00.{4}CR|.{4}ftypcrx ",
        _SHOWN % ("A picture of this kind is", _AS_JPEG),
    ),
    (
        rb"(?i:(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|script|svg|\?xml))",
        _OPENED % ("Web pages and drawings in SVG are", _AS_SEEN),
    ),
)
"""First bytes, and what is said."""
_IN_ZIP = (
    (rb"AndroidManifest\.xml|META-INF/MANIFEST\.MF", _OPENED % ("Programs are", _AS_SEEN)),
    (rb"word/document\.xml|opendocument\.text", _SHOWN % ("A document of Word or Writer is", _AS_PDF)),
    (rb"xl/workbook\.|opendocument\.spreadsheet", _SHOWN % ("A spreadsheet is", _AS_PDF)),
    (rb"ppt/presentation\.xml|opendocument\.presentation", _SHOWN % ("A presentation is", _AS_PDF)),
    (rb"Index(?:/Document\.iwa|\.zip)", _SHOWN % ("A file of Pages, Numbers or Keynote is", _AS_PDF)),
    (rb"", _SHOWN % ("Files packed together (ZIP) are", _ONE_BY_ONE)),
)
"""Names of what is in a ZIP or its first member, and what is said."""
_IN_COMPOUND = (
    ("EncryptedPackage", _SHOWN % ("An office file with a password is", _NO_PASSWORD)),
    ("WordDocument", _SHOWN % ("A document of Word or Writer is", _AS_PDF)),
    ("Workbook", _SHOWN % ("A spreadsheet is", _AS_PDF)),
    ("PowerPoint Document", _SHOWN % ("A presentation is", _AS_PDF)),
    ("__properties_version1.0", _SHOWN % ("An e-mail as Outlook saves it (MSG) is", _AS_EML)),
    ("", _SHOWN % ("An office file of this kind is", _AS_PDF)),
)
"""Names of what is in a compound file (MS-CFB), and what is said."""
_WITH_MACROS = rb"vbaProject\.bin|Basic/[^/]{1,80}/[^/]{1,80}\.xml"
_UNSEEN = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
"""Bytes that no text has."""


def said(path: Path) -> Iterator[str]:
    """What is said of a file that is no photo, recording, PDF or e-mail: one sentence, and one on its macros."""
    head, tail = _ends(path)
    _, name = first_bytes.unplayed(head)
    if name:
        yield _PLAYED % (name, _AS_MP)
    elif re.match(_COMPOUND, head):
        folder = _folder(path, head)
        yield next(sentence for stream, sentence in _IN_COMPOUND if stream.encode("utf-16-le") in folder)
        if "_VBA_PROJECT".encode("utf-16-le") in folder:
            yield MACROS
    elif re.match(_ZIP, head):
        yield next(sentence for names, sentence in _IN_ZIP if re.search(names, head + tail))
        if re.search(_WITH_MACROS, tail):
            yield MACROS
    else:
        yield _by_head(head)


def _by_head(head: bytes) -> str:
    found = next((sentence for begins, sentence in _BY_HEAD if re.match(begins, head, re.DOTALL)), "")
    if found:
        return found
    return _SHOWN % ("Plain text is", _AS_ACCOUNT) if _is_text(head) else _UNKNOWN


def _is_text(head: bytes) -> bool:
    """Whether it is words, in UTF-8; a character may be cut off at the end of what is looked at."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return bool(head) and not _UNSEEN.search(head)


def _ends(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as file:
        head = file.read(_HEAD)
        file.seek(max(path.stat().st_size - _TAIL, 0))
        return head, file.read(_TAIL)


def _folder(path: Path, head: bytes) -> bytes:
    """Where a compound file names its streams (MS-CFB §2.2, §2.6)."""
    shift, first = int.from_bytes(head[30:32], "little"), int.from_bytes(head[48:52], "little")
    with path.open("rb") as file:
        file.seek((first + 1) << min(shift, 12))
        return file.read(_FOLDER)
