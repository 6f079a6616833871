"""Chores: what the worker does when it starts and once an hour, as the storeys ask for it."""

from collections.abc import Callable
from typing import cast

from flask import Flask

Housekeeping = Callable[[], object]
_CHORES = "markwell-chores"


def every_hour(app: Flask, chore: Housekeeping) -> None:
    """Have the worker do `chore`, within an application context."""
    chores(app).append(chore)


def chores(app: Flask) -> list[Housekeeping]:
    """What the worker does every hour."""
    return cast("list[Housekeeping]", app.extensions.setdefault(_CHORES, []))
