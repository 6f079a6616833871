"""`flask demo`: the sample centre, from nothing to a running house."""

from flask import Flask


def install(app: Flask) -> None:
    """Give `app` this command."""
