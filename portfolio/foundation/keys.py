"""The table of keys as the build wrote it: what each key does, for templates and for the page that lists them."""

import json
from dataclasses import dataclass
from functools import cache

from flask import Flask

from portfolio.foundation.assets import STATIC

Caps = tuple[str, ...]
"""What stands on the keys that are pressed together."""


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A deed and its keys, any of which does it; `fixed` where they cannot be changed."""

    deed: str
    caps: tuple[Caps, ...]
    fixed: bool


@dataclass(frozen=True, slots=True)
class KeyGroup:
    """Deeds that a page offers together: the group's name in scripts, and its title."""

    name: str
    title: str
    rows: tuple[KeyRow, ...]


def install(app: Flask) -> None:
    """Let the templates of `app` ask for keys."""
    app.jinja_env.globals |= {"key_groups": groups, "caps_of": caps_of}


@cache
def groups() -> tuple[KeyGroup, ...]:
    """All groups, in the order of the table. Raises `RuntimeError` where the front end is not built."""
    path = STATIC / "build" / "keys.json"
    if not path.exists():
        raise RuntimeError("The front end is not built. Run `make setup` first.")
    return tuple(
        KeyGroup(
            group["name"],
            group["title"],
            tuple(KeyRow(row["deed"], tuple(map(tuple, row["caps"])), row["fixed"]) for row in group["rows"]),
        )
        for group in json.loads(path.read_text("utf-8"))
    )


def caps_of(group: str, deed: str) -> Caps:
    """The first key of a deed as the table has it. Raises `KeyError` for a deed that the group does not know."""
    for one in groups():
        for row in one.rows:
            if (one.name, row.deed) == (group, deed):
                return row.caps[0]
    raise KeyError(f"{group}/{deed}")
