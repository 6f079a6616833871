"""Bodies of requests: halves are refused, files beside a form spare the disk, and no sender holds up the others."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO, Any

import flask

from portfolio.foundation.errors import Unavailable
from portfolio.foundation.files import Sparing, room_on_disk
from portfolio.foundation.requests import connections, incoming
from portfolio.foundation.settings import Settings, current

Environ = dict[str, Any]
CROWDED = "Very many are sending something at this moment. Nothing was saved. Try again in a moment."


def receive(app: flask.Flask, settings: Settings) -> None:
    """Have `app` take the bodies of its requests whole and so many at a time.

    One that is shorter than its Content-Length is answered with 400: a server that ends the body itself
    (`wsgi.input_terminated`) ends it where the connection dropped, too, and half of a form would be saved. Without that
    promise werkzeug counts, and raises `ClientDisconnected`. At most `settings.bodies` are read at a time, so that
    threads of the server are left for pages; what comes beyond them is refused with `Unavailable`.
    """
    app.request_class = SpooledRequest
    incoming.take_clean_addresses(app)
    inner, places = app.wsgi_app, BoundedSemaphore(settings.bodies)

    def received(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("CONTENT_LENGTH"):
            environ.pop("wsgi.input_terminated", None)
        if environ.get("SERVER_SOFTWARE") == "Granian":
            connections.watch(int(environ["SERVER_PORT"]), settings.patience)
        address = environ.get("werkzeug.proxy_fix.orig", environ).get("REMOTE_ADDR", "")
        environ["wsgi.input"] = _Body(environ["wsgi.input"], places, address)
        return inner(environ, start_response)

    app.wsgi_app = received  # type: ignore[method-assign]


class _Body:
    """A body that is read only while there is a place for its reader."""

    def __init__(self, inner: IO[bytes], places: BoundedSemaphore, address: str) -> None:
        self._inner, self._places, self._address = inner, places, address

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, all without. Raises `Unavailable` when every place is taken."""
        with self._place():
            return self._inner.read(size)

    def readline(self, size: int = -1) -> bytes:
        """One line. Raises `Unavailable` when every place is taken."""
        with self._place():
            return self._inner.readline(size)

    @contextmanager
    def _place(self) -> Iterator[None]:
        if not self._places.acquire(blocking=False):
            raise Unavailable(CROWDED)
        try:
            with connections.reading(self._address):
                yield
        finally:
            self._places.release()


class SpooledRequest(incoming.CleanRequest):
    """A request whose files are kept, while it is read, on the disk of the uploads, which they may not fill."""

    def _get_file_stream(self, *_given: object, **_named: object) -> IO[bytes]:
        folder = current().uploads
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return _Spool(folder)  # type: ignore[return-value]


class _Spool:
    """A file without a name that is gone when it is closed. Raises `Unavailable` when the disk is full."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 (whoever reads the form closes it)
        self._sparing = Sparing(self._file, folder)

    def write(self, piece: bytes) -> int:
        """Take all of them."""
        try:
            with room_on_disk():
                return self._sparing.write(piece)
        except Unavailable:
            self._file.close()  # whoever reads the form drops it unread
            raise

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
