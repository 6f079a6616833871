"""PDFs, office files, bundles, pages, programs and texts; each maker writes one file."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
from pikepdf import Array, AttachedFileSpec, Dictionary, Name, Stream

from tests.evidence.formats import offices

Maker = Callable[[Path], None]


def _pdf(change: Callable[[pikepdf.Pdf], object] = lambda _: None, pages: int = 2, **how: object) -> Maker:
    """A PDF of written pages."""

    def make(path: Path) -> None:
        with pikepdf.new() as document:
            text = document.make_stream(b"BT /F1 20 Tf 30 200 Td (A page) Tj ET")
            for _ in range(pages):
                document.add_blank_page(page_size=(300, 400)).Contents = text
            change(document)
            document.save(path, **how)

    return make


def _xfa(document: pikepdf.Pdf) -> None:
    document.Root.AcroForm = Dictionary(XFA=Stream(document, b"<xdp/>"), Fields=Array([]))


def _script(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert('hello')")


def _attached(document: pikepdf.Pdf) -> None:
    document.attachments["receipt.csv"] = AttachedFileSpec(document, b"1,2")


def _damaged(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n" + b"nothing of a PDF " * 50)


def _packed(members: dict[str, bytes], *, plain: bool = False) -> bytes:
    """A ZIP of these files, in this order."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED) as bundle:
        for name, content in members.items():
            bundle.writestr(name, content)
    return kept.getvalue()


def _bytes(content: bytes) -> Maker:
    def make(path: Path) -> None:
        path.write_bytes(content)

    return make


def _with(content: Callable[[], bytes], name: str) -> Maker:
    """A file of an office program with one more member, as those with macros have."""

    def make(path: Path) -> None:
        path.write_bytes(content())
        with zipfile.ZipFile(path, "a") as bundle:
            bundle.writestr(name, b"\xd0\xcf\x11\xe0macro")

    return make


def _lazy(content: Callable[[], bytes]) -> Maker:
    def make(path: Path) -> None:
        path.write_bytes(content())

    return make


def _locked_odf() -> bytes:
    """As Writer saves it with a password (ODF 1.3 part 2 §3.4)."""
    manifest = b'<m:manifest xmlns:m="urn"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    members = {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": bytes(range(256))}
    return _packed(members | {"META-INF/manifest.xml": manifest}, plain=True)


def _compound(*names: str) -> Maker:
    """A compound file of old office programs (MS-CFB §2.2): its header, and the names of what is in it."""
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00" + bytes(480)
    entries = b"".join(name.encode("utf-16-le").ljust(64, b"\x00") + bytes(64) for name in ("Root Entry", *names))
    return _bytes(head + entries + bytes(2048))


_IWORK = {"Index/Document.iwa": b"\x00\x01snappy", "Metadata/Properties.plist": b"bplist00", "preview.jpg": b"\xff\xd8"}
_PROGRAM = b"MZ\x90\x00" + bytes(56) + b"\x80\x00\x00\x00" + bytes(64) + b"PE\x00\x00" + bytes(200)
_LETTER = b"From: Gwen <gwen@example.org>\r\nTo: ada@example.org\r\nDate: Mon, 5 Oct 2026 10:00:00 +0000\r\n"

MADE: dict[str, Maker] = {
    "pdf": _pdf(),
    "pdf_10000_pages": _pdf(pages=10_000),
    "pdf_password": _pdf(encryption=pikepdf.Encryption(owner="a", user="b")),
    "pdf_locked": _pdf(encryption=pikepdf.Encryption(owner="a", user="")),
    "pdf_xfa": _pdf(_xfa),
    "pdf_scripts": _pdf(_script),
    "pdf_attachments": _pdf(_attached),
    "pdf_damaged": _damaged,
    "word": _lazy(offices.care_plan),
    "word_macros": _with(offices.care_plan, "word/vbaProject.bin"),
    "word_damaged": _lazy(lambda: offices.docx("<w:p>").replace(b"PK\x01\x02", b"PK\x01\x00")),
    "word_empty": _lazy(offices.docx),
    "word_bomb": _lazy(lambda: offices.docx(word__footnotes_DOT_xml=bytes(60_000_000))),
    "excel": _lazy(offices.complaints),
    "excel_macros": _with(offices.complaints, "xl/vbaProject.bin"),
    "powerpoint": _lazy(offices.induction),
    "powerpoint_macros": _with(offices.induction, "ppt/vbaProject.bin"),
    "writer": _lazy(lambda: offices.odt("The customer was heard.", title="Complaint")),
    "writer_macros": _with(lambda: offices.odt("The customer was heard."), "Basic/Standard/Module1.xml"),
    "writer_password": _lazy(_locked_odf),
    "calc": _lazy(lambda: offices.ods([["Monday", "Ada"], ["Tuesday", "Gwen"]])),
    "impress": _lazy(lambda: offices.odp("Wash your hands.", "Wear gloves.")),
    "word_97": _compound("WordDocument", "1Table"),
    "word_97_macros": _compound("WordDocument", "1Table", "Macros", "VBA", "_VBA_PROJECT"),
    "excel_97": _compound("Workbook"),
    "powerpoint_97": _compound("PowerPoint Document"),
    "word_password": _compound("EncryptionInfo", "EncryptedPackage"),
    "outlook_letter": _compound("__nameid_version1.0", "__properties_version1.0"),
    "rtf": _bytes(rb"{\rtf1\ansi The customer was heard.}"),
    "pages": _bytes(_packed(_IWORK, plain=True)),
    "numbers": _bytes(_packed(_IWORK | {"Index/Tables/DataList.iwa": b"1"}, plain=True)),
    "zip": _bytes(_packed({"a.txt": b"one", "b.txt": b"two"})),
    "zip_nested": _bytes(_packed({"in.zip": _packed({"in.zip": _packed({"in.zip": _packed({"a": b"1"})})})})),
    "zip_bomb": _bytes(_packed({f"{number}": bytes(20_000_000) for number in range(5)})),
    "rar": _bytes(b"Rar!\x1a\x07\x01\x00" + bytes(200)),
    "seven_zip": _bytes(b"7z\xbc\xaf\x27\x1c\x00\x04" + bytes(200)),
    "tar_gz": _bytes(b"\x1f\x8b\x08\x00" + bytes(200)),
    "html": _bytes(b"<!doctype html><script>alert(1)</script>"),
    "svg": _bytes(b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    "text_js": _bytes(b"alert(document.cookie)"),
    "exe": _bytes(_PROGRAM),
    "elf": _bytes(b"\x7fELF\x02\x01\x01" + bytes(200)),
    "apk": _bytes(_packed({"AndroidManifest.xml": b"\x03\x00", "classes.dex": b"dex\n035"})),
    "text_playlist": _bytes(b"#EXTM3U\nfile:///etc/passwd\n"),
    "camera_raw": _bytes(b"\x00\x00\x00\x18ftypcrx \x00\x00\x00\x01crx isom" + bytes(500)),
    "text": _bytes("The customer was heard. Ŵy.\n".encode()),
    "text_csv": _bytes(b"day,calls\nMonday,4\n"),
    "email": _bytes(_LETTER + b"Subject: Thanks\r\n\r\nThank you.\r\n"),
    "numbers_alone": _bytes(bytes(range(256)) * 4),
    "empty": _bytes(b""),
}
