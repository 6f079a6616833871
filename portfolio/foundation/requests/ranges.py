"""A file as an HTTP answer: all of it, or the one range that is asked for, under a strong validator (RFC 9110 §14)."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from urllib.parse import quote

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from portfolio.foundation.words.text import cleaned

_ATTR = "!#$&+-.^_`|~"
"""Signs that RFC 8187 takes as they are, beside letters and digits."""
SANDBOX = "sandbox; default-src 'none'"
"""Content-Security-Policy of everything a stranger may have written."""
Bytes = Callable[[int, int], Iterable[bytes]]
"""The file's bytes from the first offset up to, and not including, the second."""


def answered(content: Bytes, *, size: int, etag: str, media_type: str, name: str = "") -> Response:
    """The answer to the present request for a file of `size` bytes; `name` makes it one to be saved.

    `etag` names these very bytes: it must change with any of them. `content` is asked only for what is sent, and after
    the request's context has gone. One range gives 206, or 416 where the file has no such bytes; several ranges at
    once, a range that cannot be read, and one whose If-Range names other bytes give the whole file.
    """
    answer = Response(mimetype=media_type, direct_passthrough=True)
    answer.content_length = size
    answer.set_etag(etag)
    if name:
        answer.headers["Content-Disposition"] = disposition(name)
    try:
        answer.make_conditional(_plain(dict(request.environ)), accept_ranges=True, complete_length=size)
    except RequestedRangeNotSatisfiable:
        return Response(status=416, headers={"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"})
    if answer.status_code in (200, 206) and request.method != "HEAD":
        answer.response = content(*begins_and_ends(answer, size))
    return answer


def disposition(name: str) -> str:
    """The value of Content-Disposition that saves a file as `name` (RFC 6266): whole in `filename*` (RFC 8187).

    `filename` is what there is of it in ASCII, for programs that know no other; it never ends the header or its quotes.
    """
    line = " ".join(cleaned(name).split()) or "file"
    letters = unicodedata.normalize("NFKD", line).encode("ascii", "ignore").decode()
    plain = re.sub(r'["\\%;]', "_", letters).strip()
    stem = plain.rpartition(".")[0] if "." in plain else plain
    value = f'attachment; filename="{plain if stem.strip(" _.") else f"file{plain}"}"'
    return value if plain == line else f"{value}; filename*=UTF-8''{quote(line, safe=_ATTR)}"


def begins_and_ends(answer: Response, size: int) -> tuple[int, int]:
    """The offsets between which an answer gives a file's bytes."""
    if answer.status_code != 206:
        return 0, size
    return answer.content_range.start or 0, answer.content_range.stop or size


def _plain(environ: dict[str, object]) -> dict[str, object]:
    """The request without a range that is not to be honoured: §14.2 leaves it to the server to ignore one.

    A weak validator in If-Range can never be the same as ours (§13.1.5).
    """
    asked = request.range
    weak = str(environ.get("HTTP_IF_RANGE", "")).startswith("W/")
    if request.method != "GET" or asked is None or asked.units != "bytes" or len(asked.ranges) != 1 or weak:
        environ.pop("HTTP_RANGE", None)
    return environ
