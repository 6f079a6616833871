"""Forms that waited on a device: a script sends them while nobody looks at their page, so it is told where they led."""

import json

from flask import Flask, Response, g, request, session

from portfolio.foundation.requests.sent import FLASHES

HEADER = "Markwell-Waited"
"""Header of a request that brings such a form."""


def install(app: Flask) -> None:
    """Answer such requests with JSON, `address`, in place of a redirect; the next page has no message of them."""
    app.before_request(_begin)
    app.after_request(_tell)


def _begin() -> None:
    if HEADER in request.headers:
        g.said_before = list(session.get(FLASHES, ()))


def _tell(response: Response) -> Response:
    if HEADER not in request.headers or response.status_code not in (302, 303) or "said_before" not in g:
        return response
    if FLASHES in session:
        session[FLASHES] = g.said_before
    response.data, response.status_code = json.dumps({"address": response.location}), 200
    response.mimetype = "application/json"
    del response.location
    return response
