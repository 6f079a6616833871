"""Where the built front end lies: names in templates to files with a hash in their name."""

import json
from functools import cache
from pathlib import Path

from flask import current_app, request

STATIC = Path(__file__).parents[2] / "static"


def asset(name: str) -> str:
    """The address of a built file by the name of its source's output, `app.css`.

    Raises `KeyError` for an unknown one, `RuntimeError` where the front end is not built.
    """
    return (
        f"{request.script_root}{current_app.static_url_path}/build/{_manifest(current_app.static_folder or '')[name]}"
    )


@cache
def built(name: str) -> str:
    """The text of a built file by the name of its source's output, `pack.css`, for what stands alone outside the house.

    Raises `KeyError` for an unknown one, `RuntimeError` where the front end is not built.
    """
    return (STATIC / "build" / _manifest(str(STATIC))[name]).read_text("utf-8")


@cache
def _manifest(static: str) -> dict[str, str]:
    path = Path(static) / "build" / "manifest.json"
    if not path.exists():
        raise RuntimeError("The front end is not built. Run `make setup` first.")
    found: dict[str, str] = json.loads(path.read_text())
    return found
