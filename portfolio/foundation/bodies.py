"""Bodies of requests: one that was cut off on its way in is refused, never taken for the whole."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

Environ = dict[str, Any]


def refuse_halves(app: Flask) -> None:
    """Have `app` answer 400 to a body that is shorter than its Content-Length.

    A server that ends the body itself (`wsgi.input_terminated`) ends it where the connection dropped, too, and half of
    a form would be saved. Without that promise werkzeug counts, and raises `ClientDisconnected`.
    """
    inner = app.wsgi_app

    def counted(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("CONTENT_LENGTH"):
            environ.pop("wsgi.input_terminated", None)
        return inner(environ, start_response)

    app.wsgi_app = counted  # type: ignore[method-assign]
