"""Uploads: the tus protocol 1.0.0 over arrivals (creation, creation-with-upload, checksum, expiration, termination).

A piece is answered for only when it is on the disk; whatever arrived before a connection dropped is kept.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from typing import BinaryIO, cast

from flask import Blueprint, Flask, Response, g, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.exceptions import (
    BadRequest,
    ClientDisconnected,
    Conflict,
    HTTPException,
    PreconditionFailed,
    RequestEntityTooLarge,
    UnsupportedMediaType,
)

from portfolio.evidence.arrivals import hashing, landing, policy, queries
from portfolio.evidence.arrivals.landing import receive
from portfolio.evidence.arrivals.models import Upload
from portfolio.evidence.checksums import ALGORITHMS, decoded, stated
from portfolio.foundation.files import Sink, Sparing, room_on_disk, syncing
from portfolio.foundation.settings import current
from portfolio.foundation.work import chores
from portfolio.people import gate

__all__ = ["bp", "receive"]

bp = Blueprint("uploads", __name__, url_prefix="/uploads")

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,checksum,expiration,termination"
PIECE = "application/offset+octet-stream"
STEP = 1 << 20
"""Bytes taken from the connection at a time."""
FORM = 1024**2
"""Bytes of a body that is no piece of a file."""


class WrongChecksum(HTTPException):
    """The piece is not what the sender sent (tus 1.0.0, checksum)."""

    code = 460
    description = "What arrived is not what was sent. Send this piece again."


class Locked(HTTPException):
    """Another request is writing."""

    code = 423
    description = "This file is arriving in another window. Wait a moment, then try again."


@bp.record_once
def _install(state: BlueprintSetupState) -> None:
    chores.every_hour(cast("Flask", state.app), landing.sweep)


def _long() -> int:
    """A piece may be as long as an upload; anything else sent here stays under the limit of a form."""
    return landing.most() if request.mimetype == PIECE else FORM


@bp.before_request
def _speak_the_version() -> None:
    if request.method != "OPTIONS" and request.headers.get("Tus-Resumable") != VERSION:
        raise PreconditionFailed(f"This address speaks the tus protocol {VERSION}.")


@bp.after_request
def _say_the_version(response: Response) -> Response:
    response.headers["Tus-Resumable"] = VERSION
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.route("", methods=["OPTIONS"])
@gate.allow(policy.may_send)
def abilities() -> Response:
    """What this server can do."""
    answer = Response(status=204)
    answer.headers["Tus-Version"] = VERSION
    answer.headers["Tus-Extension"] = EXTENSIONS
    answer.headers["Tus-Checksum-Algorithm"] = ",".join(ALGORITHMS)
    answer.headers["Tus-Max-Size"] = str(landing.most())
    return answer


@bp.post("")
@gate.allow(policy.may_send, most=_long)
def begin() -> Response:
    """Make room for a file; perhaps its first piece comes along. A `key` in its metadata names it for good.

    Raises `BadRequest` for a header that is no number of bytes; of a piece, what `append` raises.
    """
    told = _metadata()
    upload = landing.begin(told("filename"), _number("Upload-Length"), by=g.person, key=_key(told("key")))
    if request.mimetype == PIECE:
        _append(upload, at=0)
    answer = _standing(upload, 201)
    answer.headers["Location"] = url_for(".standing", id=upload.id)
    return answer


@bp.route("/<id>", methods=["HEAD"])
@gate.allow(policy.may_continue, queries.upload)
def standing(upload: Upload) -> Response:
    """How much of a file has arrived. One that is whole but was cut off before its end is finished now."""
    upload = landing.settled(upload, by=g.person)
    if upload.file_id is None and landing.arrived(upload) == upload.length:
        _append(upload, at=upload.length)
    answer = _standing(upload, 200)
    answer.headers["Upload-Length"] = str(upload.length)
    return answer


@bp.patch("/<id>")
@gate.allow(policy.may_continue, queries.upload, most=_long)
def append(upload: Upload) -> Response:
    """Take the next piece of a file.

    Raises `UnsupportedMediaType` for a body of another type than `PIECE`, `Conflict` for another offset than where the
    file ends, `Locked` while another request writes, `RequestEntityTooLarge` for more than is left, `WrongChecksum`.
    """
    if request.mimetype != PIECE:
        raise UnsupportedMediaType(f"A piece of a file is sent as {PIECE}.")
    _append(upload, at=_number("Upload-Offset"))
    return _standing(upload, 204)


@bp.delete("/<id>")
@gate.allow(policy.may_continue, queries.upload)
def end(upload: Upload) -> Response:
    """Take a file out that is on its way. Raises `Locked` while another request writes."""
    if upload.file_id is not None:
        landing.discard(upload)
        return Response(status=204)
    with _sole_writer(upload):
        landing.discard(upload)
    return Response(status=204)


@contextmanager
def _sole_writer(upload: Upload) -> Iterator[BinaryIO]:
    try:
        with landing.sole_writer(upload.id) as sink:
            yield sink
    except landing.Busy as error:
        raise Locked from error


def _append(upload: Upload, *, at: int) -> None:
    """Write the body of this request at the end of the upload; make a file of one that is whole."""
    if upload.file_id is not None:
        return _match(at, upload.length)
    length = upload.length
    with _sole_writer(upload) as sink:
        _match(at, sink.tell())
        with hashing.arriving(upload.id, landing.place(upload.id)):
            _write(sink, length - at)
        if sink.tell() == length:
            landing.finish(upload, by=g.person)
    return None


def _match(at: int, here: int) -> None:
    if at != here:
        raise Conflict(f"{here} bytes have arrived; the next piece begins there, not at {at}.")


def _write(sink: BinaryIO, room: int) -> None:
    """The body to the disk; a piece whose checksum does not hold is undone."""
    if (request.content_length or 0) > room:
        raise RequestEntityTooLarge("More was sent than this file was said to hold.")
    begun, check = sink.tell(), stated(request.headers.get("Upload-Checksum"))
    with room_on_disk(), syncing(sink.fileno()) as wrote:
        whole = _copy(Sparing(sink, current().uploads), check.update, lambda piece: wrote(len(piece)))
    if not check.holds(whole=whole):
        sink.truncate(begun)
        raise WrongChecksum


def _copy(sink: Sink, *also: Callable[[bytes], None]) -> bool:
    """Whether the whole body came; a connection that drops ends it early."""
    left = request.content_length or 0
    try:
        while left and (piece := request.stream.read(min(STEP, left))):
            for take in also:
                take(piece)
            left -= len(piece)
            while piece:
                piece = piece[sink.write(piece) :]
    except (ClientDisconnected, ConnectionError):
        return False
    return not left


def _standing(upload: Upload, status: int) -> Response:
    answer = Response(status=status)
    answer.headers["Upload-Offset"] = str(landing.arrived(upload))
    answer.headers["Upload-Expires"] = format_datetime(upload.expires_at, usegmt=True)
    if upload.file_id is not None:
        answer.headers["Markwell-File"] = str(upload.file_id)
    return answer


def _number(header: str) -> int:
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit() and len(text) < 16):
        raise BadRequest(f"The header {header} must be a number of bytes.")
    return int(text)


def _metadata() -> Callable[[str], str]:
    """What `Upload-Metadata` says under a name: it holds pairs of a name and a base64 value, with commas between."""
    pairs = (pair.strip().partition(" ") for pair in request.headers.get("Upload-Metadata", "").split(","))
    values = {key: value for key, _, value in pairs}
    return lambda name: decoded(values.get(name, "")).decode(errors="replace")


def _key(key: str) -> str:
    if key and not (16 <= len(key) <= 64 and key.isascii() and key.isalnum()):
        raise BadRequest("The key of a file is 16 to 64 letters and digits.")
    return key
