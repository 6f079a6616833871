"""The application as a server runs it that can be updated, and whose answers can be lost, by files in its folder."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

from flask import Flask, Response, request

import app
from portfolio.foundation.settings import current

RELEASE, LOST, HELD, WITHDRAWN = "release", "lost", "held", "withdrawn"
"""Files in the folder of the house: the number of the build that the worker says it is of; whether answers get lost;
whether no answer to a form comes; whether devices are to keep nothing.
"""
UNANSWERED = "unanswered"
"""File with the address of each form whose answer got lost, one a line."""


def create_app() -> Flask:
    """The application, with what lies before it in the tests."""
    made = app.create_app()
    folder: Path = made.extensions["markwell"].instance
    inner = made.wsgi_app

    @made.before_request
    def withdraw() -> None:
        made.extensions["markwell"] = replace(current(), offline=not (folder / WITHDRAWN).exists())

    @made.after_request
    def update(response: Response) -> Response:
        if request.endpoint == "offline.worker" and (folder / RELEASE).exists():
            response.set_data(
                re.sub(r"\"[0-9a-f]{8}\"", f'"{(folder / RELEASE).read_text()}"', response.get_data(as_text=True))
            )
        return response

    @made.after_request
    def hold(response: Response) -> Response:
        while request.method == "POST" and (folder / HELD).exists():
            Event().wait(0.05)
        return response

    def losing(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        """Do what is asked, and answer as a proxy does that waited too long, where `LOST` is there."""
        if not (folder / LOST).exists():
            return inner(environ, start)
        with_told = inner(environ, lambda *_told: lambda _bytes: None)
        for _ in with_told:
            continue
        if environ["REQUEST_METHOD"] == "POST":
            with (folder / UNANSWERED).open("a") as told:
                told.write(f"{environ['PATH_INFO']}\n")
        start("504 Gateway Timeout", [("Content-Type", "text/plain")])
        return [b"too late"]

    made.wsgi_app = losing  # type: ignore[method-assign]
    return made
