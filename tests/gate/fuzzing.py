"""Values that nobody should send, and the routes, fields and headers that they are sent to."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from flask import Request

NUMBERS = ("-1", "0", str(2**31), str(2**63), str(2**70), "9" * 20, "9" * 5000, "1e999", "nan", "-inf", "1_0", "١٢")
DAYS = ("0000-00-00", "0001-01-01", "9999-12-31", "99999-01-01", "2026-02-30")
WORDS = ("", " ", "a\x00b", "\u202e\ufeff\u200b", "\ud7ff\uffff\U0010ffff", "%", "_%\\", "a" * 10_000, "'\"><&{{7*7}}",
         "../../etc/passwd", "\r\nX: y", "[]", "null")  # fmt: skip
NASTY = (*NUMBERS, *DAYS, *WORDS)
FEW = ("-1", str(2**70), "9" * 5000, "nan", "", "a\x00b")
"""The worst of them, for each field by itself."""
RAW = (b"%ff%fe", b"%", b"%zz", b"%00", b"%ed%a0%80", b"\xff\xfe")
"""Broken encodings, as they stand in an address or a body."""
HEADERS: dict[str, tuple[str, ...]] = {
    "Accept": ("", ";;;", "application/json;q=nan", "*/*;q=1e999", "a" * 5000, "\xff"),
    "Accept-Language": ("", "\xff;q=-", "a" * 500),
    "Content-Type": ("", "text", "multipart/form-data", "multipart/form-data; boundary=",
                     "multipart/form-data; boundary=é",
                     "application/json", "application/x-www-form-urlencoded; charset=klingon",
                     "application/offset+octet-stream"),
    "Content-Length": ("-1", "x", "9" * 30, "٣"),
    "Cookie": ("session=x", "session=.e30.x.y; remember_token=1|2", "remember_token=" + "a" * 4000, "=;;=\xff",
               "session=\xff\x01", "remember_token=\u00e9|x"),
    "Host": ("a b", "[::1", "\xff", "x" * 300, "a:99999999"),
    "If-Modified-Since": ("yesterday", "Thu, 99 Foo 99999 99:99:99 GMT", "\xff"),
    "If-None-Match": ("*", '"', "W/\xff", "a," * 500),
    "If-Range": ("x", 'W/"', "Thu, 99 Foo 99999 99:99:99 GMT"),
    "If-Unmodified-Since": ("x",),
    "Range": ("bytes=", "bytes=-", "bytes=5-1", f"bytes={2**70}-", "bytes=-" + "9" * 30, "bytes=0-0,2-3,1-1",
              "lines=1-2",
              "bytes=١-٢", "bytes=a-b"),
    "Referer": ("\xff", "javascript:x"),
    "Tus-Resumable": ("", "9", "\xff"),
    "Upload-Checksum": ("", "sha1", "sha1 !", "md9 aaaa", "sha256 \xff"),
    "Upload-Length": ("", "-1", "9" * 15, "9" * 30, "٣", "nan"),
    "Upload-Metadata": ("", "filename", "filename ====", "filename AAAA", "filename \xff", "filename " + "QQ" * 3000),
    "Upload-Offset": ("", "-1", "9" * 15, "9" * 30, "٣"),
    "X-Forwarded-For": ("\xff", "x" * 300), "X-Forwarded-Host": ("a b", "\xff"), "X-Forwarded-Proto": ("x", ""),
    "X-HTTP-Method-Override": ("DELETE",), "X-Piece": ("1", "\xff"),
}  # fmt: skip
"""By header, what it may hold that no browser sends."""


EVERYWHERE = ("/", "evidence.show", "evidence.claim", "downloads.original", "exports.download", "security.login")
"""Endpoints at which every header is tried: what the house does with it is the same at all others."""
TUS = (
    "Content-Length",
    "Content-Type",
    "Tus-Resumable",
    "Upload-Checksum",
    "Upload-Length",
    "Upload-Metadata",
    "Upload-Offset",
)
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
BODIES = (
    *((URLENCODED, b"text=" + raw + b"&title=" + raw) for raw in RAW),
    *(("application/json", body) for body in (b"5", b"null", b'{"email": {}, "text": 5}', b"{", b"[" * 60_000)),
    *(
        (MULTIPART, body)
        for body in (b"--x", b"--x\r\n\r\n\r\n--x--", b"--x\r\nContent-Disposition: form-data\r\n\r\na\r\n--x--")
    ),
)
"""Bodies that are none, each after its kind."""


def headers_of(endpoint: str) -> Iterable[str]:
    """The headers that are tried at an endpoint."""
    if endpoint in EVERYWHERE:
        return HEADERS
    return TUS if endpoint.startswith("uploads.") else ("Content-Type",)


ASKED: set[str] = set()
"""Names of the fields that were read since the test emptied it."""


class Noting:
    """What is laid over the answers of a form or an address, so that it is noted which of them are read."""

    def getlist(self, key: str, *given: Any, **named: Any) -> Any:
        """The answers."""
        ASKED.add(key)
        return super().getlist(key, *given, **named)  # type: ignore[misc]

    def get(self, key: str, *given: Any, **named: Any) -> Any:
        """The first answer."""
        ASKED.add(key)
        return super().get(key, *given, **named)  # type: ignore[misc]

    def __contains__(self, key: object) -> bool:
        ASKED.add(str(key))
        return super().__contains__(key)  # type: ignore[misc]


def noting(request: type[Request]) -> type[Request]:
    """The application's own kind of request, which notes the fields that are read."""
    answers = type("NotingAnswers", (Noting, request.parameter_storage_class), {})
    return type("NotingRequest", (request,), {"parameter_storage_class": answers})


def wrong_kinds() -> Iterator[Any]:
    """What is no single text: the answer twice, thirty times, a file."""
    yield ["1", "2"]
    yield ["x"] * 30
    yield (BytesIO(b"\x00\xff"), "..\\x\x00.txt")
