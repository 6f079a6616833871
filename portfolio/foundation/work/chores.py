"""Chores: what the worker does when it starts and once an hour, as the storeys ask for it."""

from collections.abc import Callable
from typing import cast

from flask import Flask

Housekeeping = Callable[[], object]
_CHORES, _RESTORED = "markwell-chores", "markwell-restored"


def every_hour(app: Flask, chore: Housekeeping) -> None:
    """Have the worker do `chore`, within an application context."""
    chores(app).append(chore)


def once_restored(app: Flask, deed: Housekeeping) -> None:
    """Do `deed` in the transaction that ends a restore of the records from a backup."""
    restored(app).append(deed)


def restored(app: Flask) -> list[Housekeeping]:
    """What is done to records that were restored."""
    return cast("list[Housekeeping]", app.extensions.setdefault(_RESTORED, []))


def chores(app: Flask) -> list[Housekeeping]:
    """What the worker does every hour."""
    return cast("list[Housekeeping]", app.extensions.setdefault(_CHORES, []))
