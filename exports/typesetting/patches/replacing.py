"""Puts our functions in the place of a library's, and never where there is none to replace."""

from collections.abc import Callable
from typing import Any


class NotPatched(Exception):
    """A library has nothing of that name: it is of another version than the patch was written for."""


def replace(owner: Any, **new: object) -> None:
    """Give a class or module other values under names that it has. Raises `NotPatched` for a name that it lacks."""
    for name, thing in new.items():
        if not hasattr(owner, name):
            raise NotPatched(f"{owner!r} has no {name}.")
        setattr(owner, name, thing)


def replace_everywhere(package: Any, old: Callable[..., object], new: Callable[..., object]) -> None:
    """Put a function where any module of a package has imported another. Raises `NotPatched` where none has."""
    places = [
        (module, name)
        for module in [package, *(part for part in vars(package).values() if hasattr(part, "__file__"))]
        for name, thing in list(vars(module).items())
        if thing is old
    ]
    if not places:
        raise NotPatched(f"{package!r} does not use {old!r}.")
    for module, name in places:
        setattr(module, name, new)


def shadow(module: Any, caller: Callable[..., object], **new: object) -> None:
    """Have a function of a module find other things under names of builtins.

    Raises `NotPatched` where it uses none of that name, or the module has one of its own.
    """
    for name, thing in new.items():
        if name in vars(module) or name not in caller.__code__.co_names:
            raise NotPatched(f"{caller!r} does not use the builtin {name}.")
        setattr(module, name, thing)
